import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { writeResponse } from '#dev/identity-provider/response.ts';
import {
  inputFor,
  NOW,
  PRINCIPAL,
  previous,
  readPlan,
  rightPlan,
  stranger,
} from '#test/support/saml-response.ts';
import type { SamlInput } from './input.ts';
import type { SamlReader } from './reader.ts';
import { openSamlReader } from './reader.ts';

const MFA = 'https://refeds.org/profile/mfa';

describe('the strict layer', () => {
  let reader: SamlReader;
  before(() => {
    reader = openSamlReader();
  });
  after(() => reader.close());

  const withPolicy =
    (policy: SamlInput['identityProvider']['policy']) =>
    (input: SamlInput): SamlInput => ({
      ...input,
      identityProvider: { ...input.identityProvider, policy },
    });

  test('reads a signed response with an encrypted assertion', async () => {
    const result = await readPlan(reader, {});
    assert.ok(result.ok, JSON.stringify(result));
    assert.deepEqual(result.assertion.attributes[PRINCIPAL], ['a0123456@example.ac.jp']);
    assert.equal(result.assertion.authnInstant, NOW);
    assert.ok(result.assertion.notOnOrAfter > NOW);
  });

  test('reads a response encrypted for the previous key', async () => {
    assert.equal((await readPlan(reader, { encryptionCertificate: previous.certificatePem })).ok, true);
  });

  test('reads AES-256-GCM and clear assertions in a signed response', async () => {
    const encryption = 'http://www.w3.org/2009/xmlenc11#aes256-gcm';
    assert.equal((await readPlan(reader, { encryption })).ok, true);
    assert.equal((await readPlan(reader, { encryption: null })).ok, true);
  });

  test('policy both takes two signatures, in clear and encrypted, and not one', async () => {
    const both = withPolicy('both');
    assert.deepEqual(await readPlan(reader, {}, both), { ok: false, reason: 'assertion-not-signed' });
    assert.equal((await readPlan(reader, { signAssertion: true }, both)).ok, true);
    assert.equal((await readPlan(reader, { signAssertion: true, encryption: null }, both)).ok, true);
  });

  test('policy assertion takes a bare response in clear only', async () => {
    const policy = withPolicy('assertion');
    const bare = { signResponse: false, signAssertion: true };
    assert.equal((await readPlan(reader, { ...bare, encryption: null }, policy)).ok, true);
    assert.deepEqual(await readPlan(reader, bare, policy), {
      ok: false,
      reason: 'encrypted-in-unsigned-response',
    });
  });

  test('an assertion signed by a stranger inside a rightly signed response is refused', async () => {
    const inner = await writeResponse({
      ...rightPlan(),
      keys: stranger,
      signAssertion: true,
      encryption: null,
    });
    const foreign = /<saml:Assertion [\s\S]*<\/saml:Assertion>/.exec(inner)?.[0] ?? '';
    const result = await readPlan(reader, { encryption: null, editAssertion: () => foreign });
    assert.deepEqual(result, { ok: false, reason: 'signature-invalid' });
  });

  test('an old login is refused where a fresh one was asked for', async () => {
    const fresh = (input: SamlInput): SamlInput => ({
      ...input,
      transaction: { ...input.transaction, forceAuthn: true },
    });
    assert.equal((await readPlan(reader, {}, fresh)).ok, true);
    assert.deepEqual(await readPlan(reader, { authnInstant: NOW - 600_000 }, fresh), {
      ok: false,
      reason: 'not-fresh',
    });
  });

  test('another authentication context than those asked for is refused', async () => {
    const strong = (input: SamlInput): SamlInput => ({
      ...input,
      transaction: { ...input.transaction, authnContexts: [MFA] },
    });
    assert.equal((await readPlan(reader, { authnContext: MFA }, strong)).ok, true);
    assert.deepEqual(await readPlan(reader, {}, strong), { ok: false, reason: 'authn-context' });
  });

  const repeated = (open: string, close: string, times: number): string =>
    open.repeat(times) + close.repeat(times);
  const raw: Record<string, { xml: string; reason: string }> = {
    nothing: { xml: '', reason: 'not-base64' },
    '64 KiB of nested tags': { xml: repeated('<a>', '</a>', 9_000), reason: 'too-deep' },
    'a row of 9,000 tags': { xml: `<r>${'<a/>'.repeat(9_000)}</r>`, reason: 'too-many-tags' },
    '64 KiB of <': { xml: '<'.repeat(65_000), reason: 'not-xml' },
    '64 KiB of attributes': { xml: `<a ${'b="" '.repeat(12_000)}/>`, reason: 'too-many-attributes' },
    'one byte too many': { xml: `<a>${'b'.repeat(65_530)}</a>`, reason: 'too-large' },
    'an end without a beginning': { xml: '</a>', reason: 'not-xml' },
    'a beginning without an end': { xml: '<a>', reason: 'not-xml' },
    'a tag in a tag': { xml: '<a b="<c/>"/>', reason: 'not-xml' },
    'an unknown entity': { xml: '<a>&nbsp;</a>', reason: 'entity' },
    'a NUL': { xml: '<a>\u0000</a>', reason: 'control-character' },
    CDATA: { xml: '<a><![CDATA[b]]></a>', reason: 'markup' },
    'two roots': { xml: '<a/><b/>', reason: 'trailing-content' },
    'another root': { xml: '<a/>', reason: 'response-shape' },
  };
  for (const [name, { xml, reason }] of Object.entries(raw)) {
    test(`refuses ${name}`, async () => {
      assert.deepEqual(await reader.read(inputFor(xml)), { ok: false, reason });
    });
  }

  test('refuses bytes that are not UTF-8 and text that is not base64', async () => {
    const response = Buffer.from([0x3c, 0xff, 0x3e]).toString('base64');
    assert.deepEqual(await reader.read({ ...inputFor(''), response }), { ok: false, reason: 'not-utf8' });
    assert.deepEqual(await reader.read({ ...inputFor(''), response: '%%%%' }), {
      ok: false,
      reason: 'not-base64',
    });
  });

  test('a message that overruns its time is refused and the next one is read', async () => {
    const hurried = openSamlReader({ workers: 1, queue: 10, milliseconds: 1, megabytes: 96 });
    const xml = await writeResponse(rightPlan());
    assert.deepEqual(await hurried.read(inputFor(xml)), { ok: false, reason: 'time-budget' });
    assert.deepEqual(await hurried.read(inputFor(xml)), { ok: false, reason: 'time-budget' });
    await hurried.close();
  });

  test('a message that would overrun the memory never reaches a worker, and the next one is read', async () => {
    const poor = openSamlReader({ workers: 1, queue: 10, milliseconds: 60_000, megabytes: 16 });
    const huge = { ...inputFor(''), response: 'A'.repeat(80 * 1024 * 1024) };
    assert.deepEqual(await poor.read(huge), { ok: false, reason: 'too-large' });
    assert.equal((await poor.read(inputFor(await writeResponse(rightPlan())))).ok, true);
    await poor.close();
  });

  test('answers a crowd, each with its own result', async () => {
    const inputs = await Promise.all(
      Array.from({ length: 40 }, async (_, index) =>
        index % 2 === 0 ? inputFor(await writeResponse(rightPlan())) : inputFor('<a/>'),
      ),
    );
    const results = await Promise.all(inputs.map((input) => reader.read(input)));
    assert.deepEqual(
      results.map((result) => result.ok),
      inputs.map((_, index) => index % 2 === 0),
    );
  });
});
