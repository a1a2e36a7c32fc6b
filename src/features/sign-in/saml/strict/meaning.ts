import type { Verified } from './crypto.ts';
import { attributeOf, childrenOf, elementsOf, NAMESPACE, onlyChild } from './elements.ts';
import type { SamlAssertion, SamlInput } from './input.ts';
import { readAttributes } from './meaning-attributes.ts';
import { refuse } from './refusal.ts';
import { identifierOf, timeOf } from './text.ts';

const { protocol, assertion } = NAMESPACE;
const STATUS = 'urn:oasis:names:tc:SAML:2.0:status:';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/** Clocks may differ by this much (SimpleSAMLphp and Shibboleth use 180 s too). Milliseconds. */
const SKEW = 180_000;
/** How old an answer may be when it arrives; the browser carries it over at once. */
const OLDEST = 600_000;
/** The longest validity that is believed; Shibboleth gives five minutes. */
const LONGEST_LIFE = 3_600_000;

/** What the verified trees mean for this sign-in (SAML Profiles §4.1.4.3), or a refusal. */
export const readMeaning = (verified: Verified, input: SamlInput): SamlAssertion => {
  checkResponse(verified.response, input);
  const root = verified.assertion ?? refuse('response-shape');
  checkOrigin(root, input);
  const confirmedUntil = checkSubject(root, input);
  const validUntil = checkConditions(root, input);
  const authentication = readAuthentication(root, input);
  const nameId = readNameId(root);
  const attributes = readAttributes(root, input.identityProvider.scopes);
  if (nameId === null && Object.keys(attributes).length === 0) refuse('no-identifier');
  return {
    assertionId: attributeOf(root, 'ID') ?? refuse('id-attribute'),
    issuer: input.identityProvider.entityId,
    notOnOrAfter: Math.max(confirmedUntil, validUntil) + SKEW,
    nameId,
    attributes,
    ...authentication,
  };
};

/** Version, Issuer and IssueInstant, which response and assertion carry alike. */
const checkOrigin = (root: Element, input: SamlInput): void => {
  if (attributeOf(root, 'Version') !== '2.0') refuse('version');
  const issuer = onlyChild(root, assertion, 'Issuer', 'issuer');
  const format = attributeOf(issuer, 'Format');
  if (format !== null && format !== 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity') refuse('issuer');
  if (identifierOf(issuer) !== input.identityProvider.entityId) refuse('issuer');
  const issued = timeOf(attributeOf(root, 'IssueInstant'));
  if (issued > input.now + SKEW || issued < input.now - OLDEST - SKEW) refuse('issue-instant');
};

const checkResponse = (response: Element, input: SamlInput): void => {
  checkOrigin(response, input);
  if (attributeOf(response, 'Destination') !== input.serviceProvider.acsUrl) refuse('destination');
  if (attributeOf(response, 'InResponseTo') !== input.transaction.requestId) refuse('in-response-to');
  const status = onlyChild(response, protocol, 'Status', 'response-shape');
  const code = onlyChild(status, protocol, 'StatusCode', 'response-shape');
  if (attributeOf(code, 'Value') === `${STATUS}Success`) return;
  const inner = childrenOf(code, protocol, 'StatusCode')[0];
  const noContext = inner !== undefined && attributeOf(inner, 'Value') === `${STATUS}NoAuthnContext`;
  refuse(noContext ? 'status-authn-context' : 'status-cancelled-or-failed');
};

/** Exactly one bearer confirmation for this place and this request; answers its end in epoch milliseconds. */
const checkSubject = (root: Element, input: SamlInput): number => {
  const subject = onlyChild(root, assertion, 'Subject', 'subject-confirmation');
  const confirmation = onlyChild(subject, assertion, 'SubjectConfirmation', 'subject-confirmation');
  if (attributeOf(confirmation, 'Method') !== BEARER) refuse('subject-confirmation');
  const data = onlyChild(confirmation, assertion, 'SubjectConfirmationData', 'subject-confirmation');
  if (attributeOf(data, 'Recipient') !== input.serviceProvider.acsUrl) refuse('recipient');
  if (attributeOf(data, 'InResponseTo') !== input.transaction.requestId) refuse('in-response-to');
  if (attributeOf(data, 'NotBefore') !== null) refuse('subject-confirmation');
  const until = timeOf(attributeOf(data, 'NotOnOrAfter'));
  if (input.now - SKEW >= until) refuse('expired');
  if (until - input.now > LONGEST_LIFE + SKEW) refuse('lifetime');
  return until;
};

const CONDITIONS = new Set(['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']);

/** Both times, our audience, and no condition we do not know (SAML Core §2.5.1.1: then it is invalid). */
const checkConditions = (root: Element, input: SamlInput): number => {
  const conditions = onlyChild(root, assertion, 'Conditions', 'conditions');
  const from = timeOf(attributeOf(conditions, 'NotBefore'));
  const until = timeOf(attributeOf(conditions, 'NotOnOrAfter'));
  if (input.now + SKEW < from) refuse('not-yet-valid');
  if (input.now - SKEW >= until) refuse('expired');
  if (until <= from || until - from > LONGEST_LIFE) refuse('lifetime');
  for (const condition of elementsOf(conditions)) {
    if (condition.namespaceURI !== assertion || !CONDITIONS.has(condition.localName)) refuse('conditions');
  }
  const restrictions = childrenOf(conditions, assertion, 'AudienceRestriction');
  const namesUs = (restriction: Element): boolean =>
    childrenOf(restriction, assertion, 'Audience').some(
      (audience) => identifierOf(audience) === input.serviceProvider.entityId,
    );
  if (restrictions.length === 0 || !restrictions.every(namesUs)) refuse('audience');
  return until;
};

type Authentication = Pick<SamlAssertion, 'authnContext' | 'authnInstant' | 'sessionIndex'>;

const readAuthentication = (root: Element, input: SamlInput): Authentication => {
  const statement = onlyChild(root, assertion, 'AuthnStatement', 'authn-statement');
  const authnInstant = timeOf(attributeOf(statement, 'AuthnInstant'));
  const { forceAuthn, issuedAt, authnContexts } = input.transaction;
  if (authnInstant > input.now + SKEW) refuse('authn-statement');
  if (forceAuthn && authnInstant < issuedAt - SKEW) refuse('not-fresh');
  const sessionEnd = attributeOf(statement, 'SessionNotOnOrAfter');
  if (sessionEnd !== null && timeOf(sessionEnd) <= input.now - SKEW) refuse('session-over');
  const context = onlyChild(statement, assertion, 'AuthnContext', 'authn-statement');
  const authnContext = identifierOf(onlyChild(context, assertion, 'AuthnContextClassRef', 'authn-statement'));
  if (authnContexts.length > 0 && !authnContexts.includes(authnContext)) refuse('authn-context');
  return { authnContext, authnInstant, sessionIndex: attributeOf(statement, 'SessionIndex') };
};

const readNameId = (root: Element): string | null => {
  const subject = onlyChild(root, assertion, 'Subject', 'subject-confirmation');
  const names = childrenOf(subject, assertion, 'NameID');
  if (names.length > 1) refuse('subject-confirmation');
  return names[0] === undefined ? null : identifierOf(names[0]);
};
