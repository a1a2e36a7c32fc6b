import type { Database } from '../database/database.ts';
import { decryptBytes, encryptBytes, newEnvelopeKey } from '../keys/envelope.ts';

export type PersonalValues = Readonly<Record<string, string | null>>;

/** The subject's key; null once it was erased, after which nothing personal is kept of them any more. */
const keyOf = async (tx: Database, subject: string, at: Temporal.Instant): Promise<Uint8Array | null> => {
  await tx
    .insertInto('audit_person_key')
    .values({ subject, key: Buffer.from(newEnvelopeKey()), created_at: at })
    .onConflict((conflict) => conflict.column('subject').doNothing())
    .execute();
  const row = await tx
    .selectFrom('audit_person_key')
    .select('key')
    .where('subject', '=', subject)
    // An erasure that runs now must come wholly before or wholly after this event.
    .forShare()
    .executeTakeFirstOrThrow();
  return row.key;
};

/** The values as AES-256-GCM ciphertext under the key of the event's subject; null once that key was erased. */
export const sealPersonal = async (
  tx: Database,
  { subject, at }: { readonly subject: string; readonly at: Temporal.Instant },
  values: PersonalValues,
): Promise<Buffer | null> => {
  const key = await keyOf(tx, subject, at);
  return key === null ? null : Buffer.from(encryptBytes(key, Buffer.from(JSON.stringify(values))));
};

/** Personal values of a subject's events, oldest first; those whose key was erased are gone for good. */
export const readPersonal = async (
  db: Database,
  subject: string,
): Promise<readonly { eventId: bigint; type: string; at: Temporal.Instant; values: PersonalValues }[]> => {
  const rows = await db
    .selectFrom('audit_event')
    .innerJoin('audit_person_key', 'audit_person_key.subject', 'audit_event.subject')
    .select(['audit_event.id', 'type', 'at', 'personal', 'key'])
    .where('audit_event.subject', '=', subject)
    .where('personal', 'is not', null)
    .where('key', 'is not', null)
    .orderBy('audit_event.id')
    .execute();
  return rows.flatMap(({ id, type, at, personal, key }) => {
    if (personal === null || key === null) return [];
    const values = JSON.parse(Buffer.from(decryptBytes(key, personal)).toString()) as PersonalValues;
    return [{ eventId: id, type, at, values }];
  });
};

/** Erases the subject's key and with it every personal value in the trail; true when there was one. */
export const erasePersonal = async (
  tx: Database,
  subject: string,
  at: Temporal.Instant,
): Promise<boolean> => {
  const erased = await tx
    .updateTable('audit_person_key')
    .set({ key: null, erased_at: at })
    .where('subject', '=', subject)
    .where('key', 'is not', null)
    .returning('subject')
    .executeTakeFirst();
  return erased !== undefined;
};
