import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import type { RegisterFileName } from './register-columns.ts';
import { REGISTER_KEYS } from './register-columns.ts';
import type { Located, RegisterRows } from './register-files.ts';
import { REGISTER_TABLES } from './register-tables.ts';
import { columnsOf, stagingTable } from './staging-store.ts';

const list = (alias: string, columns: readonly string[]): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql.ref(`${alias}.${column}`)));

/** Notes the change of every row that is new or says something else than before. */
export const recordAddedAndChanged = async (
  tx: Database,
  importId: string,
  name: RegisterFileName,
): Promise<void> => {
  const keys: readonly string[] = REGISTER_KEYS[name];
  const values = columnsOf(name)
    .map(([column]) => column)
    .filter((column) => !keys.includes(column));
  const first = sql.ref(`c.${keys[0] ?? ''}`);
  const differs =
    values.length === 0 ? sql`false` : sql`(${list('i', values)}) is distinct from (${list('c', values)})`;
  await sql`
    insert into register_change (import_id, file, line, kind, key, before)
    select ${importId}, ${name}, i.line, case when ${first} is null then 'added' else 'changed' end,
      ${keyObject('i', keys)}, case when ${first} is null then null else to_jsonb(c) end
    from ${stagingTable(name)} i
    left join (${REGISTER_TABLES[name].current}) c on (${list('c', keys)}) = (${list('i', keys)})
    where ${first} is null or ${differs}
    order by i.line`.execute(tx);
};

const keyObject = (alias: string, keys: readonly string[]): RawBuilder<unknown> =>
  sql`jsonb_build_object(${sql.join(keys.flatMap((key) => [sql.lit(key), sql.ref(`${alias}.${key}`)]))})`;

/** Notes every row that a complete file no longer names, of those it speaks for. */
export const recordRemoved = async (
  tx: Database,
  importId: string,
  name: RegisterFileName,
  rows: RegisterRows,
): Promise<void> => {
  const { complete, current } = REGISTER_TABLES[name];
  if (complete === null) return;
  const keys: readonly string[] = REGISTER_KEYS[name];
  const spokenFor = complete === 'everything' ? null : speaksFor(rows, name, complete);
  const scope = spokenFor === null ? sql`true` : sql`${sql.ref(`c.${complete}`)} = any(${spokenFor}::text[])`;
  await sql`
    insert into register_change (import_id, file, kind, key, before)
    select ${importId}, ${name}, 'removed', ${keyObject('c', keys)}, to_jsonb(c)
    from (${current}) c
    where ${scope} and not exists (
      select from ${stagingTable(name)} i where (${list('i', keys)}) = (${list('c', keys)}))`.execute(tx);
};

/** Everyone in the file of enrolments or people where it came along; else those whom the file itself names. */
const speaksFor = (
  rows: RegisterRows,
  name: RegisterFileName,
  column: 'student_number' | 'person_key',
): string[] => {
  const parents = column === 'student_number' ? rows.enrolments : rows.people;
  const naming = (parents ?? rows[name] ?? []) as readonly Located<Record<string, string | null>>[];
  return [...new Set(naming.map(({ row }) => row[column] ?? ''))];
};

const noted = (
  name: RegisterFileName,
  importId: string,
  column: 'key' | 'before',
  kinds: readonly string[],
): RawBuilder<unknown> => sql`
  select r.* from register_change c, jsonb_populate_record(null::${stagingTable(name)}, c.${sql.ref(column)}) r
  where c.import_id = ${importId} and c.file = ${name} and c.kind = any(${[...kinds]}::text[])`;

/** Takes away the rows noted as removed (an import) or as added (its undoing). */
export const removeNoted = async (
  tx: Database,
  name: RegisterFileName,
  importId: string,
  kind: 'removed' | 'added',
): Promise<void> => {
  await sql`with doomed as materialized (${noted(name, importId, 'key', [kind])})
    ${REGISTER_TABLES[name].remove}`.execute(tx);
};

/** Writes what stood there before the import. */
export const restoreNoted = async (tx: Database, name: RegisterFileName, importId: string): Promise<void> => {
  await sql`with incoming as materialized (${noted(name, importId, 'before', ['changed', 'removed'])})
    ${REGISTER_TABLES[name].upsert}`.execute(tx);
};

export type RegisterChange = {
  readonly file: RegisterFileName;
  /** Null for a row that is taken away: no line names it. */
  readonly line: number | null;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly key: Readonly<Record<string, string | number>>;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
};

/** What an import changes in one file, in the order of its lines, removals last. */
export const listChanges = async (
  tx: Database,
  importId: string,
  name: RegisterFileName,
): Promise<RegisterChange[]> => {
  const found = await sql<RegisterChange>`
    select c.file, c.line, c.kind, c.key, c.before, to_jsonb(i) - 'line' as after
    from register_change c left join ${stagingTable(name)} i on i.line = c.line
    where c.import_id = ${importId} and c.file = ${name}
    order by c.line nulls last, c.id`.execute(tx);
  return found.rows;
};
