import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

type NewSeal = { readonly certificateId: string; readonly page: number; readonly seal: Buffer };
const insert = prepare((db, { certificateId, page, seal }: NewSeal) =>
  db.insertInto('certificate_seal').values({ issued_certificate_id: certificateId, page, seal }),
);

/** Of every page, in their order. */
export const insertSeals = async (
  tx: Database,
  certificateId: string,
  seals: readonly Uint8Array[],
): Promise<void> => {
  for (const [index, seal] of seals.entries())
    await insert.write(tx, { certificateId, page: index + 1, seal: Buffer.from(seal) });
};

export const readSeals = async (db: Database, certificateId: string): Promise<Uint8Array[]> => {
  const rows = await db
    .selectFrom('certificate_seal')
    .select('seal')
    .where('issued_certificate_id', '=', certificateId)
    .orderBy('page')
    .execute();
  return rows.map(({ seal }) => new Uint8Array(seal));
};

export type IssuedSeal = {
  readonly serial: string;
  readonly impression: number;
  readonly page: number;
  readonly seal: Uint8Array;
};

const ofImpression = prepare((db, { certificateId }: { readonly certificateId: string }) =>
  db
    .selectFrom('certificate_seal')
    .innerJoin('issued_certificate', 'issued_certificate.id', 'certificate_seal.issued_certificate_id')
    .select(['serial', 'impression', 'page', 'seal'])
    .where('issued_certificate_id', '=', certificateId)
    .orderBy('page'),
);

/** The seals of every page of one impression. */
export const listSeals = (db: Database, certificateId: string): Promise<IssuedSeal[]> =>
  ofImpression.all(db, { certificateId });
