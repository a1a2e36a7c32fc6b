import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import type { FederationPlan } from '#test/support/federation.ts';
import { memberOf, signFederation, writeFederation } from '#test/support/federation.ts';
import { readAggregate } from './aggregate.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import { openProviderDirectory } from './provider-directory.ts';

const START = '2026-11-24T00:00:00Z';
const NOW = Temporal.Instant.from(START);
const federation = createSelfSigned('federation', NOW);
const stranger = createSelfSigned('stranger', NOW);
const first = createSelfSigned('first', NOW);
const second = createSelfSigned('second', NOW);
const CAMPUS = 'https://campus.example/idp';

const plan: FederationPlan = {
  members: [memberOf(CAMPUS, first.certificatePem)],
  others: 650,
  validUntil: '2026-12-05T00:00:00Z',
  keys: federation,
  certificatePem: stranger.certificatePem,
};
const read = (xml: string, certificates = [federation.certificatePem]) =>
  readAggregate({
    bytes: Buffer.from(xml),
    certificates,
    wanted: [CAMPUS, 'https://absent.example/idp'],
    now: NOW.epochMilliseconds,
  });

describe('a federation of 651 entities', () => {
  const signed = signFederation(plan);

  test('its aggregate gives the one provider that is wanted', () => {
    const { entities, providers } = read(signed, [stranger.certificatePem, federation.certificatePem]);
    assert.equal(entities, 651);
    assert.deepEqual(
      providers.map(({ entityId, scopes }) => ({ entityId, scopes })),
      [{ entityId: CAMPUS, scopes: ['akatsuki.example'] }],
    );
    assert.equal(providers[0]?.signingCertificates.length, 1);
  });

  test('is not believed where the signature is missing, another’s, or over something else', () => {
    assert.throws(() => read(writeFederation(plan)), /not signed/);
    assert.throws(() => read(signFederation({ ...plan, keys: stranger })), /not of a pinned certificate/);
    assert.throws(
      () => read(signed.replace('https://campus.example/idp/sso', 'https://evil.example/sso')),
      /pinned/,
    );
    const wrapped = signed
      .replace('ID="_federation"', 'ID="_evil"')
      .replace('<md:Extensions/>', `<md:Extensions>${signed.replace(/<\?xml[^>]*>/, '')}</md:Extensions>`);
    assert.throws(() => read(wrapped));
    const twice = signed.replace('<md:Extensions/>', '<md:Extensions><x id="_federation"/></md:Extensions>');
    assert.throws(() => read(twice), /its ID is there twice/);
    assert.throws(() => read(`<!DOCTYPE x>${signed}`));
  });

  test('must say until when it holds, not longer than fifteen days', () => {
    const small = { ...plan, others: 2 };
    const until = (validUntil: string | null) => () => read(signFederation({ ...small, validUntil }));
    assert.throws(until(null));
    assert.throws(until('2026-11-23T23:59:59Z'), /has passed/);
    assert.throws(until('2026-12-09T00:00:01Z'), /more than 15 days/);
    assert.doesNotThrow(until('2026-12-09T00:00:00Z'));
  });

  test('may not name a provider twice', () => {
    const twice = {
      ...plan,
      others: 2,
      members: [...plan.members, memberOf(CAMPUS, stranger.certificatePem)],
    };
    assert.throws(() => read(signFederation(twice)), /twice/);
  });
});

describe('metadata that is kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-federation-'));
  let served: string | null = null;
  const server = createServer((_, response) =>
    served === null ? response.writeHead(503).end() : response.end(served),
  );
  let address = '';
  const certificate = join(folder, 'federation.crt');
  const small = { ...plan, others: 4 };
  before(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`;
    writeFileSync(certificate, federation.certificatePem);
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const open = (clock = manualClock(START)): ProviderDirectory & { problems: unknown[] } => {
    const problems: unknown[] = [];
    const directory = openProviderDirectory({
      providers: [{ entityId: CAMPUS, metadata: 'federation' }],
      federation: { metadata: address, certificates: [certificate] },
      folder: join(folder, 'kept'),
      clock,
      report: (error) => problems.push(error),
    });
    return { ...directory, problems };
  };
  const keysOf = async (directory: ProviderDirectory): Promise<number> =>
    (await directory.find(CAMPUS)).signingCertificates.length;

  test('is taken anew in the background, and its last good copy outlives source, forger and restart', async () => {
    served = null;
    await assert.rejects(open().find(CAMPUS), /nothing good/);
    const directory = open();
    served = signFederation(small);
    assert.equal(await keysOf(directory), 1);

    // The provider announces its next key beside the present one.
    const two = memberOf(CAMPUS, first.certificatePem).replace(
      '<md:NameIDFormat>',
      `${/<md:KeyDescriptor[\s\S]*<\/md:KeyDescriptor>/.exec(memberOf(CAMPUS, second.certificatePem))?.[0]}<md:NameIDFormat>`,
    );
    served = signFederation({ ...small, members: [two] });
    await directory.refresh();
    assert.equal(await keysOf(directory), 2);

    for (const bad of [null, signFederation({ ...small, keys: stranger }), 'not xml']) {
      served = bad;
      await directory.refresh();
      assert.equal(await keysOf(directory), 2, 'the last good copy');
    }
    assert.equal(directory.problems.length, 3);
    served = null;
    assert.equal(await keysOf(open()), 2, 'after a restart');
    await assert.rejects(open(manualClock('2026-12-05T00:00:00Z')).find(CAMPUS), /nothing good/);
  });
});
