import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MISBEHAVIOURS } from '#dev/identity-provider/misbehaviours.ts';
import { writeResponse } from '#dev/identity-provider/response.ts';
import { inputFor, NOW, readPlan, rightPlan, stranger } from '#test/support/saml-response.ts';
import type { SamlReader } from './reader.ts';
import { openSamlReader } from './reader.ts';
import type { SamlRefusal } from './refusal.ts';

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

describe('the strict layer, of responses made wrong,', () => {
  let reader: SamlReader;
  before(() => {
    reader = openSamlReader();
  });
  after(() => reader.close());

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
      assert.deepEqual(await readPlan(reader, { editSignedResponse }), { ok: false, reason });
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
      assert.deepEqual(await readPlan(reader, { editAssertion }), { ok: false, reason });
    });
  }

  test('refuses a confirmation that lasts too long', async () => {
    const result = await readPlan(reader, { confirmationNotOnOrAfter: NOW + 48 * 3_600_000 });
    assert.deepEqual(result, { ok: false, reason: 'lifetime' });
  });
});
