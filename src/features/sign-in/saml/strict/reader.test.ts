import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MISBEHAVIOURS } from '#dev/identity-provider/misbehaviours.ts';
import type { ResponsePlan } from '#dev/identity-provider/response.ts';
import { planResponse, writeResponse } from '#dev/identity-provider/response.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import type { SamlInput, SamlResult } from './input.ts';
import type { SamlReader } from './reader.ts';
import { openSamlReader } from './reader.ts';
import type { SamlRefusal } from './refusal.ts';

const NOW = Date.parse('2026-11-24T03:00:00Z');
const instant = Temporal.Instant.fromEpochMilliseconds(NOW);
const provider = createSelfSigned('provider', instant);
const stranger = createSelfSigned('stranger', instant);
const service = createSelfSigned('service', instant);
const previous = createSelfSigned('previous', instant);
const PRINCIPAL = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6';
const MFA = 'https://refeds.org/profile/mfa';

const rightPlan = (): ResponsePlan =>
  planResponse({
    issuer: 'https://idp.example.ac.jp/metadata',
    acsUrl: 'https://sp.example.ac.jp/saml/acs',
    audience: 'https://sp.example.ac.jp/saml/metadata',
    inResponseTo: '_request',
    now: NOW,
    authnInstant: NOW,
    authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    attributes: [
      { name: PRINCIPAL, friendlyName: 'eduPersonPrincipalName', values: ['a0123456@example.ac.jp'] },
    ],
    keys: provider,
    encryptionCertificate: service.certificatePem,
  });

const inputFor = (xml: string): SamlInput => ({
  response: Buffer.from(xml).toString('base64'),
  now: NOW,
  serviceProvider: {
    entityId: 'https://sp.example.ac.jp/saml/metadata',
    acsUrl: 'https://sp.example.ac.jp/saml/acs',
    decryptionKeys: [service.privateKeyPem, previous.privateKeyPem],
  },
  identityProvider: {
    entityId: 'https://idp.example.ac.jp/metadata',
    signingCertificates: [provider.certificatePem],
    scopes: ['example.ac.jp'],
    policy: 'response',
  },
  transaction: { requestId: '_request', issuedAt: NOW, forceAuthn: false, authnContexts: [] },
});

/** Each malformed response and the rule that must catch it: refused for another reason is a rule not tested. */
const CAUGHT_BY: Record<string, SamlRefusal> = {
  unsigned: 'response-not-signed',
  'unsigned-clear': 'response-not-signed',
  'wrong-key': 'signature-invalid',
  'wrong-encryption-key': 'decryption',
  'sha1-signature': 'signature-algorithm',
  'sha1-digest': 'signature-algorithm',
  cbc: 'encryption-algorithm',
  'inclusive-transform': 'signature-transforms',
  tampered: 'signature-invalid',
  'wrapped-assertion': 'response-shape',
  'nested-response': 'response-shape',
  doctype: 'markup',
  'entity-bomb': 'markup',
  comment: 'markup',
  'comment-in-name-id': 'markup',
  'processing-instruction': 'markup',
  trailing: 'trailing-content',
  'duplicate-id': 'duplicate-id',
  version: 'version',
  'wrong-destination': 'destination',
  'no-destination': 'destination',
  'wrong-recipient': 'recipient',
  'no-recipient': 'recipient',
  'wrong-audience': 'audience',
  'no-audience': 'audience',
  'wrong-in-response-to': 'in-response-to',
  'no-in-response-to': 'in-response-to',
  'other-confirmation-request': 'in-response-to',
  'foreign-response-issuer': 'issuer',
  'foreign-assertion-issuer': 'issuer',
  'no-confirmation': 'subject-confirmation',
  'two-confirmations': 'subject-confirmation',
  'sender-vouches': 'subject-confirmation',
  'no-confirmation-end': 'time-format',
  'no-conditions-times': 'time-format',
  expired: 'expired',
  'confirmation-expired': 'expired',
  'not-yet-valid': 'not-yet-valid',
  'valid-too-long': 'lifetime',
  old: 'issue-instant',
  'from-the-future': 'issue-instant',
  'authn-in-the-future': 'authn-statement',
  'foreign-scope': 'scope',
  'two-scopes': 'scope',
  'invisible-character': 'text',
  'duplicate-attribute': 'attributes',
  nobody: 'no-identifier',
  'no-authn-statement': 'assertion-shape',
  'unknown-condition': 'conditions',
  'error-status': 'status-cancelled-or-failed',
  'error-with-assertion': 'status-cancelled-or-failed',
  'success-without-assertion': 'response-shape',
  'not-xml': 'not-xml',
};

describe('the strict layer', () => {
  let reader: SamlReader;
  before(() => {
    reader = openSamlReader();
  });
  after(() => reader.close());

  const readPlan = async (
    change: Partial<ResponsePlan>,
    adjust: (input: SamlInput) => SamlInput = (input) => input,
  ): Promise<SamlResult> => reader.read(adjust(inputFor(await writeResponse({ ...rightPlan(), ...change }))));

  const withPolicy =
    (policy: SamlInput['identityProvider']['policy']) =>
    (input: SamlInput): SamlInput => ({
      ...input,
      identityProvider: { ...input.identityProvider, policy },
    });

  test('reads a signed response with an encrypted assertion', async () => {
    const result = await readPlan({});
    assert.ok(result.ok, JSON.stringify(result));
    assert.deepEqual(result.assertion.attributes[PRINCIPAL], ['a0123456@example.ac.jp']);
    assert.equal(result.assertion.authnInstant, NOW);
    assert.ok(result.assertion.notOnOrAfter > NOW);
  });

  test('reads a response encrypted for the previous key', async () => {
    assert.equal((await readPlan({ encryptionCertificate: previous.certificatePem })).ok, true);
  });

  test('reads AES-256-GCM and clear assertions in a signed response', async () => {
    const encryption = 'http://www.w3.org/2009/xmlenc11#aes256-gcm';
    assert.equal((await readPlan({ encryption })).ok, true);
    assert.equal((await readPlan({ encryption: null })).ok, true);
  });

  test('policy both takes two signatures, in clear and encrypted, and not one', async () => {
    const both = withPolicy('both');
    assert.deepEqual(await readPlan({}, both), { ok: false, reason: 'assertion-not-signed' });
    assert.equal((await readPlan({ signAssertion: true }, both)).ok, true);
    assert.equal((await readPlan({ signAssertion: true, encryption: null }, both)).ok, true);
  });

  test('policy assertion takes a bare response in clear only', async () => {
    const policy = withPolicy('assertion');
    const bare = { signResponse: false, signAssertion: true };
    assert.equal((await readPlan({ ...bare, encryption: null }, policy)).ok, true);
    assert.deepEqual(await readPlan(bare, policy), { ok: false, reason: 'encrypted-in-unsigned-response' });
  });

  test('an assertion signed by a stranger inside a rightly signed response is refused', async () => {
    const inner = await writeResponse({
      ...rightPlan(),
      keys: stranger,
      signAssertion: true,
      encryption: null,
    });
    const foreign = /<saml:Assertion [\s\S]*<\/saml:Assertion>/.exec(inner)?.[0] ?? '';
    const result = await readPlan({ encryption: null, editAssertion: () => foreign });
    assert.deepEqual(result, { ok: false, reason: 'signature-invalid' });
  });

  test('an old login is refused where a fresh one was asked for', async () => {
    const fresh = (input: SamlInput): SamlInput => ({
      ...input,
      transaction: { ...input.transaction, forceAuthn: true },
    });
    assert.equal((await readPlan({}, fresh)).ok, true);
    assert.deepEqual(await readPlan({ authnInstant: NOW - 600_000 }, fresh), {
      ok: false,
      reason: 'not-fresh',
    });
  });

  test('another authentication context than those asked for is refused', async () => {
    const strong = (input: SamlInput): SamlInput => ({
      ...input,
      transaction: { ...input.transaction, authnContexts: [MFA] },
    });
    assert.equal((await readPlan({ authnContext: MFA }, strong)).ok, true);
    assert.deepEqual(await readPlan({}, strong), { ok: false, reason: 'authn-context' });
  });

  for (const { name, change } of MISBEHAVIOURS) {
    test(`refuses ${name}`, async () => {
      const plan = rightPlan();
      const result = await reader.read(inputFor(await writeResponse({ ...plan, ...change(plan, stranger) })));
      assert.deepEqual(result, { ok: false, reason: CAUGHT_BY[name] });
    });
  }

  const edits: Record<string, [(xml: string) => string, SamlRefusal]> = {
    'a second signature': [
      (xml) => xml.replace(/<ds:Signature [\s\S]*<\/ds:Signature>/, '$&$&'),
      'response-shape',
    ],
    'a reference to elsewhere': [
      (xml) => xml.replace(/URI="#[^"]*"/, 'URI="#_elsewhere"'),
      'signature-reference',
    ],
    'an empty reference': [(xml) => xml.replace(/URI="#[^"]*"/, 'URI=""'), 'signature-reference'],
    'a second reference': [
      (xml) => xml.replace(/<ds:Reference[\s\S]*<\/ds:Reference>/, '$&$&'),
      'signature-shape',
    ],
    'an object in the signature': [
      (xml) => xml.replace('</ds:Signature>', '<ds:Object/></ds:Signature>'),
      'signature-shape',
    ],
    'an HMAC with the public key': [
      (xml) =>
        xml.replace(/(SignatureMethod Algorithm=")[^"]*/, '$1http://www.w3.org/2000/09/xmldsig#hmac-sha1'),
      'signature-algorithm',
    ],
    'inclusive canonicalisation': [
      (xml) =>
        xml.replace(
          /(CanonicalizationMethod Algorithm=")[^"]*/,
          '$1http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
        ),
      'signature-algorithm',
    ],
    'a path in a transform': [
      (xml) =>
        xml.replace(
          /<ds:Transform (Algorithm="[^"]*exc-c14n#")\/>/,
          '<ds:Transform $1><ds:XPath/></ds:Transform>',
        ),
      'signature-transforms',
    ],
    'an xml:id': [(xml) => xml.replace('<samlp:Status>', '<samlp:Status xml:id="a">'), 'id-attribute'],
    'a lower-case id': [(xml) => xml.replace('<samlp:Status>', '<samlp:Status id="a">'), 'id-attribute'],
    extensions: [
      (xml) => xml.replace('<samlp:Status>', '<samlp:Extensions/><samlp:Status>'),
      'response-shape',
    ],
    'a stripped signature': [
      (xml) => xml.replace(/<ds:Signature [\s\S]*<\/ds:Signature>/, ''),
      'response-not-signed',
    ],
    'a flipped ciphertext': [
      (xml) =>
        xml.replace(/(<xenc:CipherValue>)(.)/, (_, tag, first) => `${tag}${first === 'A' ? 'B' : 'A'}`),
      'signature-invalid',
    ],
    'a foreign namespace': [
      (xml) => xml.replaceAll('SAML:2.0:protocol', 'SAML:1.1:protocol'),
      'response-shape',
    ],
  };
  for (const [name, [editSignedResponse, reason]] of Object.entries(edits)) {
    test(`refuses ${name}`, async () => {
      assert.deepEqual(await readPlan({ editSignedResponse }), { ok: false, reason });
    });
  }

  // Rightly signed by the provider, wrong inside: only the shape and meaning of the assertion catch these.
  const inside = (xml: string, element: string): string =>
    xml.replace('</saml:AttributeValue>', `${element}$&`);
  const signedEdits: Record<string, [(xml: string) => string, SamlRefusal]> = {
    'a signature among the attributes': [
      (xml) => inside(xml, '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'),
      'signature-place',
    ],
    'an assertion among the attributes': [(xml) => inside(xml, '<saml:Assertion/>'), 'assertion-shape'],
    'two attribute statements': [
      (xml) =>
        xml.replace(
          /(<saml:AuthnStatement[\s\S]*)(<saml:AttributeStatement[\s\S]*)<\/saml:Assertion>/,
          '$2$1$2</saml:Assertion>',
        ),
      'assertion-shape',
    ],
    'an assertion without id': [(xml) => xml.replace(/ ID="[^"]*"/, ''), 'id-attribute'],
    'an id that is no name': [(xml) => xml.replace(/ ID="[^"]*"/, ' ID="1 2"'), 'id-attribute'],
    'an issuer of another format': [
      (xml) =>
        xml.replace(
          '<saml:Issuer>',
          '<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">',
        ),
      'issuer',
    ],
    'a confirmation with a beginning': [
      (xml) => xml.replace('<saml:SubjectConfirmationData', '$& NotBefore="2026-11-24T03:00:00Z"'),
      'subject-confirmation',
    ],
    'two names': [(xml) => xml.replace(/<saml:NameID .*?<\/saml:NameID>/, '$&$&'), 'subject-confirmation'],
    'a session that is over': [
      (xml) => xml.replace('<saml:AuthnStatement', '$& SessionNotOnOrAfter="2026-11-24T02:00:00Z"'),
      'session-over',
    ],
    'an encrypted attribute': [
      (xml) => xml.replace('</saml:AttributeStatement>', '<saml:EncryptedAttribute/>$&'),
      'attributes',
    ],
    'a scope without a name': [(xml) => xml.replace('a0123456@', '@'), 'scope'],
    'a time without a zone': [(xml) => xml.replace(/(AuthnInstant="[^"]*)Z"/, '$1"'), 'time-format'],
  };
  for (const [name, [editAssertion, reason]] of Object.entries(signedEdits)) {
    test(`refuses ${name}`, async () => {
      assert.deepEqual(await readPlan({ editAssertion }), { ok: false, reason });
    });
  }

  test('refuses a confirmation that lasts too long', async () => {
    const result = await readPlan({ confirmationNotOnOrAfter: NOW + 48 * 3_600_000 });
    assert.deepEqual(result, { ok: false, reason: 'lifetime' });
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
