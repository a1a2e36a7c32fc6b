import { createHash } from 'node:crypto';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { checkRegister } from './check-register.ts';
import * as store from './import-store.ts';
import type { RegisterFileName, RegisterFiles, RegisterRows } from './register-files.ts';
import { REGISTER_FILE_NAMES, readRegisterFiles, readRows } from './register-files.ts';

export type RegisterCounts = Readonly<Record<RegisterFileName, number>>;

/**
 * Imports the six files of a folder, the whole register or nothing of it; returns the rows of each file. Throws one
 * `Error` whose message names every refusal as `file:line: column: why`. Importing the same files again changes
 * nothing but the list of imports. People and enrolments that a later file no longer names stay: orders and
 * certificates point at them.
 */
export const importRegister = async (
  db: Database,
  { folder, clock }: { readonly folder: string; readonly clock: Clock },
): Promise<RegisterCounts> => importRegisterFiles(db, { files: await readRegisterFiles(folder), clock });

/** The same, of bytes already read. */
export const importRegisterFiles = async (
  db: Database,
  { files, clock }: { readonly files: RegisterFiles; readonly clock: Clock },
): Promise<RegisterCounts> => {
  const refusals: string[] = [];
  const rows = Object.fromEntries(
    REGISTER_FILE_NAMES.map((name) => [name, readRows(name, files[name], refusals)]),
  ) as unknown as RegisterRows;
  if (refusals.length === 0) checkRegister(rows, refusals);
  requireNone(refusals);
  const counts = Object.fromEntries(
    REGISTER_FILE_NAMES.map((name) => [name, rows[name].length]),
  ) as RegisterCounts;
  await transaction(db, async (tx) => {
    await store.lockRegister(tx);
    requireNone(nameReassigned(rows, await store.findReassignedNumbers(tx, rows.enrolments)));
    await store.upsertPeople(tx, rows.people);
    await store.upsertEnrolments(tx, rows.enrolments);
    await store.upsertTerms(tx, rows.terms);
    await store.upsertCourses(tx, rows.courses);
    await store.replaceGrades(tx, rows);
    await store.replaceHolds(tx, rows.holds);
    await store.recordImport(tx, { at: clock.now(), sha256: digest(files), counts });
  });
  return counts;
};

const requireNone = (refusals: readonly string[]): void => {
  if (refusals.length > 0) throw new Error(`The register was not imported:\n  ${refusals.join('\n  ')}`);
};

const nameReassigned = (rows: RegisterRows, numbers: ReadonlySet<string>): string[] =>
  rows.enrolments
    .filter(({ row }) => numbers.has(row.student_number))
    .map(({ line }) => `enrolments.csv:${line}: student_number: already belongs to another person`);

const digest = (files: RegisterFiles): string => {
  const hash = createHash('sha256');
  for (const name of REGISTER_FILE_NAMES) hash.update(`${name} ${files[name].length}\n`).update(files[name]);
  return hash.digest('hex');
};
