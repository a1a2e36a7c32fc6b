type SignInOptions = {
  /** Authenticate anew at the campus (ForceAuthn), whatever session there is. */
  readonly fresh?: boolean;
  /** With a second factor. */
  readonly strong?: boolean;
  readonly provider?: string;
  /** A path of this site to go on to. */
  readonly returnTo?: string;
};

/**
 * Where a link or redirect sends somebody to sign in. Features that need a recent sign-in compare
 * `session.signedInAt` and send the browser to `signInPath({ fresh: true, returnTo })`; where a second factor is
 * needed they look at `session.strong` and add `strong: true`. Other features build on this name and these options.
 */
export const signInPath = (options: SignInOptions = {}): string => {
  const query = new URLSearchParams();
  if (options.fresh === true) query.set('fresh', '1');
  if (options.strong === true) query.set('strong', '1');
  if (options.provider !== undefined) query.set('provider', options.provider);
  if (options.returnTo !== undefined) query.set('return', options.returnTo);
  return query.size === 0 ? '/sign-in' : `/sign-in?${query}`;
};
export const signOutPath = (): string => '/sign-out';
export const signedOutPath = (): string => '/signed-out';
export const chooseProviderPath = (returnTo?: string): string =>
  returnTo === undefined
    ? '/sign-in/university'
    : `/sign-in/university?${new URLSearchParams({ return: returnTo })}`;
export const metadataPath = (): string => '/saml/metadata';
export const assertionPath = (): string => '/saml/acs';
export const discoveryPath = (): string => '/saml/discovery';
export const securityPath = (): string => '/login-and-security';
export const endSessionPath = (id: string): string => `/login-and-security/sessions/${id}/end`;
export const endOtherSessionsPath = (): string => '/login-and-security/sessions/end-others';
