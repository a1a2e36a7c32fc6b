import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { AkashiError } from '#domain/error.ts';

/** Revocation lists, DER, that may speak of a certificate, DER; empty when none is to be had. */
export type RevocationLists = (certificate: Uint8Array) => Promise<readonly Uint8Array[]>;

const TIMEOUT_MILLISECONDS = 15_000;
const LARGEST_LIST = 10 * 1024 * 1024;

const addressesOf = (certificate: x509.X509Certificate): string[] => {
  const extension = certificate.getExtension(x509.CRLDistributionPointsExtension);
  const names =
    extension?.distributionPoints.flatMap((point) => point.distributionPoint?.fullName ?? []) ?? [];
  return names.flatMap(({ uniformResourceIdentifier: url }) => (url && /^https?:/.test(url) ? [url] : []));
};

const download = async (url: string): Promise<Uint8Array> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.ok && bytes.length <= LARGEST_LIST) return bytes;
  } catch {
    // said below, with the same words for every cause
  }
  throw new AkashiError('unavailable', { revocationList: url });
};

/**
 * Lists from the addresses that certificates name (RFC 5280 §4.2.1.13), and `given` ones for chains that publish
 * nowhere. Only lists of the certificate's issuer are answered. Throws `unavailable` when a named address fails.
 */
export const createRevocationLists =
  (given: () => Promise<readonly Uint8Array[]>): RevocationLists =>
  async (der) => {
    const certificate = new x509.X509Certificate(new Uint8Array(der));
    const named = await Promise.all(addressesOf(certificate).map(download));
    return [...named, ...(await given())].filter(
      (list) => new x509.X509Crl(new Uint8Array(list)).issuer === certificate.issuer,
    );
  };
