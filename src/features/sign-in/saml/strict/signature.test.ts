import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { SignedXml } from 'xml-crypto';
import { writeResponse } from '#dev/identity-provider/response.ts';
import type { ResponsePlan } from '#dev/identity-provider/response-plan.ts';
import { rightPlan, stranger } from '#test/support/saml-response.ts';
import { childrenOf, NAMESPACE, onlyChild, parse } from './elements.ts';
import { checkEnvelopedSignature } from './shape.ts';
import { signedText } from './signature.ts';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const provider = rightPlan().keys;

/** What xml-crypto's own verifier, which follows references, says that the root's signature covers. */
const judgeOf = (xml: string, certificate: string): string | null => {
  const judge = new SignedXml({ publicCert: certificate });
  judge.loadSignature(onlyChild(parse(xml), NAMESPACE.signature, 'Signature', 'signature-shape'));
  try {
    return judge.checkSignature(xml) ? (judge.getSignedReferences()[0] ?? null) : null;
  } catch {
    return null;
  }
};

const ours = (xml: string, certificates = [provider.certificatePem]): string | null => {
  const root = parse(xml);
  checkEnvelopedSignature(onlyChild(root, NAMESPACE.signature, 'Signature', 'signature-shape'), root);
  return signedText(root, certificates);
};

const written = (change: Partial<ResponsePlan>): Promise<string> =>
  writeResponse({ ...rightPlan(), ...change });

/** Signs the child `b` of a root that declares two namespaces more than the child names, one of them in a list. */
const signInside = (list: string): string => {
  const signer = new SignedXml({
    privateKey: provider.privateKeyPem,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  const xpath = "//*[local-name(.)='b']";
  signer.addReference({
    xpath,
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: [`${NAMESPACE.signature}enveloped-signature`, EXCLUSIVE],
    inclusiveNamespacesPrefixList: list.split(' ').filter(Boolean),
  });
  const xml =
    '<r:a xmlns:r="urn:r" xmlns:xs="urn:xs" xmlns="urn:d"><b ID="_b" z="1" r:y="&lt;&quot;\n&#13;" a=">">' +
    '<r:c>年 &amp; &gt;</r:c><d xmlns="" xmlns:xs="urn:other" t="xs:string"/></b></r:a>';
  signer.computeSignature(xml, { prefix: 'ds', location: { reference: xpath, action: 'prepend' } });
  return signer.getSignedXml();
};

describe('what a signature covers', () => {
  test('is what another verifier returns, for each algorithm', async () => {
    const methods = ['sha256', 'sha512'] as const;
    for (const signature of methods)
      for (const digest of methods) {
        const xml = await written({
          signatureAlgorithm: `http://www.w3.org/2001/04/xmldsig-more#rsa-${signature}`,
          digestAlgorithm: `http://www.w3.org/2001/04/xmlenc#${digest}`,
        });
        const text = ours(xml);
        assert.ok(text !== null && !text.includes('Signature>'));
        assert.equal(text, judgeOf(xml, provider.certificatePem));
      }
  });

  test('is held by any of several certificates, and by none that did not make it', async () => {
    const xml = await written({});
    assert.equal(ours(xml, [stranger.certificatePem, provider.certificatePem]), ours(xml));
    assert.equal(ours(xml, [stranger.certificatePem]), null);
    assert.equal(ours(xml, []), null);
  });

  for (const list of ['', 'xs', 'xs r unknown'])
    test(`has the namespaces of the list "${list}", wherever they are declared`, () => {
      const xml = signInside(list);
      const [inner] = childrenOf(parse(xml), 'urn:d', 'b');
      assert.ok(inner !== undefined);
      const judge = new SignedXml({ publicCert: provider.certificatePem });
      judge.loadSignature(onlyChild(inner, NAMESPACE.signature, 'Signature', 'signature-shape'));
      assert.ok(judge.checkSignature(xml));
      const text = signedText(inner, [provider.certificatePem]);
      assert.equal(text, judge.getSignedReferences()[0]);
      assert.equal(text?.startsWith('<b xmlns="urn:d"'), true);
      assert.equal(text?.slice(0, text.indexOf('<r:c')).includes('xmlns:xs="urn:xs"'), list.includes('xs'));
    });

  test('is nothing, or the same, with any character of the message another', async () => {
    const xml = await written({ encryption: null });
    const text = ours(xml);
    let refused = 0;
    fc.assert(
      fc.property(fc.nat(xml.length - 1), fc.constantFrom('A', 'b', '0', ' ', '=', '-'), (at, character) => {
        const spoilt = xml.slice(0, at) + character + xml.slice(at + 1);
        let read: string | null = null;
        try {
          read = ours(spoilt);
        } catch {}
        if (read === null) refused += 1;
        else assert.equal(read, text);
      }),
      { numRuns: 1500 },
    );
    assert.ok(refused > 1000, `${refused} refused`);
  });
});
