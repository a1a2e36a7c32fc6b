import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';
import type { ResponsePlan } from './response-plan.ts';

/** A malformed response that can be sent by name, to see what the service says to it. */
export type Misbehaviour = {
  readonly name: string;
  readonly label: string;
  readonly change: (plan: ResponsePlan, strangerKeys: KeyAndCertificate) => Partial<ResponsePlan>;
};

const HOUR = 3_600_000;
const CLEAR = { encryption: null } as const;
const SHA1_SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
const SHA1_DIGEST = 'http://www.w3.org/2000/09/xmldsig#sha1';
const INCLUSIVE = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const ELSEWHERE = 'https://elsewhere.example/';
const PRINCIPAL = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6';

const attributesWith = (plan: ResponsePlan, principal: string): Partial<ResponsePlan> => ({
  attributes: plan.attributes.map((attribute) =>
    attribute.name === PRINCIPAL ? { ...attribute, values: [principal] } : attribute,
  ),
});

const edit = (name: string, label: string, edited: Partial<ResponsePlan>): Misbehaviour => ({
  name,
  label,
  change: () => edited,
});

/** A second assertion before the signed one: the classic wrapping attack. */
const wrapped = (xml: string): string => {
  const original = /<saml:Assertion [\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? '';
  const forged = original
    .replace(/ ID="[^"]*"/, ' ID="_forged"')
    .replace(/<ds:Signature[\s\S]*?<\/ds:Signature>/, '');
  return xml.replace(original, forged + original);
};

/** The signed response as an extension inside a forged one. */
const nested = (xml: string): string =>
  xml
    .replace(/<ds:Signature[\s\S]*?<\/ds:Signature>/, '')
    .replace(/ ID="[^"]*"/, ' ID="_outer"')
    .replace('<samlp:Status>', `<samlp:Extensions>${xml}</samlp:Extensions><samlp:Status>`);

export const MISBEHAVIOURS: readonly Misbehaviour[] = [
  edit('unsigned', '署名なし / Unsigned', { signResponse: false }),
  edit('unsigned-clear', '署名も暗号化もなし / Unsigned, in clear', { signResponse: false, ...CLEAR }),
  { name: 'wrong-key', label: '別の鍵で署名 / Signed by a stranger', change: (_, keys) => ({ keys }) },
  {
    name: 'wrong-encryption-key',
    label: '別の鍵で暗号化 / Encrypted for a stranger',
    change: (_, keys) => ({ encryptionCertificate: keys.certificatePem }),
  },
  edit('sha1-signature', 'SHA-1 署名 / SHA-1 signature', { signatureAlgorithm: SHA1_SIGNATURE }),
  edit('sha1-digest', 'SHA-1 ダイジェスト / SHA-1 digest', { digestAlgorithm: SHA1_DIGEST }),
  edit('cbc', 'CBC 暗号 / CBC encryption', { encryption: 'http://www.w3.org/2001/04/xmlenc#aes128-cbc' }),
  edit('inclusive-transform', '別の正規化 / Other canonicalisation', { transforms: [ENVELOPED, INCLUSIVE] }),
  edit('tampered', '署名後の改変 / Changed after signing', {
    ...CLEAR,
    editSignedResponse: (xml) => xml.replace('</saml:AttributeValue>', 'x</saml:AttributeValue>'),
  }),
  edit('wrapped-assertion', 'アサーションの包み込み / Wrapped assertion', {
    ...CLEAR,
    editSignedResponse: wrapped,
  }),
  edit('nested-response', '応答の入れ子 / Nested response', { ...CLEAR, editSignedResponse: nested }),
  edit('doctype', 'DOCTYPE つき / With DOCTYPE', { editSignedResponse: (xml) => `<!DOCTYPE r>${xml}` }),
  edit('entity-bomb', '実体の展開 / Entity bomb', {
    editSignedResponse: (xml) => `<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${xml}`,
  }),
  edit('comment', 'コメントつき / With a comment', {
    ...CLEAR,
    editSignedResponse: (xml) => xml.replace('<samlp:Status>', '<!-- --><samlp:Status>'),
  }),
  {
    name: 'comment-in-name-id',
    label: 'NameID 内のコメント / Comment in NameID',
    change: (plan) => ({ nameId: `${plan.nameId}<!---->.example` }),
  },
  edit('processing-instruction', '処理命令つき / Processing instruction', {
    editSignedResponse: (xml) => xml.replace('<samlp:Status>', '<?php ?><samlp:Status>'),
  }),
  edit('trailing', '末尾に余分 / Trailing content', { editSignedResponse: (xml) => `${xml}<x/>` }),
  edit('duplicate-id', 'ID の重複 / Duplicate id', { responseId: '_same', assertionId: '_same', ...CLEAR }),
  edit('version', '版が違う / Wrong version', { version: '1.1' }),
  edit('wrong-destination', '宛先が違う / Wrong destination', { destination: ELSEWHERE }),
  edit('no-destination', '宛先なし / No destination', { destination: null }),
  edit('wrong-recipient', '受取人が違う / Wrong recipient', { recipient: ELSEWHERE }),
  edit('no-recipient', '受取人なし / No recipient', { recipient: null }),
  edit('wrong-audience', '対象が違う / Wrong audience', { audience: ELSEWHERE }),
  edit('no-audience', '対象なし / No audience', { audience: null }),
  edit('wrong-in-response-to', '別の要求への応答 / Answer to another request', { inResponseTo: '_other' }),
  edit('no-in-response-to', '要求なしの応答 / Unsolicited', {
    inResponseTo: null,
    confirmationInResponseTo: null,
  }),
  edit('other-confirmation-request', '確認だけ別の要求 / Confirmation of another request', {
    confirmationInResponseTo: '_other',
  }),
  edit('foreign-response-issuer', '応答の発行者が違う / Foreign response issuer', {
    responseIssuer: ELSEWHERE,
  }),
  edit('foreign-assertion-issuer', '発行者が違う / Foreign assertion issuer', { assertionIssuer: ELSEWHERE }),
  edit('no-confirmation', '確認なし / No confirmation', { confirmations: 0 }),
  edit('two-confirmations', '確認が二つ / Two confirmations', { confirmations: 2 }),
  edit('sender-vouches', 'bearer でない確認 / Not a bearer confirmation', {
    confirmationMethod: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches',
  }),
  edit('no-confirmation-end', '確認の期限なし / Confirmation without end', {
    confirmationNotOnOrAfter: null,
  }),
  edit('no-conditions-times', '条件の期限なし / Conditions without times', {
    notBefore: null,
    notOnOrAfter: null,
  }),
  {
    name: 'expired',
    label: '期限切れ / Expired',
    change: ({ issuedAt }) => ({ notBefore: issuedAt - 2 * HOUR, notOnOrAfter: issuedAt - HOUR }),
  },
  {
    name: 'confirmation-expired',
    label: '確認の期限切れ / Confirmation expired',
    change: ({ issuedAt }) => ({ confirmationNotOnOrAfter: issuedAt - HOUR }),
  },
  {
    name: 'not-yet-valid',
    label: 'まだ有効でない / Not yet valid',
    change: ({ issuedAt }) => ({ notBefore: issuedAt + HOUR, notOnOrAfter: issuedAt + 2 * HOUR }),
  },
  {
    name: 'valid-too-long',
    label: '有効期間が長すぎる / Valid too long',
    change: ({ issuedAt }) => ({ notOnOrAfter: issuedAt + 48 * HOUR }),
  },
  {
    name: 'old',
    label: '古い応答 / Issued long ago',
    change: ({ issuedAt }) => ({ issuedAt: issuedAt - HOUR }),
  },
  {
    name: 'from-the-future',
    label: '未来の応答 / From the future',
    change: ({ issuedAt }) => ({ issuedAt: issuedAt + HOUR }),
  },
  {
    name: 'authn-in-the-future',
    label: '未来の認証 / Authenticated in the future',
    change: ({ issuedAt }) => ({ authnInstant: issuedAt + HOUR }),
  },
  {
    name: 'foreign-scope',
    label: '他大学のスコープ / Foreign scope',
    change: (plan) => attributesWith(plan, 'admin@other.example'),
  },
  {
    name: 'two-scopes',
    label: '@ が二つ / Two at signs',
    change: (plan) => attributesWith(plan, 'a@b@example.ac.jp'),
  },
  {
    name: 'invisible-character',
    label: '見えない文字 / Invisible character',
    change: (plan) => attributesWith(plan, `a\u200b${plan.attributes[0]?.values[0] ?? ''}`),
  },
  {
    name: 'duplicate-attribute',
    label: '属性の重複 / Attribute twice',
    change: ({ attributes }) => ({ attributes: [...attributes, ...attributes] }),
  },
  edit('nobody', '識別子なし / No identifier', {
    attributes: [],
    editAssertion: (xml) => xml.replace(/<saml:NameID .*?<\/saml:NameID>/, ''),
  }),
  edit('no-authn-statement', '認証の記述なし / No authentication statement', {
    editAssertion: (xml) => xml.replace(/<saml:AuthnStatement[\s\S]*<\/saml:AuthnStatement>/, ''),
  }),
  edit('unknown-condition', '未知の条件 / Unknown condition', {
    editAssertion: (xml) => xml.replace('</saml:Conditions>', '<saml:Condition/></saml:Conditions>'),
  }),
  edit('error-status', 'エラー応答 / Error status', {
    withAssertion: false,
    status: { code: 'Responder', inner: 'AuthnFailed', message: 'the person cancelled' },
  }),
  edit('error-with-assertion', 'エラーとアサーション / Error with an assertion', {
    status: { code: 'Responder', inner: 'AuthnFailed', message: 'and yet an assertion' },
  }),
  edit('success-without-assertion', 'アサーションなし / Success without assertion', { withAssertion: false }),
  edit('not-xml', 'XML でない / Not XML', { editSignedResponse: () => 'hello' }),
];
