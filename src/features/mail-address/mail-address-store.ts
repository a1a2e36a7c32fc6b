import type { Database } from '#platform/database/database.ts';

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
      };

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
  now: Temporal.Instant,
): Promise<void> => {
  await tx
    .updateTable('mail_address_request')
    .set({ voided_at: now })
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('voided_at', 'is', null)
    .execute();
};

export const insertRequest = async (
  tx: Database,
  request: Omit<AddressRequest, 'usedAt' | 'voidedAt'> & {
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

export const requestByToken = async (db: Database, tokenHash: Buffer): Promise<AddressRequest | null> =>
  read(
    await db
      .selectFrom('mail_address_request')
      .select(COLUMNS)
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst(),
  );

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
              either.or([
                either('mail_address_request.purpose', '=', 'register'),
                either('session.ended_at', 'is', null),
              ]),
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
    .set({ mail_address: address, mail_verified_at: now })
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
    .set({ code_tries: tries, voided_at: voidedAt })
    .where('id', '=', requestId)
    .execute();
};

export const insertUndo = async (
  tx: Database,
  undo: {
    requestId: string;
    accountId: string;
    oldAddress: string;
    newAddress: string;
    tokenHash: Buffer;
    expiresAt: Temporal.Instant;
  },
): Promise<void> => {
  await tx
    .insertInto('mail_address_undo')
    .values({
      request_id: undo.requestId,
      account_id: undo.accountId,
      old_address: undo.oldAddress,
      new_address: undo.newAddress,
      token_hash: undo.tokenHash,
      expires_at: undo.expiresAt,
    })
    .execute();
};

/** Uses an undo link up, once, within its time; null when it is unknown, used or lapsed. */
export const useUndo = (
  tx: Database,
  tokenHash: Buffer,
  now: Temporal.Instant,
): Promise<{ account_id: string; old_address: string } | undefined> =>
  tx
    .updateTable('mail_address_undo')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['account_id', 'old_address'])
    .executeTakeFirst();

export const undoByToken = (
  db: Database,
  tokenHash: Buffer,
): Promise<
  { old_address: string; expires_at: Temporal.Instant; used_at: Temporal.Instant | null } | undefined
> =>
  db
    .selectFrom('mail_address_undo')
    .select(['old_address', 'expires_at', 'used_at'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();

/** True while a change may still be undone: what is delivered meanwhile is marked in the audit log. */
export const hasOpenUndo = async (
  db: Database,
  accountId: string,
  now: Temporal.Instant,
): Promise<boolean> => {
  const row = await db
    .selectFrom('mail_address_undo')
    .select('id')
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};
