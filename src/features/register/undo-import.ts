import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { removeNoted, restoreNoted } from './change-store.ts';
import { emptyRegister, findLastImport, listPeopleAdded, lockRegister, markUndone } from './import-store.ts';
import { REGISTER_FILE_NAMES } from './register-columns.ts';
import { createStaging } from './staging-store.ts';

export type UndoImport = {
  readonly clock: Clock;
  /** Who undoes it, and why. */
  readonly by: string;
  readonly reason: string;
  /** Which of these people have orders: they stay, and so does the import that brought them. */
  readonly findPeopleInUse: (tx: Database, personIds: readonly string[]) => Promise<readonly string[]>;
};

/**
 * Undoes the latest import as a whole; returns when it had been made. Throws an `Error` in plain words where there is
 * none, where it is undone already, and where somebody it brought has ordered since.
 */
export const undoImport = (db: Database, undo: UndoImport): Promise<Temporal.Instant> =>
  transaction(db, async (tx) => {
    await lockRegister(tx);
    const last = await findLastImport(tx);
    if (last === null) throw new Error('There is no import to undo.');
    if (last.undone) throw new Error('The last import has been undone already.');
    const inUse = await undo.findPeopleInUse(tx, await listPeopleAdded(tx, last));
    if (inUse.length > 0) {
      throw new Error(
        `The last import stays: ${inUse.length} of the people or enrolments it brought have orders by now.`,
      );
    }
    if (last.whole) await emptyRegister(tx);
    else {
      await createStaging(tx, REGISTER_FILE_NAMES);
      for (const name of REGISTER_FILE_NAMES.toReversed()) await removeNoted(tx, name, last.id, 'added');
      for (const name of REGISTER_FILE_NAMES) await restoreNoted(tx, name, last.id);
    }
    const at = undo.clock.now();
    await markUndone(tx, last.id, { at, by: undo.by, reason: undo.reason });
    const data = { importId: last.id, reason: undo.reason };
    await recordEvent(tx, {
      at,
      type: 'register.import-undone',
      subject: `import:${last.id}`,
      actor: undo.by,
      data,
    });
    return last.importedAt;
  });
