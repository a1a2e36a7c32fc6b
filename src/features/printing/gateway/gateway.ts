import { z } from 'zod';
import { digitsOf } from '#domain/print-number/print-number.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes } from '#features/http.tsx';
import { rememberFor } from '#platform/remember.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { gatewayPath } from '../paths.ts';
import { authenticate } from './authenticate.ts';
import { claim, reportPages } from './claim.ts';
import { sendDocument } from './document.ts';
import { lookUp } from './lookup.ts';
import { forgetNonces } from './nonce-store.ts';
import { reportOutcome } from './outcome.ts';
import { GatewayProblem, problemResponse } from './problem.ts';

const device = z.string().regex(/^[\w.-]{1,64}$/);
const lookupBody = z.object({ printNumber: z.string().max(40), pin: z.string().max(20), device });
const claimBody = z.object({ claimToken: z.string().max(1000), device });
const pagesBody = z.object({ fence: z.int(), pages: z.int().min(0) });
const outcomeBody = z.strictObject({
  fence: z.int(),
  impressions: z
    .array(
      z.strictObject({
        document: z.int().min(1),
        result: z.enum(['completed', 'partial', 'failed']),
        pages: z.int().min(0),
      }),
    )
    .max(200)
    .refine((all) => new Set(all.map((one) => one.document)).size === all.length),
});
const uuid = z.uuid();
const LARGEST_BODY = 64 * 1024;
const NO_BODY = new Uint8Array();

/** The open protocol of docs/copier-gateway.md. Copiers sign every request; there are no cookies here. */
export const createCopierGateway = (dependencies: PrintingDependencies): Routes => {
  const routes = createRoutes();
  const base = gatewayPath();
  const { db, clock } = dependencies;
  const forgetOldNonces = rememberFor(clock, { minutes: 1 }, () => forgetNonces(db, clock.now()));

  const signed =
    (answer: (c: AppContext, network: string, json: unknown) => Promise<object>) =>
    async (c: AppContext): Promise<Response> => {
      try {
        // Asked for what it cannot have, a GET would have all of its request built anew.
        const body = c.req.method === 'GET' ? NO_BODY : new Uint8Array(await c.req.arrayBuffer());
        if (body.length > LARGEST_BODY) throw new GatewayProblem('bad-request');
        const network = await authenticate(dependencies, c.req.raw, body);
        await forgetOldNonces();
        const result = await answer(c, network, body.length === 0 ? null : parseJson(body));
        return result instanceof Response ? result : c.json(result, 200, { 'Cache-Control': 'no-store' });
      } catch (error) {
        if (error instanceof GatewayProblem) return problemResponse(error.problem);
        if (error instanceof z.ZodError) return problemResponse('bad-request');
        throw error;
      }
    };
  const claimId = (c: AppContext): string => uuid.parse(c.req.param('id'));

  routes.post(
    `${base}/lookups`,
    signed((_c, network, json) => {
      const { printNumber, pin, device: at } = lookupBody.parse(json);
      return lookUp(dependencies, network, {
        printNumber: digitsOf(printNumber),
        pin: digitsOf(pin),
        device: at,
      });
    }),
  );
  routes.post(
    `${base}/claims`,
    signed((_c, network, json) => claim(dependencies, network, claimBody.parse(json))),
  );
  routes.get(
    `${base}/claims/:id/documents/:n`,
    signed((c, network) => {
      const position = z.coerce.number().int().min(1).parse(c.req.param('n'));
      return sendDocument(dependencies, network, c.req.raw, { claimId: claimId(c), position });
    }),
  );
  routes.post(
    `${base}/claims/:id/pages`,
    signed((c, network, json) => reportPages(dependencies, network, claimId(c), pagesBody.parse(json))),
  );
  routes.post(
    `${base}/claims/:id/outcome`,
    signed((c, network, json) => reportOutcome(dependencies, network, claimId(c), outcomeBody.parse(json))),
  );
  return routes;
};

const parseJson = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new GatewayProblem('bad-request');
  }
};
