import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { IssuingWorld } from '#test/support/issuing.ts';
import { placePaidOrder, withIssuing } from '#test/support/issuing.ts';

/** Runs the jobs that destroy documents and are due within a minute, as the worker would. */
const runPurges = async ({ db, run }: IssuingWorld): Promise<number> => {
  const { rows } = await sql<{ payload: { documentId: string } }>`
    select payload from graphile_worker._private_jobs as job
      join graphile_worker._private_tasks as task on task.id = job.task_id
     where task.identifier = 'purge-document' and job.run_at <= now() + interval '60 seconds'`.execute(db);
  for (const { payload } of rows) await run('purge-document', payload);
  return rows.length;
};

const remains = async ({ db, parts }: IssuingWorld, documentId: string): Promise<string[]> => {
  const keys = await db.selectFrom('document_key').selectAll().execute();
  const file = await parts.issuance.files.read(documentId).then(
    () => ['file'],
    () => [],
  );
  return [...keys.map(() => 'key'), ...file];
};

for (const end of ['printed', 'lapsed'] as const) {
  test(`when an order is ${end}, the file and its key are destroyed within 60 seconds; the record stays`, () =>
    withIssuing(async (world) => {
      const { db, clock, copier, run } = world;
      const orderId = await placePaidOrder(world.parts, world.student);
      await world.issue(orderId);
      const certificate = db.selectFrom('issued_certificate').select(['id', 'status', 'state', 'serial']);
      const { id } = await certificate.executeTakeFirstOrThrow();
      assert.deepEqual(await remains(world, id), ['key', 'file']);
      if (end === 'printed') {
        const { claim, fence } = (await (await copier.claim(orderId)).json()) as {
          claim: string;
          fence: number;
        };
        const impressions = [{ document: 1, result: 'completed', pages: 1 }];
        assert.ok((await copier.call('POST', `/claims/${claim}/outcome`, { fence, impressions })).ok);
      } else {
        const job = await db.selectFrom('print_job').select(['id', 'deadline']).executeTakeFirstOrThrow();
        clock.advance({
          milliseconds: job.deadline.epochMilliseconds - clock.now().epochMilliseconds + 1000,
        });
        await run('lapse-print', { jobId: job.id });
      }
      assert.equal(await runPurges(world), 1);
      assert.deepEqual(await remains(world, id), []);
      const kept = await certificate.executeTakeFirstOrThrow();
      assert.equal(`${kept.status} ${kept.state}`, 'valid destroyed');
    }));
}
