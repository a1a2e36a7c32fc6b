/** A second factor: REFEDS MFA, or the GakuNin profile of NIST AAL2. Either satisfies us. */
export const STRONG_CONTEXTS: readonly string[] = [
  'https://refeds.org/profile/mfa',
  'https://www.gakunin.jp/profile/AAL2',
];

/** Whether an authentication of that context used a second factor. */
export const isStrong = (authnContext: string): boolean => STRONG_CONTEXTS.includes(authnContext);
