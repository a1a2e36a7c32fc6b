import { DOMParser } from '@xmldom/xmldom';
import type { SamlRefusal } from './refusal.ts';
import { refuse } from './refusal.ts';

export const NAMESPACE = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  scope: 'urn:mace:shibboleth:metadata:1.0',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
} as const;

/** The root of text that has passed the gate. */
export const parse = (gated: string): Element => {
  const problems: string[] = [];
  const note = (message: string): void => {
    problems.push(message);
  };
  const parser = new DOMParser({ errorHandler: { warning: note, error: note, fatalError: note } });
  const root = parseOrNull(parser, gated);
  if (root === null || problems.length > 0) return refuse('not-xml');
  return root;
};

const parseOrNull = (parser: DOMParser, text: string): Element | null => {
  try {
    return parser.parseFromString(text, 'text/xml')?.documentElement ?? null;
  } catch {
    return null;
  }
};

export const elementsOf = (parent: Element): Element[] =>
  Array.from(parent.childNodes).filter((node) => node.nodeType === 1) as Element[];

export const childrenOf = (parent: Element, namespace: string, name: string): Element[] =>
  elementsOf(parent).filter((child) => child.namespaceURI === namespace && child.localName === name);

/** The one child of that name; refuses with `reason` when there is none or a second. */
export const onlyChild = (parent: Element, namespace: string, name: string, reason: SamlRefusal): Element => {
  const children = childrenOf(parent, namespace, name);
  return children.length === 1 && children[0] !== undefined ? children[0] : refuse(reason);
};

export const attributeOf = (element: Element, name: string): string | null =>
  element.hasAttribute(name) ? element.getAttribute(name) : null;

export const walk = (element: Element, visit: (element: Element) => void): void => {
  visit(element);
  for (const child of elementsOf(element)) walk(child, visit);
};
