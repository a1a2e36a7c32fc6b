import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { Language } from '#platform/i18n/language.ts';
import { isLanguage } from '#platform/i18n/language.ts';

/** A newer request, five wrong codes, the office, an undone change; or the address it replaces or its session gone. */
export type VoidReason = 'newer' | 'tries' | 'staff' | 'undo' | 'lost-binding';

export type AddressRequest = {
  readonly id: string;
  readonly accountId: string;
  readonly purpose: 'register' | 'change';
  readonly address: string;
  readonly replaces: string | null;
  readonly requestedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant | null;
  readonly voidedAt: Temporal.Instant | null;
  readonly voidedBy: VoidReason | null;
};

const COLUMNS = [
  'id',
  'account_id',
  'purpose',
  'address',
  'replaces',
  'requested_at',
  'expires_at',
  'used_at',
  'voided_at',
  'voided_by',
] as const;

type Row = {
  id: string;
  account_id: string;
  purpose: string;
  address: string;
  replaces: string | null;
  requested_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  used_at: Temporal.Instant | null;
  voided_at: Temporal.Instant | null;
  voided_by: string | null;
};

const read = (row: Row | undefined): AddressRequest | null =>
  row === undefined
    ? null
    : {
        id: row.id,
        accountId: row.account_id,
        purpose: row.purpose as AddressRequest['purpose'],
        address: row.address,
        replaces: row.replaces,
        requestedAt: row.requested_at,
        expiresAt: row.expires_at,
        usedAt: row.used_at,
        voidedAt: row.voided_at,
        voidedBy: row.voided_by as VoidReason | null,
      };

const selectAddress = prepare((db, { accountId }: { readonly accountId: string }) =>
  db.selectFrom('account').select('mail_address').where('id', '=', accountId),
);

/** Where an account's mail goes; null until an address is confirmed. */
export const readMailAddress = async (db: Database, accountId: string): Promise<string | null> =>
  (await selectAddress.first(db, { accountId }))?.mail_address ?? null;

/** Locks the account, so that its requests and completions stand in line; returns the address in force. */
export const lockAddress = async (tx: Database, accountId: string): Promise<string | null> => {
  const row = await tx
    .selectFrom('account')
    .select('mail_address')
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.mail_address;
};

export const voidOpenRequests = async (
  tx: Database,
  accountId: string,
  { at, by }: { at: Temporal.Instant; by: VoidReason },
): Promise<AddressRequest | null> =>
  read(
    await tx
      .updateTable('mail_address_request')
      .set({ voided_at: at, voided_by: by })
      .where('account_id', '=', accountId)
      .where('used_at', 'is', null)
      .where('voided_at', 'is', null)
      .returning(COLUMNS)
      .executeTakeFirst(),
  );

export const insertRequest = async (
  tx: Database,
  request: Omit<AddressRequest, 'usedAt' | 'voidedAt' | 'voidedBy'> & {
    sessionId: string;
    tokenHash: Buffer;
    codeHash: Buffer;
  },
): Promise<void> => {
  await tx
    .insertInto('mail_address_request')
    .values({
      id: request.id,
      account_id: request.accountId,
      session_id: request.sessionId,
      purpose: request.purpose,
      address: request.address,
      replaces: request.replaces,
      token_hash: request.tokenHash,
      code_hash: request.codeHash,
      requested_at: request.requestedAt,
      expires_at: request.expiresAt,
    })
    .execute();
};

export const latestRequest = async (db: Database, accountId: string): Promise<AddressRequest | null> =>
  read(
    await db
      .selectFrom('mail_address_request')
      .select(COLUMNS)
      .where('account_id', '=', accountId)
      .orderBy('requested_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );

export const requestById = async (db: Database, id: string): Promise<AddressRequest | null> =>
  read(await db.selectFrom('mail_address_request').select(COLUMNS).where('id', '=', id).executeTakeFirst());

/** The account of a principal name, or null; where several identity providers know it, the last to have signed in. */
export const accountByPrincipal = async (db: Database, principalName: string): Promise<string | null> => {
  const row = await db
    .selectFrom('account')
    .select('id')
    .where('principal_name', '=', principalName)
    .orderBy('last_sign_in_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
};

export const requestByToken = async (db: Database, tokenHash: Buffer): Promise<AddressRequest | null> =>
  read(
    await db
      .selectFrom('mail_address_request')
      .select(COLUMNS)
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst(),
  );

/** Whether somebody is still signed in in the line of the session that asked; a renewed sign-in continues a line. */
const lineLives = sql<boolean>`exists (
  select from session alive where alive.account_id = account.id and alive.ended_at is null
  and coalesce(alive.line_id, alive.id) = coalesce(session.line_id, session.id))`;

/**
 * Uses a request up, once: still open, in time, the address it replaces still in force, and for a change the session
 * that asked not signed out. One statement, so that of any number of clicks one wins.
 */
export const useRequest = async (
  tx: Database,
  requestId: string,
  now: Temporal.Instant,
): Promise<AddressRequest | null> =>
  read(
    await tx
      .updateTable('mail_address_request')
      .set({ used_at: now })
      .where('id', '=', requestId)
      .where('used_at', 'is', null)
      .where('voided_at', 'is', null)
      .where('expires_at', '>', now)
      .where((where) =>
        where.exists(
          where
            .selectFrom('account')
            .innerJoin('session', 'session.account_id', 'account.id')
            .select('account.id')
            .whereRef('account.id', '=', 'mail_address_request.account_id')
            .whereRef('session.id', '=', 'mail_address_request.session_id')
            .where('account.mail_address', 'is not distinct from', where.ref('mail_address_request.replaces'))
            .where((either) =>
              either.or([either('mail_address_request.purpose', '=', 'register'), lineLives]),
            ),
        ),
      )
      .returning(COLUMNS)
      .executeTakeFirst(),
  );

export const setAddress = async (
  tx: Database,
  accountId: string,
  address: string,
  now: Temporal.Instant,
): Promise<void> => {
  await tx
    .updateTable('account')
    .set({ mail_address: address, mail_verified_at: now, mail_bounced_at: null, mail_bounce_status: null })
    .where('id', '=', accountId)
    .execute();
};

/** The account's open request with what its code is checked against; locked until the transaction ends. */
export const lockOpenCode = (
  tx: Database,
  accountId: string,
): Promise<{ id: string; code_hash: Buffer; code_tries: number } | undefined> =>
  tx
    .selectFrom('mail_address_request')
    .select(['id', 'code_hash', 'code_tries'])
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('voided_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();

export const noteWrongCode = async (
  tx: Database,
  requestId: string,
  tries: number,
  voidedAt: Temporal.Instant | null,
): Promise<void> => {
  await tx
    .updateTable('mail_address_request')
    .set({ code_tries: tries, voided_at: voidedAt, voided_by: voidedAt === null ? null : 'tries' })
    .where('id', '=', requestId)
    .execute();
};

/** The language of an account's mails. */
export const languageOf = async (db: Database, accountId: string): Promise<Language> => {
  const row = await db
    .selectFrom('account')
    .select('language')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  return isLanguage(row.language) ? row.language : 'ja';
};
