import { AkashiError } from '#domain/error.ts';
import type { Database } from '#platform/database/database.ts';
import type { Language } from '#platform/i18n/language.ts';

export const CORRECTION_MATTERS = [
  'name',
  'romanised-name',
  'birth-date',
  'programme',
  'dates',
  'grades',
  'other',
] as const;
export type CorrectionMatter = (typeof CORRECTION_MATTERS)[number];

export type NewCorrection = {
  readonly requestNumber: string;
  readonly accountId: string;
  readonly personId: string;
  readonly matter: CorrectionMatter;
  readonly details: string;
  readonly language: Language;
  readonly at: Temporal.Instant;
};

export type Correction = NewCorrection & { readonly id: string; readonly answer: string | null };

export const insertCorrection = async (tx: Database, request: NewCorrection): Promise<string> => {
  const row = await tx
    .insertInto('correction_request')
    .values({
      request_number: request.requestNumber,
      account_id: request.accountId,
      person_id: request.personId,
      matter: request.matter,
      details: request.details,
      language: request.language,
      requested_at: request.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
};

const columns = [
  'id',
  'request_number',
  'account_id',
  'person_id',
  'matter',
  'details',
  'language',
  'requested_at',
  'answer',
] as const;

type Row = {
  id: string;
  request_number: string;
  account_id: string;
  person_id: string;
  matter: string;
  details: string;
  language: string;
  requested_at: Temporal.Instant;
  answer: string | null;
};

const fromRow = (row: Row): Correction => ({
  id: row.id,
  requestNumber: row.request_number,
  accountId: row.account_id,
  personId: row.person_id,
  // The check constraints of the table permit these values only.
  matter: row.matter as CorrectionMatter,
  details: row.details,
  language: row.language as Language,
  at: row.requested_at,
  answer: row.answer,
});

/** The requests nobody has answered yet, oldest first; of one account where it is named. */
export const listOpenCorrections = async (db: Database, accountId?: string): Promise<Correction[]> => {
  const open = db.selectFrom('correction_request').select(columns).where('answer', 'is', null);
  const own = accountId === undefined ? open : open.where('account_id', '=', accountId);
  return (await own.orderBy('requested_at').execute()).map(fromRow);
};

/** Locks a request by its number; throws `not-found`. */
export const lockCorrection = async (tx: Database, requestNumber: string): Promise<Correction> => {
  const row = await tx
    .selectFrom('correction_request')
    .select(columns)
    .where('request_number', '=', requestNumber)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new AkashiError('not-found', { what: 'correction request' });
  return fromRow(row);
};

export const saveAnswer = async (
  tx: Database,
  id: string,
  { answer, by, at }: { answer: string; by: string; at: Temporal.Instant },
): Promise<void> => {
  await tx
    .updateTable('correction_request')
    .set({ answer, answered_by: by, answered_at: at })
    .where('id', '=', id)
    .execute();
};

/** Only one request of an account at a time, so that posting twice makes one; held until the transaction ends. */
export const lockAccount = async (tx: Database, accountId: string): Promise<string | null> => {
  const row = await tx
    .selectFrom('account')
    .select('mail_address')
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst();
  return row?.mail_address ?? null;
};
