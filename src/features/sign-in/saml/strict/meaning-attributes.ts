import { attributeOf, childrenOf, elementsOf, NAMESPACE, onlyChild } from './elements.ts';
import { refuse } from './refusal.ts';
import { identifierOf, plainTextOf } from './text.ts';

const { assertion } = NAMESPACE;

/** Attributes whose value ends in @scope: the provider may speak only for its own domains. */
const SCOPED = new Set([
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.6', // eduPersonPrincipalName
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.9', // eduPersonScopedAffiliation
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.13', // eduPersonUniqueId
  'urn:oid:1.3.6.1.4.1.32264.1.1.6', // gakuninScopedPersonalUniqueCode
  'urn:oasis:names:tc:SAML:attribute:subject-id',
  'urn:oasis:names:tc:SAML:attribute:pairwise-id',
]);

/** Attributes that say who somebody is, beside the scoped ones; their text must be clean. */
const TARGETED_ID = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.10';

/** Attribute name → values; a name that comes twice, or a scope that is not the provider's, is refused. */
export const readAttributes = (root: Element, scopes: readonly string[]): Record<string, string[]> => {
  // Without a prototype: attribute names are the provider's.
  const attributes: Record<string, string[]> = Object.create(null);
  const statement = childrenOf(root, assertion, 'AttributeStatement')[0];
  if (statement === undefined) return { ...attributes };
  for (const element of elementsOf(statement)) {
    if (element.namespaceURI !== assertion || element.localName !== 'Attribute') refuse('attributes');
    const name = attributeOf(element, 'Name') ?? refuse('attributes');
    if (name in attributes || name === '__proto__') refuse('attributes');
    attributes[name] = childrenOf(element, assertion, 'AttributeValue').map((value) =>
      readValue(name, value),
    );
    if (SCOPED.has(name)) for (const value of attributes[name]) checkScope(value, scopes);
  }
  return { ...attributes };
};

const readValue = (name: string, value: Element): string => {
  if (elementsOf(value).length > 0) return identifierOf(onlyChild(value, assertion, 'NameID', 'attributes'));
  return SCOPED.has(name) || name === TARGETED_ID ? identifierOf(value) : plainTextOf(value);
};

const checkScope = (value: string, scopes: readonly string[]): void => {
  const [local, scope, ...rest] = value.split('@');
  if (local === '' || scope === undefined || rest.length > 0) return refuse('scope');
  if (!scopes.includes(scope.toLowerCase())) refuse('scope');
};
