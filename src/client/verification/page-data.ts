import type { SealKey } from '#domain/seal/judge-seal.ts';
import type { VerdictTexts } from '#ui/components/verdict-report.tsx';

/** What the server writes into the page for its script. */
export type VerificationPageData = {
  /** The host, and port, whose codes this page judges. */
  readonly host: string;
  readonly language: string;
  readonly sealKeys: readonly SealKey[];
  readonly titles: Readonly<Record<string, string>>;
  readonly statusUrl: string;
  readonly recordsUrl: string;
  /** How many letters of a serial name its bucket of typed records. */
  readonly recordPrefix: number;
  /** The log's URL prefix, and the keys that sign and cosign it. */
  readonly logUrl: string;
  readonly logKeys: { readonly log: readonly string[]; readonly witness: string | null };
  /** Certificates in base64 DER, and SHA-256 of every key that ever signed a file. */
  readonly pdfRoots: {
    readonly signers: readonly string[];
    readonly signerKeys: readonly string[];
    readonly timestamps: readonly string[];
  };
  readonly workerUrl: string;
  readonly texts: VerdictTexts;
};

export const readPageData = (): VerificationPageData | null => {
  const text = document.querySelector('#verification-data')?.textContent;
  return text ? (JSON.parse(text) as VerificationPageData) : null;
};
