import type { Database } from '../database/database.ts';
import { prepare } from '../database/prepare.ts';
import { decodeChain, encodeChain } from './file-keys.ts';
import type { KeyPurpose } from './key-holder.ts';

/** A key as the register has it. Only the public half is there; it is never forgotten. */
export type SigningKey = {
  readonly keyId: string;
  readonly purpose: KeyPurpose;
  /** A file of the key folder, or a URI of RFC 7512. */
  readonly place: string;
  /** SPKI, DER. */
  readonly publicKeySpki: Uint8Array;
  /** Of a document key: DER, signer first and root last; null until they are known, and for every other key. */
  readonly chain: Uint8Array[] | null;
  readonly publishedAt: Temporal.Instant;
  readonly signsFrom: Temporal.Instant | null;
  readonly signsUntil: Temporal.Instant | null;
  readonly retiredAt: Temporal.Instant | null;
};

const COLUMNS = [
  'key_id',
  'purpose',
  'place',
  'public_key',
  'chain',
  'published_at',
  'signs_from',
  'signs_until',
  'retired_at',
] as const;

const selectKeys = (db: Database) =>
  db.selectFrom('signing_key').select(COLUMNS).orderBy('published_at').orderBy('key_id');
type Row = Awaited<ReturnType<ReturnType<typeof selectKeys>['executeTakeFirstOrThrow']>>;

const fromRow = (row: Row): SigningKey => ({
  keyId: row.key_id,
  purpose: row.purpose as KeyPurpose,
  place: row.place,
  publicKeySpki: new Uint8Array(row.public_key),
  chain: row.chain === null ? null : decodeChain(row.chain),
  publishedAt: row.published_at,
  signsFrom: row.signs_from,
  signsUntil: row.signs_until,
  retiredAt: row.retired_at,
});

const selectAll = prepare((db) => selectKeys(db));

/** Every key there is and was, oldest first. */
export const listSigningKeys = async (db: Database): Promise<SigningKey[]> =>
  (await selectAll.all(db, {})).map(fromRow);

/** The keys of one purpose, oldest first, locked until the transaction ends: of two changes the second sees the first. */
export const lockSigningKeys = async (tx: Database, purpose: KeyPurpose): Promise<SigningKey[]> =>
  (await selectKeys(tx).where('purpose', '=', purpose).forUpdate().execute()).map(fromRow);

/** Enters a key; without effect when it is there, or when its purpose has one of its standing already. */
export const insertSigningKey = async (
  db: Database,
  key: Pick<
    SigningKey,
    'keyId' | 'purpose' | 'place' | 'publicKeySpki' | 'chain' | 'publishedAt' | 'signsFrom'
  >,
): Promise<boolean> => {
  const inserted = await db
    .insertInto('signing_key')
    .values({
      key_id: key.keyId,
      purpose: key.purpose,
      place: key.place,
      public_key: Buffer.from(key.publicKeySpki),
      chain: key.chain === null ? null : encodeChain(key.chain),
      published_at: key.publishedAt,
      signs_from: key.signsFrom,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
};

export const changeSigningKey = async (
  tx: Database,
  keyId: string,
  change: Partial<Pick<SigningKey, 'chain' | 'signsFrom' | 'signsUntil' | 'retiredAt'>>,
): Promise<void> => {
  const { chain, signsFrom, signsUntil, retiredAt } = change;
  await tx
    .updateTable('signing_key')
    .set({
      ...(chain === undefined ? {} : { chain: chain === null ? null : encodeChain(chain) }),
      ...(signsFrom === undefined ? {} : { signs_from: signsFrom }),
      ...(signsUntil === undefined ? {} : { signs_until: signsUntil }),
      ...(retiredAt === undefined ? {} : { retired_at: retiredAt }),
    })
    .where('key_id', '=', keyId)
    .execute();
};
