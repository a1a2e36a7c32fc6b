import type { RegisterChange } from './change-store.ts';
import type { RegisterPlan } from './import-register.ts';
import { REGISTER_KEYS } from './register-columns.ts';

const shown = (value: unknown): string => (value === null || value === undefined ? '(empty)' : String(value));

const describe = ({ file, line, kind, key, before, after }: RegisterChange): string => {
  const where = line === null ? `${file}.csv` : `${file}.csv:${line}`;
  const what = REGISTER_KEYS[file].map((column: string) => key[column]).join(' ');
  if (kind !== 'changed') return `${where}: ${kind} ${what}`;
  const columns = Object.keys(after ?? {}).filter(
    (column) => shown(before?.[column]) !== shown(after?.[column]),
  );
  const each = columns.map((column) => `${column} ${shown(before?.[column])} → ${shown(after?.[column])}`);
  return `${where}: changed ${what}: ${each.join(', ')}`;
};

/** A dry run in lines: what would be added, changed and taken away, what is refused, and how many of each. */
export const describePlan = ({ refusals, changes }: RegisterPlan): string[] => {
  const count = (kind: RegisterChange['kind']): number =>
    changes.filter((change) => change.kind === kind).length;
  const sum = `${count('added')} added, ${count('changed')} changed, ${count('removed')} taken away, ${refusals.length} refused`;
  return [
    ...changes.map(describe),
    ...refusals.map((refusal) => `REFUSED ${refusal}`),
    refusals.length === 0 ? `${sum}: ready to import.` : `${sum}: nothing would be imported.`,
  ];
};
