import type { CertificateLanguage } from '../certificate/snapshot.ts';
import type { DestinationKind } from '../destination/destination.ts';
import { DESTINATION_KINDS } from '../destination/destination.ts';

/** An order in the making, as typed: nothing in it has been checked yet. */
export type Draft = {
  readonly destination: DestinationKind | null;
  /** What was typed into each field of copies, by `copiesField`; those of other destinations are kept. */
  readonly copies: Readonly<Record<string, string>>;
  /** Whatever else was typed, by the name of its field: the recipient's reference, delivery details, purpose. */
  readonly typed: Readonly<Record<string, string>>;
  /** Goes with the confirmation form; changes with every change of the draft. */
  readonly key: string;
};

/** How much of one field is kept, in UTF-16 units; far beyond what any field accepts. */
const LONGEST_FIELD = 200;
const MOST_FIELDS = 500;

/** The name of the field for the copies of one certificate. */
export const copiesField = (
  enrolmentId: string,
  certificateType: string,
  language: CertificateLanguage,
): string => `copies.${enrolmentId}.${certificateType}.${language}`;

/** What a field of copies asks for; null for any other name. */
export const readCopiesField = (
  name: string,
): { enrolmentId: string; certificateType: string; language: CertificateLanguage } | null => {
  const [, enrolmentId, certificateType, language] =
    /^copies\.([\w-]{1,64})\.([a-z0-9-]{1,64})\.(ja|en)$/.exec(name) ?? [];
  if (enrolmentId === undefined || certificateType === undefined) return null;
  return { enrolmentId, certificateType, language: language === 'en' ? 'en' : 'ja' };
};

const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((value ?? {}) as Record<string, unknown>)
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .slice(0, MOST_FIELDS)
      .map(([name, text]) => [name.slice(0, LONGEST_FIELD), text.slice(0, LONGEST_FIELD)]),
  );

/** The draft in stored JSON; parts that are not understood are left out. */
export const readDraftContent = (content: unknown): Draft => {
  const stored = (content ?? {}) as Record<string, unknown>;
  return {
    destination: DESTINATION_KINDS.find((kind) => kind === stored['destination']) ?? null,
    copies: textsOf(stored['copies']),
    typed: textsOf(stored['typed']),
    key: typeof stored['key'] === 'string' ? stored['key'] : '',
  };
};

/** The draft after a form was posted: fields of copies go to `copies`, all others to `typed`; nothing else is lost. */
export const mergeFields = (draft: Draft, fields: Iterable<readonly [string, string]>): Draft => {
  const copies: Record<string, string> = { ...draft.copies };
  const typed: Record<string, string> = { ...draft.typed };
  for (const [name, text] of fields) {
    if (readCopiesField(name) !== null) copies[name] = text.slice(0, 8);
    else typed[name] = text;
  }
  return { ...draft, copies: textsOf(copies), typed: textsOf(typed) };
};

/** Typed copies as a number: full-width digits are digits, nothing is 0; null for what is not 0…`most`. */
export const parseCopies = (typed: string, most: number): number | null => {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return 0;
  if (!/^\d{1,3}$/.test(text)) return null;
  const copies = Number(text);
  return copies <= most ? copies : null;
};

/** The copies after one press of a stepper's button, within 0…`most`; what is no number counts as 0. */
export const stepCopies = (typed: string, by: 1 | -1, most: number): string =>
  String(Math.min(most, Math.max(0, (parseCopies(typed, 999) ?? 0) + by)));
