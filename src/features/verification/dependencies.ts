import type { CertificateType } from '#domain/certificate/certificate-type.ts';
import type { SealKey } from '#domain/seal/judge-seal.ts';
import type { AppContext } from '#features/http.tsx';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Assets } from '#platform/web/assets.ts';

/** The public keys that the page judges with. */
export type PublishedKeys = {
  /** Every seal key that ever signed or soon will, oldest first: old certificates keep verifying. */
  readonly sealKeys: readonly SealKey[];
  /** Verifier keys that sign for the transparency log now, and its witness's. */
  readonly logKeys: { readonly log: readonly string[]; readonly witness: string | null };
  /**
   * Certificates in base64 DER: who vouches for whoever signs our files, and who may date them. An authority vouches for
   * others than us, so every key that ever signed a file is named too: SHA-256 of its SPKI, base64.
   */
  readonly pdfRoots: {
    readonly signers: readonly string[];
    readonly signerKeys: readonly string[];
    readonly timestamps: readonly string[];
  };
};

export type VerificationDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly assets: Assets;
  /** The host, and port, that the sheets name. */
  readonly host: string;
  readonly certificateTypes: readonly CertificateType[];
  /** As they are at the moment of asking. */
  readonly publishedKeys: () => Promise<PublishedKeys>;
  /** False when this reader's network has typed too many codes, or fetched too many buckets, lately. */
  readonly allowTyped: (c: AppContext) => boolean;
  readonly allowRecords: (c: AppContext) => boolean;
};
