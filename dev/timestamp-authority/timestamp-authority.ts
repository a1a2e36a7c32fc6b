import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { AsnConvert } from '@peculiar/asn1-schema';
import { PKIStatus, PKIStatusInfo, TimeStampReq, TimeStampResp } from '@peculiar/asn1-tsp';
import { Hono } from 'hono';
import type { Clock } from '#platform/clock.ts';
import { refuseProduction } from '../shared/development-only.ts';
import { listen } from '../shared/listen.ts';
import type { Authority } from './authority.ts';
import { openAuthority } from './authority.ts';
import type { Behaviour } from './behaviour.ts';
import { BEHAVIOURS, isBehaviour } from './behaviour.ts';
import type { Stamp } from './token.ts';
import { createToken, SHA256 } from './token.ts';

/** An arc for documentation (RFC 5612's private enterprise number 32473). */
export const DEVELOPMENT_POLICY = '1.3.6.1.4.1.32473.3161';

export type TimestampAuthorityOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly dataFolder: string;
  readonly clock: Clock;
  /** Years from now in which the signer's certificate expires. */
  readonly years?: number;
};

export type TimestampAuthority = {
  readonly url: string;
  /** The root to be trusted, DER. */
  readonly root: Uint8Array;
  readonly policy: string;
  behave: (behaviour: Behaviour) => void;
  close: () => Promise<void>;
};

const answer = (status: PKIStatus, token?: Awaited<ReturnType<typeof createToken>>): ArrayBuffer => {
  const response = new TimeStampResp({ status: new PKIStatusInfo({ status }) });
  if (token !== undefined) response.timeStampToken = token;
  return AsnConvert.serialize(response);
};

/** What the authority makes of a request under a behaviour; throws when the request cannot be read. */
const stampOf = (request: TimeStampReq, now: Temporal.Instant, behaviour: Behaviour): Stamp | null => {
  const { hashAlgorithm, hashedMessage } = request.messageImprint;
  if (hashAlgorithm.algorithm !== SHA256 || behaviour === 'refuse') return null;
  if (request.reqPolicy !== undefined && request.reqPolicy !== DEVELOPMENT_POLICY) return null;
  const imprint = new Uint8Array(hashedMessage.buffer);
  const nonce = request.nonce === undefined ? null : request.nonce;
  return {
    imprint: behaviour === 'wrong-imprint' ? imprint.toReversed() : imprint,
    policy: behaviour === 'wrong-policy' ? `${DEVELOPMENT_POLICY}.1` : DEVELOPMENT_POLICY,
    time: behaviour === 'wrong-time' ? now.subtract({ hours: 24 }) : now,
    nonce: behaviour === 'wrong-nonce' ? new Uint8Array([42]).buffer : nonce,
    withCertificates: request.certReq,
  };
};

const createApp = (authority: Authority, clock: Clock, state: { behaviour: Behaviour }): Hono => {
  const app = new Hono();
  app.get('/', (context) =>
    context.text(
      `Development timestamp authority (RFC 3161): POST a query here. Behaviour: ${state.behaviour}.\n` +
        `POST /behaviour/<one of: ${BEHAVIOURS.join(', ')}> changes it.\n`,
    ),
  );
  app.get('/root.crl', async () => {
    const list = await authority.revocationList(clock.now());
    return new Response(new Uint8Array(list), { headers: { 'content-type': 'application/pkix-crl' } });
  });
  app.post('/behaviour/:name', (context) => {
    const name = context.req.param('name');
    if (!isBehaviour(name)) return context.text('No such behaviour.\n', 404);
    state.behaviour = name;
    return context.text(`${name}\n`);
  });
  app.post('/', async (context) => {
    if (state.behaviour === 'down') return context.text('Service unavailable.\n', 503);
    if (state.behaviour === 'slow') await new Promise((done) => setTimeout(done, 60_000).unref());
    if (context.req.header('content-type') !== 'application/timestamp-query')
      return context.text('Send application/timestamp-query (RFC 3161 §3.4).\n', 415);
    const headers = { 'content-type': 'application/timestamp-reply' };
    if (state.behaviour === 'garbage') return new Response('not ASN.1', { headers });
    const request = AsnConvert.parse(await context.req.arrayBuffer(), TimeStampReq);
    const stamp = stampOf(request, clock.now(), state.behaviour);
    if (stamp === null) return new Response(answer(PKIStatus.rejection), { headers });
    const token = await createToken(authority, stamp);
    return new Response(answer(PKIStatus.granted, token), { headers });
  });
  return app;
};

/** A timestamp authority of its own, which can be slow, wrong or down by request. */
export const startTimestampAuthority = async (
  options: TimestampAuthorityOptions,
): Promise<TimestampAuthority> => {
  refuseProduction('The timestamp authority');
  const state: { behaviour: Behaviour } = { behaviour: 'honest' };
  let app: Hono | undefined;
  const server = createServer(
    getRequestListener((request) => app?.fetch(request) ?? new Response(null, { status: 503 })),
  );
  const { url, close } = await listen(server, options.port);
  const { clock, dataFolder, years } = options;
  const authority = await openAuthority(dataFolder, {
    now: clock.now(),
    crlUrl: `${url}/root.crl`,
    ...(years === undefined ? {} : { years }),
  });
  app = createApp(authority, clock, state);
  return {
    url,
    root: authority.certificates[1],
    policy: DEVELOPMENT_POLICY,
    behave: (behaviour) => {
      state.behaviour = behaviour;
    },
    close,
  };
};
