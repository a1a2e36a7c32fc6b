import type { StatusEntry } from '#domain/seal/judge-seal.ts';

/** The whole list of what is not valid any more, so that no request names the certificate asked about. */
export type StatusList = { readonly asOf: string; readonly entries: readonly StatusEntry[] };

/** Null where there is no network: the signature can be proved all the same. */
export const fetchStatus = async (url: string): Promise<StatusList | null> => {
  try {
    const response = await fetch(url, { credentials: 'omit', cache: 'no-cache' });
    return response.ok ? ((await response.json()) as StatusList) : null;
  } catch {
    return null;
  }
};
