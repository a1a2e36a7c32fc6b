import { MISBEHAVIOURS } from '#dev/identity-provider/misbehaviours.ts';
import type { ResponsePlan } from '#dev/identity-provider/response-plan.ts';
import type { HostileCase } from './hostile-case.ts';
import { WRAPPINGS } from './wrapping.ts';

type Change = HostileCase['change'];
const CLEAR = { encryption: null } as const;
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

const family = (name: string, cases: Readonly<Record<string, Change>>): HostileCase[] =>
  Object.entries(cases).map(([each, change]) =>
    change === undefined ? { family: name, name: each } : { family: name, name: each, change },
  );
const fields = (name: string, cases: Readonly<Record<string, (xml: string) => string>>): HostileCase[] =>
  Object.entries(cases).map(([each, field]) => ({ family: name, name: each, field, change: () => CLEAR }));
/** Edits of the signed response with its assertion in clear. */
const edits = (name: string, cases: Readonly<Record<string, (xml: string) => string>>): HostileCase[] =>
  Object.entries(cases).map(([each, editSignedResponse]) => ({
    family: name,
    name: each,
    change: () => ({ ...CLEAR, editSignedResponse }),
  }));
/** The same plan with a text put into the response before it is signed: the provider itself misbehaves. */
const before =
  (from: string | RegExp, to: string): Change =>
  () => ({
    ...CLEAR,
    editAssertion: (xml) => xml.replace(from, to),
  });

const noSignature = (xml: string): string => xml.replace(/<ds:Signature[\s\S]*?<\/ds:Signature>/, '');
const inPrincipal = (inside: string) => (xml: string) =>
  xml.replace('a0123456@akatsuki', `a0123456${inside}@akatsuki`);

const UNSIGNED = [
  ...edits('unsigned', {
    'signature-removed': noSignature,
    'signature-emptied': (xml) => xml.replace(/(<ds:SignatureValue>)[^<]*/, '$1'),
    'signature-value-of-zeros': (xml) =>
      xml.replace(/(<ds:SignatureValue>)[^<]*/, `$1${base64(new Uint8Array(384))}`),
    'digest-emptied': (xml) => xml.replace(/(<ds:DigestValue>)[^<]*/, '$1'),
    'signed-info-removed': (xml) => xml.replace(/<ds:SignedInfo>[\s\S]*<\/ds:SignedInfo>/, ''),
    'references-removed': (xml) => xml.replace(/<ds:Reference[\s\S]*<\/ds:Reference>/, ''),
    'reference-to-nothing': (xml) => xml.replace(/URI="#[^"]*"/, 'URI="#_nothing"'),
    'reference-to-the-document': (xml) => xml.replace(/URI="#[^"]*"/, 'URI=""'),
    'reference-without-uri': (xml) => xml.replace(/ URI="#[^"]*"/, ''),
    'reference-to-a-file': (xml) => xml.replace(/URI="#[^"]*"/, 'URI="file:///etc/passwd"'),
    'reference-by-xpointer': (xml) => xml.replace(/URI="#([^"]*)"/, 'URI="#xpointer(id(\'$1\'))"'),
    'two-references': (xml) => xml.replace(/(<ds:Reference[\s\S]*<\/ds:Reference>)/, '$1$1'),
    'two-signatures': (xml) => xml.replace(/(<ds:Signature[\s\S]*?<\/ds:Signature>)/, '$1$1'),
    'signature-in-another-namespace': (xml) => xml.replaceAll(DSIG, `${DSIG}x`),
  }),
  ...family('unsigned', {
    'policy-needs-the-response': () => ({ ...CLEAR, signResponse: false, signAssertion: true }),
    'encrypted-signed-assertion-in-a-bare-response': () => ({ signResponse: false, signAssertion: true }),
  }),
];

const KEYS = family('key', {
  'key-in-the-message': (_, stranger) => ({ ...CLEAR, keys: stranger }),
  'claimed-certificate': (plan, stranger) => ({
    ...CLEAR,
    keys: { privateKeyPem: stranger.privateKeyPem, certificatePem: plan.keys.certificatePem },
  }),
  'key-named-by-address': (_, stranger) => ({
    ...CLEAR,
    keys: stranger,
    editSignedResponse: (xml) =>
      xml.replace(/<ds:KeyInfo>[\s\S]*?<\/ds:KeyInfo>|<\/ds:SignatureValue>/, (found) =>
        found.startsWith('</')
          ? `${found}<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1:9/key"/></ds:KeyInfo>`
          : '<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1:9/key"/></ds:KeyInfo>',
      ),
  }),
  'assertion-by-a-stranger': (_, stranger) => ({ ...CLEAR, keys: stranger, signAssertion: true }),
});

const MARKUP = [
  ...edits('comment', {
    'in-the-principal-name': inPrincipal('<!-- -->'),
    'before-the-scope': (xml) => xml.replace('@akatsuki', '<!---->@akatsuki'),
    'in-a-digest': (xml) => xml.replace('<ds:DigestValue>', '<ds:DigestValue><!--x-->'),
    'before-the-root': (xml) => `<!-- --> ${xml}`,
    'after-the-root': (xml) => `${xml}<!-- -->`,
    'never-ended': (xml) => xml.replace('<samlp:Status>', '<!-- <samlp:Status>'),
  }),
  ...edits('processing-instruction', {
    'in-the-principal-name': inPrincipal('<?x y?>'),
    stylesheet: (xml) => `<?xml-stylesheet href="http://127.0.0.1:9/x"?>${xml}`,
    'second-declaration': (xml) => `<?xml version="1.0"?><?xml version="1.0"?>${xml}`,
    'version-1.1': (xml) => `<?xml version="1.1"?>${xml}`,
    'another-encoding': (xml) => `<?xml version="1.0" encoding="UTF-16"?>${xml}`,
  }),
  ...edits('cdata', {
    'in-the-principal-name': inPrincipal('<![CDATA[x]]>'),
    'a-whole-assertion': (xml) => xml.replace('<samlp:Status>', `<![CDATA[<saml:Assertion>]]><samlp:Status>`),
    'in-the-signature-value': (xml) => xml.replace(/(<ds:SignatureValue>)([^<]*)/, '$1<![CDATA[$2]]>'),
  }),
  ...edits('doctype', {
    empty: (xml) => `<!DOCTYPE x>${xml}`,
    'lower-case': (xml) => `<!doctype x>${xml}`,
    external: (xml) => `<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">${xml}`,
    file: (xml) => `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${xml.replace('a0123456', '&f;')}`,
    'parameter-entity': (xml) => `<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;]>${xml}`,
    'billion-laughs': (xml) =>
      `<!DOCTYPE x [<!ENTITY a "ha">${[...'bcdefghij'].map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`).join('')}]>${xml.replace('a0123456', '&j;')}`,
    'default-attribute': (xml) => `<!DOCTYPE x [<!ATTLIST saml:Assertion ID CDATA "_x">]>${xml}`,
    'id-attribute': (xml) => `<!DOCTYPE x [<!ATTLIST samlp:Response Foo ID #IMPLIED>]>${xml}`,
  }),
  ...edits('entity', {
    undeclared: (xml) => xml.replace('a0123456', '&who;'),
    'html-name': (xml) => xml.replace('a0123456', '&nbsp;a0123456'),
    nul: (xml) => xml.replace('a0123456', '&#0;a0123456'),
    'too-large': (xml) => xml.replace('a0123456', '&#x110000;'),
    'never-ended': (xml) => xml.replace('a0123456', '&#65a0123456'),
  }),
];

const ALGORITHMS = [
  ...family('algorithm', {
    'rsa-sha1': () => ({ ...CLEAR, signatureAlgorithm: `${DSIG}rsa-sha1` }),
    'sha1-digest': () => ({ ...CLEAR, digestAlgorithm: `${DSIG}sha1` }),
  }),
  ...edits('algorithm', {
    'hmac-with-the-public-key': (xml) => xml.replace(`${MORE}rsa-sha256`, `${DSIG}hmac-sha1`),
    'hmac-sha256': (xml) => xml.replace(`${MORE}rsa-sha256`, `${MORE}hmac-sha256`),
    'hmac-of-one-bit': (xml) =>
      xml.replace(
        /<ds:SignatureMethod[^>]*\/>/,
        `<ds:SignatureMethod Algorithm="${DSIG}hmac-sha1"><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>`,
      ),
    none: (xml) => xml.replace(`${MORE}rsa-sha256`, 'none'),
    'without-a-method': (xml) => xml.replace(/<ds:SignatureMethod[^>]*\/>/, ''),
    md5: (xml) => xml.replace(`${MORE}rsa-sha256`, `${MORE}rsa-md5`),
    'xslt-transform': (xml) =>
      xml.replace(
        /<ds:Transform Algorithm="[^"]*exc-c14n#"\/>/,
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>',
      ),
    'xpath-transform': (xml) =>
      xml.replace(
        '</ds:Transforms>',
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>1=1</ds:XPath></ds:Transform></ds:Transforms>',
      ),
    'enveloped-twice': (xml) =>
      xml.replace(/(<ds:Transform Algorithm="[^"]*enveloped-signature"\/>)/, '$1$1'),
    'canonicalisation-with-comments': (xml) => xml.replaceAll('xml-exc-c14n#', 'xml-exc-c14n#WithComments'),
    'no-transforms': (xml) => xml.replace(/<ds:Transforms>[\s\S]*<\/ds:Transforms>/, ''),
    'object-in-the-signature': (xml) =>
      xml.replace('</ds:Signature>', '<ds:Object><x/></ds:Object></ds:Signature>'),
  }),
];

const IDS = [
  ...edits('id', {
    twice: (xml) => xml.replace(/(<saml:Assertion[^>]* ID=")[^"]*/, `$1${/ ID="([^"]*)"/.exec(xml)?.[1]}`),
    'lower-case': (xml) => xml.replace('<saml:Subject>', '<saml:Subject id="_x">'),
    'xml-id': (xml) => xml.replace('<saml:Subject>', '<saml:Subject xml:id="_x">'),
    'foreign-namespace': (xml) => xml.replace('<saml:Subject>', '<saml:Subject xmlns:q="q" q:ID="_x">'),
    quote: (xml) => xml.replace(/ ID="([^"]*)"/, ` ID="$1&quot;or&quot;"`),
    'attribute-twice': (xml) => xml.replace(/ ID="([^"]*)"/, ' ID="$1" ID="_other"'),
  }),
  ...family('id', {
    'same-for-both': () => ({ ...CLEAR, responseId: '_same', assertionId: '_same' }),
    empty: () => ({ ...CLEAR, responseId: '' }),
    'a-path': () => ({ ...CLEAR, assertionId: '../../x' }),
  }),
];

const HOUR = 3_600_000;
const MEANING = [
  ...family('time', {
    'lifetime-of-a-year': ({ issuedAt }) => ({ notOnOrAfter: issuedAt + 365 * 24 * HOUR }),
    'ends-before-it-begins': ({ issuedAt }) => ({ notBefore: issuedAt + 60_000, notOnOrAfter: issuedAt }),
    'with-a-zone': before(/NotOnOrAfter="[^"]*Z"/, 'NotOnOrAfter="2099-01-01T00:00:00+09:00"'),
    'not-a-time': before(/NotBefore="[^"]*"/, 'NotBefore="yesterday"'),
    'month-13': before(/NotBefore="[^"]*"/, 'NotBefore="2026-13-01T00:00:00Z"'),
    'session-over': before(
      '<saml:AuthnStatement',
      '<saml:AuthnStatement SessionNotOnOrAfter="2020-01-01T00:00:00Z"',
    ),
    'confirmation-with-a-beginning': before(
      '<saml:SubjectConfirmationData',
      '<saml:SubjectConfirmationData NotBefore="2020-01-01T00:00:00Z"',
    ),
  }),
  ...family('audience', {
    prefix: (plan) => ({ audience: `${plan.audience}/x` }),
    'without-its-last-letter': (plan) => ({ audience: plan.audience?.slice(0, -1) ?? null }),
    'upper-case': (plan) => ({ audience: plan.audience?.toUpperCase() ?? null }),
    'with-space': (plan) => ({ audience: ` ${plan.audience}` }),
    'a-second-restriction': before(
      '</saml:Conditions>',
      '<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction></saml:Conditions>',
    ),
  }),
  ...family('recipient', {
    'trailing-slash': (plan) => ({ recipient: `${plan.recipient}/` }),
    query: (plan) => ({ recipient: `${plan.recipient}?x` }),
    'another-host': () => ({ recipient: 'https://evil.example/saml/acs' }),
  }),
  ...family('destination', {
    'another-scheme': (plan) => ({ destination: plan.destination?.replace('http:', 'ftp:') ?? null }),
    userinfo: (plan) => ({ destination: plan.destination?.replace('//', '//x@') ?? null }),
    empty: () => ({ destination: '' }),
  }),
  ...family('issuer', {
    'another-provider': () => ({
      responseIssuer: 'https://evil.example',
      assertionIssuer: 'https://evil.example',
    }),
    'with-space': (plan) => ({ assertionIssuer: `${plan.assertionIssuer} ` }),
    'with-a-format': before(
      '<saml:Issuer>',
      '<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">',
    ),
    missing: before(/<saml:Issuer>[^<]*<\/saml:Issuer>/, ''),
  }),
  ...family('status', {
    requester: () => ({ status: { code: 'Requester', inner: 'RequestDenied', message: 'no' } }),
    'script-in-the-message': () => ({
      withAssertion: false,
      status: { code: 'Responder', inner: 'AuthnFailed', message: '<script>alert(1)</script>' },
    }),
    unknown: () => ({ status: { code: 'Nonsense', inner: 'Nonsense', message: '' } }),
  }),
  ...family('identity', {
    'script-as-a-name': (plan) => ({ attributes: withPrincipal(plan, '<script>@other.example') }),
    'no-principal-name': (plan) => ({ attributes: plan.attributes.slice(1) }),
    'two-principal-names': (plan) => ({
      attributes: plan.attributes.map((attribute, index) =>
        index === 0 ? { ...attribute, values: [...attribute.values, 'b@akatsuki.example'] } : attribute,
      ),
    }),
    'scope-of-a-subdomain': (plan) => ({ attributes: withPrincipal(plan, 'a0123456@x.akatsuki.example') }),
    'scope-with-a-dot': (plan) => ({ attributes: withPrincipal(plan, 'a0123456@akatsuki.example.') }),
    prototype: before('<saml:Attribute ', '<saml:Attribute Name="__proto__"/><saml:Attribute '),
    'direction-mark': (plan) => ({ attributes: withPrincipal(plan, 'a0123456\u202e@akatsuki.example') }),
    advice: before('<saml:AuthnStatement', '<saml:Advice/><saml:AuthnStatement'),
    'two-statements': before(/(<saml:AuthnStatement[\s\S]*<\/saml:AuthnStatement>)/, '$1$1'),
    'two-subjects': before(/(<saml:Subject>[\s\S]*<\/saml:Subject>)/, '$1$1'),
    'unknown-to-the-register': (plan) => ({
      attributes: [
        { ...(plan.attributes[0] as never as object), values: ['nobody@akatsuki.example'] } as never,
      ],
    }),
  }),
];

const withPrincipal = (plan: ResponsePlan, principal: string): ResponsePlan['attributes'] =>
  plan.attributes.map((attribute, index) =>
    index === 0 ? { ...attribute, values: [principal] } : attribute,
  );

const ENCRYPTED = [
  ...family('encrypted', {
    'aes-128-cbc': () => ({ encryption: `${XMLENC}aes128-cbc` }),
    'aes-256-cbc': () => ({ encryption: `${XMLENC}aes256-cbc` }),
    tripledes: () => ({ encryption: `${XMLENC}tripledes-cbc` }),
    'for-a-stranger': (_, stranger) => ({ encryptionCertificate: stranger.certificatePem }),
    'not-an-assertion': () => ({ editSignedAssertion: () => '<x/>' }),
    'a-response-inside': () => ({
      editSignedAssertion: (xml) =>
        xml.replace('<saml:Assertion', '<samlp:Response').replace('</saml:Assertion>', '</samlp:Response>'),
    }),
    'doctype-inside': () => ({ editSignedAssertion: (xml) => `<!DOCTYPE x>${xml}` }),
    'comment-inside': () => ({ editSignedAssertion: (xml) => xml.replace('a0123456', 'a0123456<!-- -->') }),
    'two-assertions-inside': () => ({ editSignedAssertion: (xml) => xml + xml }),
    'huge-inside': () => ({ editSignedAssertion: (xml) => xml.replace('a0123456', 'a'.repeat(40_000)) }),
  }),
  ...(
    [
      [
        'ciphertext-changed',
        (xml: string) =>
          xml.replace(
            /(<xenc:CipherValue>)(....)(?=[^<]{400}|[^<]+<\/xenc:CipherValue>\s*<\/xenc:CipherData>\s*<\/xenc:EncryptedData>)/,
            '$1AAAA',
          ),
      ],
      ['key-by-reference', (xml: string) => xml.replace('<KeyInfo', '<KeyInfo Id="_k"')],
      ['unwrapped-rsa-1-5', (xml: string) => xml.replaceAll('rsa-oaep-mgf1p', 'rsa-1_5')],
      [
        'cipher-by-reference',
        (xml: string) =>
          xml.replace(
            /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>/,
            '<xenc:CipherReference URI="http://127.0.0.1:9/"/>',
          ),
      ],
      [
        'clear-beside-encrypted',
        (xml: string) => xml.replace('<saml:EncryptedAssertion', '<saml:Assertion/><saml:EncryptedAssertion'),
      ],
    ] as const
  ).map(
    ([name, editSignedResponse]): HostileCase => ({
      family: 'encrypted',
      name,
      change: () => ({ signResponse: false, signAssertion: true, editSignedResponse }),
    }),
  ),
];

const LARGE = 'x'.repeat(1000);
const SIZES = [
  ...edits('size', {
    'just-over': (xml) => xml.replace('<samlp:Status>', `${' '.repeat(66_000)}<samlp:Status>`),
    'just-under': (xml) => xml.replace('<samlp:Status>', `${' '.repeat(40_000)}<samlp:Status>`),
    deep: (xml) => xml.replace('<samlp:Status>', `${'<a>'.repeat(4000)}${'</a>'.repeat(4000)}<samlp:Status>`),
    'as-deep-as-allowed': (xml) =>
      xml.replace('<samlp:Status>', `${'<a>'.repeat(40)}${'</a>'.repeat(40)}<samlp:Status>`),
    wide: (xml) => xml.replace('<samlp:Status>', `${'<a/>'.repeat(9000)}<samlp:Status>`),
    'as-wide-as-allowed': (xml) => xml.replace('<samlp:Status>', `${'<a/>'.repeat(700)}<samlp:Status>`),
    'many-attributes': (xml) =>
      xml.replace(
        '<samlp:Status>',
        `<a ${Array.from({ length: 3000 }, (_, at) => `b${at}="1"`).join(' ')}/><samlp:Status>`,
      ),
    'many-namespaces': (xml) =>
      xml.replace(
        '<samlp:Status>',
        `${'<a '.concat(Array.from({ length: 20 }, (_, at) => `xmlns:n${at}="n"`).join(' '), '/>').repeat(100)}<samlp:Status>`,
      ),
    'nested-namespaces': (xml) =>
      xml.replace('<samlp:Status>', `${'<a xmlns="n">'.repeat(40)}${'</a>'.repeat(40)}<samlp:Status>`),
    'long-attribute': (xml) => xml.replace('<samlp:Status>', `<samlp:Status x="${LARGE.repeat(40)}">`),
    'long-name': (xml) => xml.replace('<samlp:Status>', `<a${LARGE.repeat(40)}/><samlp:Status>`),
    'many-values': (xml) =>
      xml.replace(
        '</saml:AttributeStatement>',
        `${'<saml:Attribute Name="x"><saml:AttributeValue>1</saml:AttributeValue></saml:Attribute>'.repeat(300)}</saml:AttributeStatement>`,
      ),
    'many-inclusive-prefixes': (xml) =>
      xml.replace(
        /<ds:Transform Algorithm="[^"]*exc-c14n#"\/>/,
        `<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="${'a '.repeat(15_000)}"/></ds:Transform>`,
      ),
    quotes: (xml) => xml.replace('<samlp:Status>', `<a b="${"'".repeat(30_000)}"/><samlp:Status>`),
    ampersands: (xml) => xml.replace('a0123456', '&amp;'.repeat(10_000)),
    'open-angles': (xml) => `${'<'.repeat(40_000)}${xml.slice(0, 100)}`,
  }),
  ...family('size', {
    'signed-wide': () => ({
      ...CLEAR,
      editAssertion: (xml) =>
        xml
          .replace(
            '</saml:AttributeStatement>',
            `${Array.from({ length: 300 }, (_, at) => `<saml:Attribute Name="n${at}"><saml:AttributeValue/></saml:Attribute>`).join('')}</saml:AttributeStatement>`,
          )
          .replaceAll('akatsuki.example', 'other.example'),
    }),
    'signed-deep': () => ({
      ...CLEAR,
      editAssertion: (xml) =>
        xml.replace('<saml:AttributeValue>', `<saml:AttributeValue>${'<a>'.repeat(38)}${'</a>'.repeat(38)}`),
    }),
  }),
];

const FIELDS = fields('field', {
  empty: () => '',
  'not-base64': (xml) => xml,
  base64url: (xml) => `${base64(xml).replaceAll('+', '-').replaceAll('/', '_').replaceAll('A', '_')}`,
  'cut-short': (xml) => base64(xml).slice(0, 1200),
  deflated: () => 'eJxTSM7PLUpMzs9TSM4vzStRSMxLUSjJSFVIzkjMy05NAQ==',
  'utf-16': (xml) => base64(Buffer.from(xml, 'utf16le')),
  'latin-1': (xml) => base64(Buffer.from(xml.replace('a0123456', 'aé'), 'latin1')),
  'byte-order-mark-twice': (xml) => base64(`\ufeff\ufeff${xml}`),
  'overlong-utf-8': (xml) => base64(Buffer.concat([Buffer.from([0xc0, 0xbc]), Buffer.from(xml)])),
  nul: (xml) => base64(`${xml}\0`),
  'two-documents': (xml) => base64(xml + xml),
  html: () => base64('<html><body>Sign in</body></html>'),
  json: () => base64('{"SAMLResponse":true}'),
  'a-request': () => base64('<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>'),
  'a-logout': () => base64('<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>'),
  'a-bare-assertion': (xml) => base64(/<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? '<a/>'),
  'saml-1': () => base64('<Response xmlns="urn:oasis:names:tc:SAML:1.0:protocol"/>'),
  unclosed: (xml) => base64(xml.slice(0, -20)),
  random: () => base64(Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256))),
});

/** The development provider's own misbehaviours belong here too. */
const MISBEHAVING: HostileCase[] = MISBEHAVIOURS.map(({ name, change }) => ({
  family: 'misbehaviour',
  name,
  change,
}));

/** Every case of every family; none may gain a session. */
export const HOSTILE_CASES: readonly HostileCase[] = [
  ...UNSIGNED,
  ...KEYS,
  ...WRAPPINGS,
  ...MARKUP,
  ...ALGORITHMS,
  ...IDS,
  ...MEANING,
  ...ENCRYPTED,
  ...SIZES,
  ...FIELDS,
  ...MISBEHAVING,
];
