import { escapeXml } from '#platform/xml/escape.ts';
import type { PlannedAttribute, ResponsePlan } from './response-plan.ts';

const NAMESPACES =
  'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';
const STATUS = 'urn:oasis:names:tc:SAML:2.0:status:';
const TARGETED_ID = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.10';

const instant = (epochMilliseconds: number): string => new Date(epochMilliseconds).toISOString();

/** ` name="value"` for each value that is there. */
const attributes = (values: Record<string, string | number | null>): string =>
  Object.entries(values)
    .map(([name, value]) => {
      if (value === null) return '';
      return ` ${name}="${escapeXml(typeof value === 'number' ? instant(value) : value)}"`;
    })
    .join('');

export const responseXml = (plan: ResponsePlan, assertion: string): string => {
  const head = attributes({
    ID: plan.responseId,
    Version: plan.version,
    IssueInstant: plan.issuedAt,
    Destination: plan.destination,
    InResponseTo: plan.inResponseTo,
  });
  return (
    `<samlp:Response ${NAMESPACES}${head}>` +
    `<saml:Issuer>${escapeXml(plan.responseIssuer)}</saml:Issuer>${statusXml(plan.status)}${assertion}` +
    '</samlp:Response>'
  );
};

const statusXml = (status: ResponsePlan['status']): string => {
  if (status === null) return `<samlp:Status><samlp:StatusCode Value="${STATUS}Success"/></samlp:Status>`;
  const inner = `<samlp:StatusCode Value="${STATUS}${status.inner}"/>`;
  return (
    `<samlp:Status><samlp:StatusCode Value="${STATUS}${status.code}">${inner}</samlp:StatusCode>` +
    `<samlp:StatusMessage>${escapeXml(status.message)}</samlp:StatusMessage></samlp:Status>`
  );
};

export const assertionXml = (plan: ResponsePlan): string => {
  const head = attributes({ ID: plan.assertionId, Version: plan.version, IssueInstant: plan.issuedAt });
  const statement = attributes({ AuthnInstant: plan.authnInstant, SessionIndex: plan.sessionIndex });
  return (
    `<saml:Assertion ${NAMESPACES}${head}><saml:Issuer>${escapeXml(plan.assertionIssuer)}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">${plan.nameId}</saml:NameID>` +
    `${confirmationXml(plan).repeat(plan.confirmations)}</saml:Subject>${conditionsXml(plan)}` +
    `<saml:AuthnStatement${statement}><saml:AuthnContext>` +
    `<saml:AuthnContextClassRef>${escapeXml(plan.authnContext)}</saml:AuthnContextClassRef>` +
    `</saml:AuthnContext></saml:AuthnStatement>${attributeStatement(plan.attributes)}</saml:Assertion>`
  );
};

const confirmationXml = (plan: ResponsePlan): string => {
  const data = attributes({
    InResponseTo: plan.confirmationInResponseTo,
    NotOnOrAfter: plan.confirmationNotOnOrAfter,
    Recipient: plan.recipient,
  });
  return (
    `<saml:SubjectConfirmation Method="${plan.confirmationMethod}"><saml:SubjectConfirmationData${data}/>` +
    '</saml:SubjectConfirmation>'
  );
};

const conditionsXml = (plan: ResponsePlan): string => {
  const times = attributes({ NotBefore: plan.notBefore, NotOnOrAfter: plan.notOnOrAfter });
  const audience =
    plan.audience === null
      ? ''
      : `<saml:AudienceRestriction><saml:Audience>${escapeXml(plan.audience)}</saml:Audience></saml:AudienceRestriction>`;
  return `<saml:Conditions${times}>${audience}</saml:Conditions>`;
};

const attributeStatement = (released: readonly PlannedAttribute[]): string =>
  released.length === 0
    ? ''
    : `<saml:AttributeStatement>${released.map(attributeXml).join('')}</saml:AttributeStatement>`;

const attributeXml = (attribute: PlannedAttribute): string => {
  const head = attributes({
    Name: attribute.name,
    FriendlyName: attribute.friendlyName,
    NameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
  });
  const values = attribute.values.map((value) => {
    const text = escapeXml(value);
    const format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
    const inner =
      attribute.name === TARGETED_ID ? `<saml:NameID Format="${format}">${text}</saml:NameID>` : text;
    return `<saml:AttributeValue>${inner}</saml:AttributeValue>`;
  });
  return `<saml:Attribute${head}>${values.join('')}</saml:Attribute>`;
};
