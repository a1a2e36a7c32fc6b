import { createHash } from 'node:crypto';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { RegisterChange } from './change-store.ts';
import { listChanges, recordAddedAndChanged, recordRemoved, removeNoted } from './change-store.ts';
import { checkRegister } from './check-register.ts';
import { findUnknown, isRegisterEmpty, lockRegister, recordImport } from './import-store.ts';
import type { RegisterFileName } from './register-columns.ts';
import { REGISTER_FILE_NAMES } from './register-columns.ts';
import type { RegisterFiles, RegisterRows } from './register-files.ts';
import { readRegisterFiles, readRows } from './register-files.ts';
import {
  applyStaged,
  createStaging,
  findReassignedLines,
  stageRows,
  withKeysCheckedAtOnce,
} from './staging-store.ts';

export type RegisterCounts = Readonly<Partial<Record<RegisterFileName, number>>>;

/** What an import would do: every refusal as `file:line: column: why`, and every change where there is no refusal. */
export type RegisterPlan = {
  readonly counts: RegisterCounts;
  readonly refusals: readonly string[];
  readonly changes: readonly RegisterChange[];
};

type Source = { readonly files: RegisterFiles; readonly clock: Clock; readonly by?: string };

/**
 * Imports the files of a folder, all of them or nothing; returns the rows of each file. Throws one `Error` whose
 * message names every refusal as `file:line: column: why`. Importing the same files again changes nothing but the
 * list of imports. People and enrolments that a later file no longer names stay: orders and certificates point at
 * them.
 */
export const importRegister = async (
  db: Database,
  { folder, ...rest }: { readonly folder: string; readonly clock: Clock; readonly by?: string },
): Promise<RegisterCounts> => importRegisterFiles(db, { files: await readRegisterFiles(folder), ...rest });

/** The same, of bytes already read. */
export const importRegisterFiles = async (db: Database, source: Source): Promise<RegisterCounts> => {
  const read = readAll(source.files);
  requireNone(read.refusals);
  await transaction(db, async (tx) => {
    const { refusals } = await work(tx, source, read, { apply: true, list: false });
    requireNone(refusals);
  });
  return read.counts;
};

/** Says line by line what an import of the files would do, by doing it and taking it back. */
export const planImport = async (db: Database, source: Source): Promise<RegisterPlan> => {
  const read = readAll(source.files);
  let plan: RegisterPlan = { counts: read.counts, refusals: read.refusals, changes: [] };
  const takenBack = new Error('the dry run is taken back');
  try {
    await transaction(db, async (tx) => {
      const apply = read.refusals.length === 0;
      plan = { counts: read.counts, ...(await work(tx, source, read, { apply, list: true })) };
      throw takenBack;
    });
  } catch (error) {
    if (error !== takenBack) throw error;
  }
  return plan;
};

type Read = ReturnType<typeof readAll>;

const readAll = (files: RegisterFiles) => {
  const refusals: string[] = [];
  const names = REGISTER_FILE_NAMES.filter((name) => files[name] !== undefined);
  const rows = Object.fromEntries(
    names.map((name) => [name, readRows(name, files[name] ?? new Uint8Array(), refusals)]),
  ) as RegisterRows;
  const references = checkRegister(rows, refusals);
  const counts: RegisterCounts = Object.fromEntries(names.map((name) => [name, rows[name]?.length ?? 0]));
  return { names, rows, references, refusals, counts };
};

const work = async (
  tx: Database,
  { files, clock, by = 'system' }: Source,
  { names, rows, references, refusals: found, counts }: Read,
  wanted: { apply: boolean; list: boolean },
): Promise<Pick<RegisterPlan, 'refusals' | 'changes'>> => {
  await lockRegister(tx);
  const refusals = [...found];
  for (const { place, key } of await findUnknown(tx, references)) {
    refusals.push(`${place}: ${key} is not in the register`);
  }
  await createStaging(tx, names);
  for (const name of names) await stageRows(tx, name, rows[name] ?? []);
  if (rows.enrolments !== undefined) {
    for (const line of await findReassignedLines(tx)) {
      refusals.push(`enrolments.csv:${line}: student_number: already belongs to another person`);
    }
  }
  if (refusals.length > 0 && !wanted.list) return { refusals, changes: [] };
  const at = clock.now();
  const sha256 = digest(files);
  const whole = await isRegisterEmpty(tx);
  const importId = await recordImport(tx, { at, sha256, counts, whole });
  // A first import is undone by emptying the register; noting 100,000 new rows would only make it slow.
  const note = wanted.list || !whole;
  if (note) {
    for (const name of names) {
      await recordAddedAndChanged(tx, importId, name);
      await recordRemoved(tx, importId, name, rows);
    }
  }
  const changes: RegisterChange[] = [];
  if (wanted.list) for (const name of names) changes.push(...(await listChanges(tx, importId, name)));
  if (wanted.apply && refusals.length === 0) {
    if (note) for (const name of names.toReversed()) await removeNoted(tx, name, importId, 'removed');
    const fill = async (): Promise<void> => {
      for (const name of names) await applyStaged(tx, name, note ? importId : null);
    };
    await (whole ? withKeysCheckedAtOnce(tx, fill) : fill());
    const data = { importId, sha256, rows: Object.values(counts).reduce((sum, count) => sum + count, 0) };
    await recordEvent(tx, { at, type: 'register.imported', subject: `import:${importId}`, actor: by, data });
  }
  return { refusals, changes };
};

const requireNone = (refusals: readonly string[]): void => {
  if (refusals.length > 0) throw new Error(`The register was not imported:\n  ${refusals.join('\n  ')}`);
};

const digest = (files: RegisterFiles): string => {
  const hash = createHash('sha256');
  for (const name of REGISTER_FILE_NAMES) {
    const bytes = files[name];
    if (bytes !== undefined) hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
};
