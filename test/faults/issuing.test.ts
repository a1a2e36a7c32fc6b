import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { withDatabase } from '#test/support/database.ts';
import { addStudent, openService, placePaidOrder } from '#test/support/issuing.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CHILD = join(import.meta.dirname, 'issuing-child.ts');

/** Runs the issuing process until it is done or kills itself; true when it was killed. */
const runChild = async (words: readonly string[]): Promise<boolean> => {
  const child = spawn(process.execPath, ['--import', join(ROOT, 'bin/tsx-hook.mjs'), CHILD, ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  assert.ok(signal === 'SIGKILL' || code === 0, `the process ended with ${code} ${signal}`);
  return signal === 'SIGKILL';
};

const eventTypes = async (db: Database): Promise<string[]> => {
  const rows = await db.selectFrom('audit_event').select(['type', 'data']).orderBy('id').execute();
  return rows.map(({ type, data }) => {
    const { serial = '', impression = '' } = data as Record<string, string>;
    return `${type} ${serial} ${impression}`.trim();
  });
};

test('killed after every committed step of issuing, an order converges: nothing is lost, nothing made twice', (t) =>
  withDatabase(async ({ db, url }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-faults-'));
    const { parts } = await openService(db, { url, dataFolder, clock: systemClock });
    try {
      const student = await addStudent(db, systemClock);
      const orderId = await placePaidOrder(parts, student, ['ja', 'en']);
      await addJob(db, 'issue-order', { orderId }, { key: `issue-order:${orderId}` });
      const before = (await eventTypes(db)).length;
      const killedAfter: string[] = [];
      for (let start = 1; ; start += 1) {
        const seen = (await eventTypes(db)).length;
        if (!(await runChild([url, dataFolder, String(seen + 1), String(start)]))) break;
        const events = await eventTypes(db);
        assert.ok(events.length > seen, 'every start gets one step further');
        killedAfter.push(events.at(-1)?.split(' ')[0] ?? '');
      }
      t.diagnostic(`killed ${killedAfter.length} times: ${killedAfter.join(', ')}`);
      assert.ok(killedAfter.length >= 12);
      const events = (await eventTypes(db)).slice(before);
      const steps = events.filter((event) => event.startsWith('certificate.'));
      assert.equal(new Set(steps).size, steps.length, 'no step was committed twice');
      const certificates = await db
        .selectFrom('issued_certificate')
        .innerJoin('document_key', 'document_key.issued_certificate_id', 'issued_certificate.id')
        .select(['issued_certificate.id', 'state', 'status', 'impression', 'sha256'])
        .execute();
      assert.equal(certificates.length, 2);
      for (const { id, state, status, impression, sha256 } of certificates) {
        assert.deepEqual([state, status, impression], ['made', 'valid', 1]);
        const pdf = await parts.printing.readDocument(id);
        assert.equal(createHash('sha256').update(pdf).digest('hex'), sha256);
      }
      const all = await db.selectFrom('issued_certificate').select('id').execute();
      assert.equal(all.length, 2, 'none signed but unregistered');
      assert.equal((await db.selectFrom('print_document').select('position').execute()).length, 2);
      assert.equal((await db.selectFrom('mail_outbox').select('id').execute()).length, 1);
    } finally {
      parts.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  }));

test('two runs at once make one certificate: whoever is second goes on from what the first committed', () =>
  withDatabase(async ({ db, url }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-faults-'));
    const { parts, jobs } = await openService(db, { url, dataFolder, clock: systemClock });
    try {
      const student = await addStudent(db, systemClock);
      const orderId = await placePaidOrder(parts, student);
      const runs = Array.from({ length: 3 }, () => jobs['issue-order']?.({ orderId }));
      await Promise.all(runs);
      const all = await db
        .selectFrom('issued_certificate')
        .select(['id', 'state', 'status', 'impression', 'sha256'])
        .execute();
      assert.deepEqual(
        all.map(({ state, status, impression }) => [state, status, impression]),
        [['made', 'valid', 1]],
      );
      const pdf = await parts.printing.readDocument(all[0]?.id ?? '');
      assert.equal(createHash('sha256').update(pdf).digest('hex'), all[0]?.sha256);
      const steps = (await eventTypes(db)).filter((event) => event.startsWith('certificate.'));
      assert.equal(new Set(steps).size, steps.length);
    } finally {
      parts.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  }));
