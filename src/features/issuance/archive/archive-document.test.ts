import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { decryptBytes, encryptBytes, newEnvelopeKey } from '#platform/keys/envelope.ts';
import { withArchiveWorkshop } from '#test/support/archive-workshop.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { withDatabase } from '#test/support/database.ts';
import { openDocumentFiles } from '../document-files.ts';
import { insertDocumentKey } from '../document-key-store.ts';
import { createDocumentAccess } from '../documents.ts';
import { reserveCertificate } from '../issuance-store.ts';
import { advanceCertificate } from '../step-store.ts';
import type { ArchiveDependencies } from './archive-document.ts';
import { archiveDocument, keepDocument, sweepArchive } from './archive-document.ts';
import { listWaiting } from './archive-store.ts';
import { requireSound } from './extend-document.ts';

const waitingJobs = async (db: Database): Promise<string[]> => {
  const { rows } = await sql<{
    key: string;
  }>`select key from graphile_worker.jobs where key like '%archive%' order by key`.execute(db);
  return rows.map(({ key }) => key);
};

/** A made document in the register, kept as a file; answers its id. */
const keep = async (dependencies: ArchiveDependencies, pdf: Uint8Array): Promise<string> => {
  const { db, clock, files } = dependencies;
  const orderId = randomUUID();
  const key = newEnvelopeKey();
  const at = clock.now();
  const record = { ...sampleRecord('enrolment', 'ja'), serial: randomUUID() };
  const id = await reserveCertificate(db, { orderId, orderLineId: randomUUID(), copy: 1, record, at });
  await files.write(id, encryptBytes(key, pdf));
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  const change = { pages: 1, sha256, checkCode: 'X', madeAt: at };
  await advanceCertificate(db, id, { from: 'reserved', to: 'made', change });
  await insertDocumentKey(db, id, key);
  await transaction(db, (tx) => keepDocument(tx, id, at));
  return id;
};

test('a kept document climbs to B-LTA, waits visibly when the authority fails, and is renewed in time', () => {
  const clock = manualClock('2026-11-24T02:00:00Z');
  return withArchiveWorkshop(clock, ({ folder, tools, authority, make }) =>
    withDatabase(async ({ db }) => {
      const files = await openDocumentFiles(join(folder, 'documents'));
      const dependencies = { db, clock, files, tools, encrypt: encryptBytes, decrypt: decryptBytes };
      const id = await keep(dependencies, await make(sampleRecord('enrolment', 'ja')));
      const { readDocument } = createDocumentAccess(db, files, decryptBytes);
      const levelOf = async () => (await requireSound(tools, await readDocument(id))).level;
      assert.deepEqual(await waitingJobs(db), [`archive-document:${id}`]);

      authority.behave('down');
      await archiveDocument(dependencies, id);
      const [waiting] = await listWaiting(db);
      assert.equal(waiting?.problem, 'timestamp: answered 503');
      assert.equal(waiting?.dueAt.toString(), '2026-11-24T02:01:00Z');
      authority.behave('honest');
      await archiveDocument(dependencies, id);
      assert.equal(await levelOf(), 'B-B', 'not before it is due');

      clock.advance({ minutes: 1 });
      await archiveDocument(dependencies, id);
      assert.equal(await levelOf(), 'B-T');
      assert.equal((await listWaiting(db))[0]?.problem, null);
      await archiveDocument(dependencies, id);
      assert.equal(await levelOf(), 'B-LTA');
      assert.deepEqual(await listWaiting(db), []);
      const row = await db.selectFrom('issued_certificate').select('sha256').executeTakeFirstOrThrow();
      const bytes = await readDocument(id);
      assert.equal(row.sha256, createHash('sha256').update(bytes).digest('hex'));

      await sql`delete from graphile_worker._private_jobs`.execute(db);
      await sweepArchive(dependencies);
      assert.deepEqual(await waitingJobs(db), ['sweep-archive'], 'nothing is due');
      clock.advance({ hours: 24 * 365 * 9 });
      await sweepArchive(dependencies);
      assert.deepEqual(await waitingJobs(db), [`archive-document:${id}`, 'sweep-archive']);
      await archiveDocument(dependencies, id);
      const renewed = await readDocument(id);
      assert.ok(renewed.length > bytes.length);
      assert.deepEqual(renewed.subarray(0, bytes.length), bytes);
      const events = await db.selectFrom('audit_event').select('type').execute();
      assert.equal(events.filter(({ type }) => type === 'document.extended').length, 3);
    }),
  );
});

test('a file further on than its row is taken as it is, and a destroyed document leaves the queue', () => {
  const clock = manualClock('2026-11-24T02:00:00Z');
  return withArchiveWorkshop(clock, ({ folder, tools, make }) =>
    withDatabase(async ({ db }) => {
      const files = await openDocumentFiles(join(folder, 'documents'));
      const dependencies = { db, clock, files, tools, encrypt: encryptBytes, decrypt: decryptBytes };
      const id = await keep(dependencies, await make(sampleRecord('enrolment', 'en')));
      const access = createDocumentAccess(db, files, decryptBytes);
      await archiveDocument(dependencies, id);
      await db.updateTable('document_archive').set({ level: 'B-B' }).execute(); // cut off before the commit
      const stamped = await access.readDocument(id);
      await archiveDocument(dependencies, id);
      assert.deepEqual(await access.readDocument(id), stamped);
      assert.equal((await listWaiting(db))[0]?.level, 'B-T');
      const none = { ...dependencies, tools: null };
      const other = await keep(none, await make(sampleRecord('enrolment', 'ja')));
      await archiveDocument(none, other);
      const waiting = (await listWaiting(db)).find(({ documentId }) => documentId === other);
      assert.equal(waiting?.problem, 'timestamp: no authority is configured');
      await access.destroyDocument(other);
      clock.advance({ minutes: 1 });
      await archiveDocument(dependencies, other);
      assert.deepEqual(
        (await listWaiting(db)).map(({ documentId }) => documentId),
        [id],
      );
    }),
  );
});
