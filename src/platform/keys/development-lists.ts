import 'reflect-metadata';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import type { DevelopmentAuthority } from './development-chain.ts';
import { keptBytes, readOrNull } from './kept-bytes.ts';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const FILE = 'document.authorities.json';
const CRL_NUMBER = '2.5.29.20';
const WEEK = 7 * 86_400_000;

/** A certificate withdrawn by its authority. `serialNumber` in hexadecimal, as in the certificate. */
export type RevokedCertificate = { readonly serialNumber: string; readonly since: Temporal.Instant };

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64'));

/** Keeps the authorities of a development chain beside it, once. */
export const keepAuthorities = async (
  folder: string,
  authorities: readonly DevelopmentAuthority[],
): Promise<void> => {
  const text = JSON.stringify(
    authorities.map(({ certificate, privateKey }) => [base64(certificate), base64(privateKey)]),
  );
  await keptBytes(folder, FILE, () => new TextEncoder().encode(text));
};

/** The authorities kept in `folder`, the one that issues signers first; none where the chain is not of our making. */
export const readAuthorities = async (folder: string): Promise<DevelopmentAuthority[]> => {
  const kept = await readOrNull(join(folder, FILE));
  if (kept === null) return [];
  const pairs = JSON.parse(new TextDecoder().decode(kept)) as [string, string][];
  return pairs.map(([certificate, privateKey]) => ({
    certificate: bytesOf(certificate),
    privateKey: bytesOf(privateKey),
  }));
};

/** RFC 5280 §5.2.3: an INTEGER that grows, as the milliseconds of the list's own instant do. */
const crlNumber = (now: Temporal.Instant): Uint8Array<ArrayBuffer> => {
  const digits = Buffer.alloc(6);
  digits.writeUIntBE(now.epochMilliseconds, 0, 6);
  return new Uint8Array([2, 6, ...digits]);
};

/**
 * A fresh revocation list of each authority of the development chain in `folder`, DER, good for a week from `now`; none
 * where the chain is not of our making.
 */
export const developmentLists = async (
  folder: string,
  now: Temporal.Instant,
  revoked: readonly RevokedCertificate[] = [],
): Promise<Uint8Array[]> => {
  x509.cryptoProvider.set(crypto);
  const lists = (await readAuthorities(folder)).map(async ({ certificate, privateKey }) => {
    const issuer = new x509.X509Certificate(new Uint8Array(certificate));
    const list = await x509.X509CrlGenerator.create({
      issuer: issuer.subject,
      thisUpdate: new Date(now.epochMilliseconds),
      nextUpdate: new Date(now.epochMilliseconds + WEEK),
      signingKey: await crypto.subtle.importKey('pkcs8', new Uint8Array(privateKey), RSA, false, ['sign']),
      signingAlgorithm: RSA,
      entries: revoked.map(({ serialNumber, since }) => ({
        serialNumber,
        revocationDate: new Date(since.epochMilliseconds),
        reason: x509.X509CrlReason.keyCompromise, // without one the entry's extensions would be an empty sequence
      })),
      extensions: [
        new x509.Extension(CRL_NUMBER, false, crlNumber(now)),
        await x509.AuthorityKeyIdentifierExtension.create(await issuer.publicKey.export()),
      ],
    });
    return new Uint8Array(list.rawData);
  });
  return Promise.all(lists);
};
