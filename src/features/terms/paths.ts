/** The page that asks for consent, and where it leads once that is given. */
export const termsPath = (returnTo?: string): string =>
  returnTo === undefined ? '/terms' : `/terms?${new URLSearchParams({ return: returnTo })}`;
