import { createHash } from 'node:crypto';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { checkRegister } from './check-register.ts';
import * as store from './import-store.ts';
import type { RegisterFileName, RegisterFiles, RegisterRows } from './register-files.ts';
import { REGISTER_FILE_NAMES, readRows } from './register-files.ts';

export type ImportResult =
  | { readonly ok: true; readonly counts: Readonly<Record<RegisterFileName, number>> }
  /** `file:line: column: why`; nothing was changed. */
  | { readonly ok: false; readonly refusals: readonly string[] };

/**
 * Imports the whole register, or nothing of it. Importing the same files again changes nothing but the list of
 * imports. People and enrolments that a later file no longer names stay: orders and certificates point at them.
 */
export const importRegister = async (
  { db, clock }: { db: Database; clock: Clock },
  files: RegisterFiles,
): Promise<ImportResult> => {
  const refusals: string[] = [];
  const rows = Object.fromEntries(
    REGISTER_FILE_NAMES.map((name) => [name, readRows(name, files[name], refusals)]),
  ) as unknown as RegisterRows;
  if (refusals.length === 0) checkRegister(rows, refusals);
  if (refusals.length > 0) return { ok: false, refusals };
  const counts = Object.fromEntries(REGISTER_FILE_NAMES.map((name) => [name, rows[name].length])) as Record<
    RegisterFileName,
    number
  >;
  return transaction(db, async (tx): Promise<ImportResult> => {
    await store.lockRegister(tx);
    const reassigned = await store.findReassignedNumbers(tx, rows.enrolments);
    if (reassigned.size > 0) return { ok: false, refusals: nameReassigned(rows, reassigned) };
    await store.upsertPeople(tx, rows.people);
    await store.upsertEnrolments(tx, rows.enrolments);
    await store.upsertTerms(tx, rows.terms);
    await store.upsertCourses(tx, rows.courses);
    await store.replaceGrades(tx, rows);
    await store.replaceHolds(tx, rows.holds);
    await store.recordImport(tx, { at: clock.now(), sha256: digest(files), counts });
    return { ok: true, counts };
  });
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
