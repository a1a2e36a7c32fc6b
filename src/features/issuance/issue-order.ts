import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { academicYear, tokyoDate } from '#domain/dates.ts';
import type { OrderState } from '#domain/order/states.ts';
import {
  askToIssue,
  listStuckOrders,
  lockOrderState,
  moveLine,
  readOrder,
  readOrderLines,
  transitionOrder,
} from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { isHalted } from './halt.ts';
import { reserveImpression } from './impressions.ts';
import { listCertificates, listImpressions, nextCertificateNumber } from './issuance-store.ts';
import { issueCertificate } from './issue-certificate.ts';
import type { IssueDependencies } from './issue-dependencies.ts';
import { listWithdrawnUnlogged } from './status-store.ts';

/** States in which a line that was held may still follow the others. */
const FOLLOWING: readonly OrderState[] = ['ready', 'printing', 'partly_printed', 'outcome_unknown'];

/**
 * Makes every document of a paid order (docs/issuance-cycle.md). Each step is committed before the next begins, and
 * each may be met again after a crash: what is reserved stays reserved, what is made is not made twice. Called again
 * when a held line was answered, it does what is left.
 */
export const issueOrder = async (dependencies: IssueDependencies, orderId: string): Promise<void> => {
  const { db } = dependencies;
  if (await isHalted(db)) return;
  if (!(await beginPreparing(dependencies, orderId))) return;
  await dependencies.recheckLines(orderId);
  await reserveCopies(dependencies, orderId);
  // An impression that had to be abandoned leaves the next one of its copy to be made.
  for (;;) {
    const waiting = (await listCertificates(db, orderId)).find(
      ({ state }) => state !== 'made' && state !== 'destroyed',
    );
    if (waiting === undefined) break;
    if (!(await issueCertificate(dependencies, waiting.id))) return;
  }
  await finishLines(dependencies, orderId);
  await finishOrder(dependencies, orderId);
};

/** True when the order is now being prepared, by us or by a run that was cut short, or has lines that follow. */
const beginPreparing = ({ db, clock }: IssueDependencies, orderId: string): Promise<boolean> =>
  transaction(db, async (tx) => {
    const state = await lockOrderState(tx, orderId);
    if (state === null) return false;
    if (state === 'preparing' || FOLLOWING.includes(state)) return true;
    if (state === 'held') {
      const lines = (await readOrderLines(tx, orderId)).map((line) => line.state);
      if (lines.includes('held') && !lines.includes('ordered')) return false;
    } else if (state !== 'paid') return false;
    await transitionOrder(tx, { orderId, event: 'prepare', at: clock.now(), actor: 'system' });
    return true;
  });

/** Serial, number and issue date of every copy of every line that is clear; none once the order was cancelled. */
const reserveCopies = ({ db, clock, createSerial }: IssueDependencies, orderId: string): Promise<void> =>
  transaction(db, async (tx) => {
    const state = await lockOrderState(tx, orderId);
    if (state !== 'preparing' && (state === null || !FOLLOWING.includes(state))) return;
    const reserved = new Set(
      (await listImpressions(tx, orderId)).map((one) => `${one.orderLineId}/${one.copy}`),
    );
    const at = clock.now();
    const issueDate = tokyoDate(at);
    for (const line of await readOrderLines(tx, orderId)) {
      if (line.state !== 'cleared') continue;
      for (let copy = 1; copy <= line.copies; copy += 1) {
        if (reserved.has(`${line.id}/${copy}`)) continue;
        const record: CertificateRecord = {
          snapshot: line.snapshot,
          serial: createSerial(),
          impression: 1,
          certificateNumber: await nextCertificateNumber(tx, academicYear(issueDate)),
          issueDate: issueDate.toString(),
          issuedAt: at.toString(),
        };
        await reserveImpression(tx, { clock }, { orderId, orderLineId: line.id, copy, record });
      }
    }
  });

/** A cleared line all of whose copies are made is finished; a copy withdrawn meanwhile counts as made. */
const finishLines = ({ db, clock }: IssueDependencies, orderId: string): Promise<void> =>
  transaction(db, async (tx) => {
    await lockOrderState(tx, orderId);
    const open = (await listCertificates(tx, orderId)).filter(
      ({ state }) => state !== 'made' && state !== 'destroyed',
    );
    const copies = await listImpressions(tx, orderId);
    for (const line of await readOrderLines(tx, orderId)) {
      const own = new Set(copies.filter((one) => one.orderLineId === line.id).map((one) => one.copy));
      const whole = own.size === line.copies && !open.some((one) => one.orderLineId === line.id);
      if (line.state !== 'cleared' || !whole) continue;
      await moveLine(tx, { lineId: line.id, event: 'finish', at: clock.now(), actor: 'system' });
    }
  });

/**
 * What is made is released. Copies for a copier do not wait for a line that the student has to answer, for it can follow
 * under the same number; a parcel or a mail goes out whole. An order of which nothing is left is ended by the job that
 * gives its money back.
 */
const finishOrder = ({ db, clock }: IssueDependencies, orderId: string): Promise<void> =>
  transaction(db, async (tx) => {
    const state = await lockOrderState(tx, orderId);
    const lines = (await readOrderLines(tx, orderId)).map((line) => line.state);
    if (state === null || lines.includes('ordered') || lines.includes('cleared')) return;
    const { destination } = await readOrder(tx, orderId);
    const printed = destination === 'store' || destination === 'campus';
    const held = lines.includes('held');
    if (lines.includes('made') && (printed || !held)) {
      const next = state === 'preparing' ? 'release-order' : 'prepare-print';
      await addJob(tx, next, { orderId }, { key: `${next}:${orderId}` });
    } else if (state === 'preparing' && held) {
      await transitionOrder(tx, { orderId, event: 'hold', at: clock.now(), actor: 'system' });
    }
  });

const SWEEP_EVERY = { minutes: 1 };

/**
 * The job `sweep-issuing`: finds orders that stand still (a crash, a halt, a job that gave up) and takes them up again;
 * every step before the crash stays as it was committed.
 */
export const sweepIssuing = async ({ db, clock }: IssueDependencies): Promise<void> => {
  const now = clock.now();
  if (!(await isHalted(db))) {
    for (const orderId of await listStuckOrders(db, now.subtract({ seconds: 30 }))) {
      await askToIssue(db, orderId);
    }
  }
  for (const certificateId of await listWithdrawnUnlogged(db, now.subtract({ hours: 24 })))
    await addJob(db, 'log-withdrawal', { certificateId }, { key: `log-withdrawal:${certificateId}` });
  await addJob(db, 'sweep-issuing', {}, { key: 'sweep-issuing', runAt: now.add(SWEEP_EVERY) });
};
