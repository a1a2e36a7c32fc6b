import type { Database } from '#platform/database/database.ts';
import { write } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

export type Halt = { readonly halted: boolean; readonly by: string; readonly reason: string };

const select = prepare((db) => db.selectFrom('issuance_halt').select(['halted', 'by', 'reason', 'since']));

/** The switch as it was last set; null when it never was. */
export const readHalt = async (db: Database): Promise<(Halt & { since: Temporal.Instant }) | null> =>
  (await select.first(db, {})) ?? null;

export const saveHalt = async (tx: Database, halt: Halt & { since: Temporal.Instant }): Promise<void> => {
  await write(
    tx,
    tx
      .insertInto('issuance_halt')
      .values(halt)
      .onConflict((conflict) => conflict.column('one').doUpdateSet(halt)),
  );
};
