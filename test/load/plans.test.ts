import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KyselyPlugin } from 'kysely';
import { CompiledQuery, PostgresQueryCompiler } from 'kysely';
import { sealAuditTrail } from '#platform/audit/audit.ts';
import type { Database } from '#platform/database/database.ts';
import { composeJobs } from '#src/compose/jobs.ts';
import { withAkashi } from '#test/bench/akashi.ts';
import { GROWN } from '#test/support/bulk/grown-tables.ts';
import { openRequests } from '#test/support/bulk/requests.ts';
import { withBulkService } from '#test/support/bulk/with-bulk-service.ts';

const CERTIFICATES = 5000;
const EACH_REQUEST = 2;
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

test('no statement of a journey, nor of what recurs every minute, reads a table that grows from end to end', () => {
  const seen = new Map<string, readonly unknown[]>();
  let watching = true;
  const compiler = new PostgresQueryCompiler();
  const watch: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      const { sql: text, parameters } = compiler.compileQuery(node, queryId);
      if (watching && /^\s*(?:select|insert|update|delete|with)\b/i.test(text)) seen.set(text, parameters);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return withAkashi(
    (platform, parts) =>
      withBulkService(platform, parts, async ({ app, growTo }) => {
        watching = false;
        await growTo(CERTIFICATES);
        const options = { app, certificates: CERTIFICATES, count: EACH_REQUEST };
        const requests = await openRequests(platform, parts, options);
        watching = true;
        for (const { ask } of requests) for (let n = 0; n < EACH_REQUEST; n += 1) await ask(n);
        const jobs = composeJobs(platform, parts);
        for (const [name, run] of Object.entries(jobs)) if (name.startsWith('sweep')) await run({});
        await sealAuditTrail(platform.db, platform.clock.now());
        watching = false;
        const whole: string[] = [];
        for (const [text, values] of seen)
          for (const table of readWhole(await explain(platform.db, text, values)))
            whole.push(`${table}: ${text.replaceAll(/\s+/g, ' ')}`);
        assert.ok(seen.size > 100, `${seen.size} statements`);
        assert.deepEqual(whole, []);
      }),
    { plugin: watch },
  );
});
