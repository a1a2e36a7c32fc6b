import type { SamlAssertion } from './strict/input.ts';

/** Attribute names as GakuNin and eduPerson register them. */
export const ATTRIBUTE = {
  principalName: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6',
  targetedId: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.10',
  scopedAffiliation: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.9',
  pairwiseId: 'urn:oasis:names:tc:SAML:attribute:pairwise-id',
  personalUniqueCode: 'urn:oid:1.3.6.1.4.1.32264.1.1.6',
  displayNameJa: 'urn:oid:1.3.6.1.4.1.32264.1.1.3',
  displayName: 'urn:oid:2.16.840.1.113730.3.1.241',
} as const;

/** Who signed in, in the service's words. */
export type CampusIdentity = {
  readonly identityProvider: string;
  /** eduPersonPrincipalName; with `identityProvider` the key of the account. Null: the campus did not release it. */
  readonly principalName: string | null;
  /** Kept beside the key: a changed value means that the name was given to somebody else. */
  readonly targetedId: string | null;
  readonly studentNumbers: readonly string[];
  readonly affiliations: readonly string[];
  readonly displayNameJa: string | null;
  readonly displayNameEn: string | null;
};

/**
 * Reads the identity out of a verified assertion. `studentNumberAttribute` names an attribute whose values are bare
 * student numbers, for a campus that does not release gakuninScopedPersonalUniqueCode.
 */
export const identityOf = (assertion: SamlAssertion, studentNumberAttribute?: string): CampusIdentity => {
  const values = (name: string): readonly string[] => assertion.attributes[name] ?? [];
  const only = (name: string): string | null => {
    const [first, ...more] = values(name);
    return first !== undefined && first !== '' && more.length === 0 ? first : null;
  };
  const mapped = studentNumberAttribute === undefined ? [] : values(studentNumberAttribute);
  const coded = values(ATTRIBUTE.personalUniqueCode).flatMap(studentNumberOf);
  return {
    identityProvider: assertion.issuer,
    principalName: only(ATTRIBUTE.principalName),
    targetedId: only(ATTRIBUTE.targetedId) ?? marked(only(ATTRIBUTE.pairwiseId)),
    studentNumbers: [...new Set([...coded, ...mapped.filter((number) => number !== '')])],
    affiliations: values(ATTRIBUTE.scopedAffiliation),
    displayNameJa: only(ATTRIBUTE.displayNameJa),
    displayNameEn: only(ATTRIBUTE.displayName),
  };
};

/** Kept apart from an eduPersonTargetedID, whose value for the same person is another. */
const marked = (pairwiseId: string | null): string | null =>
  pairwiseId === null ? null : `pairwise-id:${pairwiseId}`;

/** `student:NUMBER@scope` → the number; other roles (`faculty:…`, `faculty;staff:…`) have none. */
const studentNumberOf = (code: string): string[] => {
  const match = /^([a-z;]+):([^:@]+)@[^@]+$/i.exec(code);
  const roles = (match?.[1] ?? '').toLowerCase().split(';');
  return match?.[2] !== undefined && roles.includes('student') ? [match[2]] : [];
};
