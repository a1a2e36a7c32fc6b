import type { CertificateLanguage } from '../certificate/snapshot.ts';
import type { DestinationKind } from '../destination/destination.ts';
import { DESTINATION_KINDS } from '../destination/destination.ts';

/** An order in the making, as typed: nothing in it has been checked yet. */
export type Draft = {
  readonly destination: DestinationKind | null;
  /** What was typed into each field of copies, by `copiesField`. */
  readonly copies: Readonly<Record<string, string>>;
  /** Goes with the confirmation form; changes with every change of the draft. */
  readonly key: string;
};

/** The name of the field for the copies of one certificate. */
export const copiesField = (
  enrolmentId: string,
  certificateType: string,
  language: CertificateLanguage,
): string => `copies.${enrolmentId}.${certificateType}.${language}`;

/** The draft in stored JSON; parts that are not understood are left out. */
export const readDraftContent = (content: unknown): Draft => {
  const stored = (content ?? {}) as Record<string, unknown>;
  const copies = Object.entries((stored['copies'] ?? {}) as Record<string, unknown>).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    destination: DESTINATION_KINDS.find((kind) => kind === stored['destination']) ?? null,
    copies: Object.fromEntries(copies),
    key: typeof stored['key'] === 'string' ? stored['key'] : '',
  };
};

/** Typed copies as a number: full-width digits are digits, nothing is 0; null for what is not 0…`most`. */
export const parseCopies = (typed: string, most: number): number | null => {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return 0;
  if (!/^\d{1,3}$/.test(text)) return null;
  const copies = Number(text);
  return copies <= most ? copies : null;
};
