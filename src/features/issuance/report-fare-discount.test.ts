import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import { reportFareDiscount } from './report-fare-discount.ts';

const PURPOSES = [
  { code: 'homecoming', ja: '帰省', en: 'Going home' },
  { code: 'visit', ja: '見学', en: 'Visit' },
];

type Issued = { purpose: string; madeAt: string; impressions?: number; status?: 'valid' | 'void' };

const addFareDiscount = async (
  db: Database,
  { purpose, madeAt, impressions = 1, status = 'valid' }: Issued,
): Promise<void> => {
  const at = Temporal.Instant.from(madeAt);
  const copy = { order_id: randomUUID(), order_line_id: randomUUID(), copy: 1, serial: randomUUID() };
  const statement = { kind: 'fare-discount', purposeCode: purpose };
  const record = JSON.stringify({ snapshot: { statement } });
  const withdrawn = status === 'valid' ? {} : { status, status_reason: 'test', status_since: at };
  for (let impression = 1; impression <= impressions; impression += 1) {
    const row = { ...copy, impression, record, reserved_at: at, made_at: at, ...withdrawn };
    await db.insertInto('issued_certificate').values(row).execute();
  }
};

test('fare discounts are counted by purpose within their academic year, reprints once and void ones not', () =>
  withDatabase(async ({ db }) => {
    await addFareDiscount(db, { purpose: 'homecoming', madeAt: '2026-03-31T15:00:00Z' });
    await addFareDiscount(db, { purpose: 'homecoming', madeAt: '2027-03-31T14:59:59Z', impressions: 2 });
    await addFareDiscount(db, { purpose: 'homecoming', madeAt: '2026-11-24T03:00:00Z', status: 'void' });
    await addFareDiscount(db, { purpose: 'homecoming', madeAt: '2027-03-31T15:00:00Z' });
    await addFareDiscount(db, { purpose: 'former', madeAt: '2026-11-24T03:00:00Z' });
    const report = await reportFareDiscount(db, { year: 2026, purposes: PURPOSES });
    assert.deepEqual(
      report.map(({ purpose, copies }) => [purpose.code, copies]),
      [
        ['homecoming', 2],
        ['visit', 0],
        ['former', 1],
      ],
    );
  }));
