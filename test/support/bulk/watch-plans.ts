import type { KyselyPlugin } from 'kysely';
import { CompiledQuery, PostgresQueryCompiler } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { GROWN } from './grown-tables.ts';

const GROWING = new Set([...GROWN.map(({ table }) => table), 'account', 'session', 'person', 'enrolment']);

type Plan = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
};

/** The growing tables that a plan reads from end to end. */
const readWhole = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && GROWING.has(plan['Relation Name'] ?? '')
    ? [plan['Relation Name'] ?? '']
    : []),
  ...(plan.Plans ?? []).flatMap(readWhole),
];

const explain = async (db: Database, text: string, values: readonly unknown[]): Promise<Plan> => {
  const query = CompiledQuery.raw(`explain (format json) ${text}`, [...values]);
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(query);
  const [found] = rows[0]?.['QUERY PLAN'] ?? [];
  if (found === undefined) throw new Error('no plan');
  return found.Plan;
};

export type PlanWatch = {
  /** Sees every statement of the database it is given to. */
  readonly plugin: KyselyPlugin;
  pause: () => void;
  /** Keeps the statements that are made while `work` runs. */
  during: (work: () => Promise<void>) => Promise<void>;
  /** How many were kept, and each of them that reads a growing table from end to end. */
  judge: (db: Database) => Promise<{ readonly seen: number; readonly whole: readonly string[] }>;
};

export const watchPlans = (): PlanWatch => {
  const seen = new Map<string, readonly unknown[]>();
  // What the service asks while its parts are put together counts as well.
  let watching = true;
  const compiler = new PostgresQueryCompiler();
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      const { sql: text, parameters } = compiler.compileQuery(node, queryId);
      if (watching && /^\s*(?:select|insert|update|delete|with)\b/i.test(text)) seen.set(text, parameters);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return {
    plugin,
    pause: () => {
      watching = false;
    },
    during: async (work) => {
      watching = true;
      await work();
      watching = false;
    },
    judge: async (db) => {
      watching = false;
      const whole: string[] = [];
      for (const [text, values] of seen)
        for (const table of readWhole(await explain(db, text, values)))
          whole.push(`${table}: ${text.replaceAll(/\s+/g, ' ')}`);
      return { seen: seen.size, whole };
    },
  };
};
