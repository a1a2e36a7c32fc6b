import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { placePaidOrder, withIssuing } from '#test/support/issuing.ts';
import { runJobs } from '#test/support/payment.ts';
import { untilBlocked } from '#test/support/until-blocked.ts';
import { renewImpression } from './impressions.ts';
import { issuanceJobs } from './jobs.ts';
import { withdrawCertificate } from './withdraw-certificate.ts';

const statuses = async (db: Database): Promise<string[]> => {
  const query = db.selectFrom('issued_certificate').select('status').orderBy('impression');
  return (await query.execute()).map(({ status }) => status);
};

test('a certificate that is being reprinted at the moment of its withdrawal is withdrawn in the new impression too', () =>
  withIssuing(async ({ db, clock, parts, student, issue }) => {
    const orderId = await placePaidOrder(parts, student);
    await issue(orderId);
    const { id, serial } = await db
      .selectFrom('issued_certificate')
      .select(['id', 'serial'])
      .executeTakeFirstOrThrow();
    const renewed = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const renewing = transaction(db, async (tx) => {
      await renewImpression(tx, parts.issuance, id, 'reprinted');
      renewed.resolve();
      await held.promise;
    });
    await renewed.promise;
    const people = { by: 'Ito', second: 'Mori' };
    const withdrawing = withdrawCertificate(
      { db, clock },
      { serial, status: 'void', reason: 'issued-in-error', ...people },
    );
    await untilBlocked(db, 1);
    held.resolve();
    await renewing;
    assert.equal(await withdrawing, 1);
    assert.deepEqual(await statuses(db), ['void', 'void']);
  }));

test('the leaf of an impression withdrawn at that moment is followed by its void, though the run that entered it died', () =>
  withIssuing(async ({ db, clock, parts, student }) => {
    const orderId = await placePaidOrder(parts, student);
    const { log } = parts.issuance;
    const { 'log-withdrawal': logWithdrawal = () => assert.fail() } = issuanceJobs(
      parts.issuance,
      parts.archive,
    );
    const logging = { 'log-withdrawal': logWithdrawal };
    const dying: typeof log.append = async (request) => {
      const certificate = await db
        .selectFrom('issued_certificate')
        .select(['id', 'serial'])
        .executeTakeFirstOrThrow();
      const withdrawal = { serial: certificate.serial, status: 'void', reason: 'issued-in-error' } as const;
      await withdrawCertificate({ db, clock }, { ...withdrawal, by: 'Ito', second: 'Mori' });
      // Nothing stands in the log yet.
      await runJobs(db, logging);
      await log.append(request);
      throw new Error('killed');
    };
    const issuance = { ...parts.issuance, log: { ...log, append: dying } };
    const jobs = issuanceJobs(issuance, parts.archive);
    await assert.rejects(async () => jobs['issue-order']?.({ orderId }), /killed/);
    await jobs['sweep-issuing']?.({});
    await runJobs(db, logging);
    const kinds = await db.selectFrom('log_leaf').select('kind').orderBy('index').execute();
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['issue', 'void'],
    );
  }));
