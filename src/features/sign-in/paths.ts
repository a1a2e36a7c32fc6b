export const signInPath = (options: { fresh?: boolean; returnTo?: string } = {}): string => {
  const query = new URLSearchParams();
  if (options.fresh === true) query.set('fresh', '1');
  if (options.returnTo !== undefined) query.set('return', options.returnTo);
  return query.size === 0 ? '/sign-in' : `/sign-in?${query}`;
};
export const signOutPath = (): string => '/sign-out';
export const metadataPath = (): string => '/saml/metadata';
export const assertionPath = (): string => '/saml/acs';
