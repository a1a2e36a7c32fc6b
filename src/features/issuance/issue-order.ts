import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { academicYear, tokyoDate } from '#domain/dates.ts';
import type { LineState } from '#domain/order/line-states.ts';
import type { OrderState } from '#domain/order/states.ts';
import {
  askToIssue,
  listStuckOrders,
  lockOrder,
  lockOrderState,
  moveLine,
  readOrderLines,
  releaseOrder,
  transitionLocked,
} from '#features/ordering/index.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { forgettable } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { isHalted } from './halt.ts';
import { reserveImpression } from './impressions.ts';
import type { IssuedCertificate } from './issuance-store.ts';
import { listImpressions, nextCertificateNumber } from './issuance-store.ts';
import { issueCertificate } from './issue-certificate.ts';
import type { IssueDependencies } from './issue-dependencies.ts';
import { listWithdrawnUnlogged } from './status-store.ts';

/** States in which a line that was held may still follow the others. */
const FOLLOWING: readonly OrderState[] = ['ready', 'printing', 'partly_printed', 'outcome_unknown'];

/** Those of the impressions that are valid and not yet made. */
const idsToBeMade = (impressions: readonly IssuedCertificate[]): string[] =>
  impressions
    .filter(({ status, state }) => status === 'valid' && state !== 'made' && state !== 'destroyed')
    .map(({ id }) => id);

/**
 * Makes every document of a paid order (docs/issuance-cycle.md). Any step may be met again after a crash: what is reserved
 * stays reserved, what is made is not made twice. What a fallen server forgot is done again, and only what is never forgotten
 * goes outside. Called again when a held line was answered, it does what is left.
 */
export const issueOrder = async (dependencies: IssueDependencies, orderId: string): Promise<void> => {
  if (!(await beginPreparing(dependencies, orderId))) return;
  await dependencies.recheckLines(orderId);
  let waiting = await reserveCopies(dependencies, orderId);
  do {
    for (const id of waiting) if (!(await issueCertificate(dependencies, id))) return;
    // An impression that had to be abandoned leaves the next one of its copy to be made.
    waiting = await finishOrder(dependencies, orderId);
  } while (waiting.length > 0);
};

/**
 * True when the order is now being prepared, by us or by a run that was cut short, or has lines that follow; not while
 * issuing is halted.
 */
const beginPreparing = ({ db, clock }: IssueDependencies, orderId: string): Promise<boolean> =>
  forgettable(db, async (tx) => {
    const [halted, state] = await Promise.all([isHalted(tx), lockOrderState(tx, orderId)]);
    if (halted || state === null) return false;
    if (state === 'preparing' || FOLLOWING.includes(state)) return true;
    if (state === 'held') {
      const lines = (await readOrderLines(tx, orderId)).map((line) => line.state);
      if (lines.includes('held') && !lines.includes('ordered')) return false;
    } else if (state !== 'paid') return false;
    await transitionLocked(tx, state, { orderId, event: 'prepare', at: clock.now(), actor: 'system' });
    return true;
  });

/** The order's row locked, and then what of its lines and copies there is. */
const lockIssuing = async (tx: DatabaseTransaction, orderId: string) => {
  const [order, impressions, lines] = await Promise.all([
    lockOrder(tx, orderId),
    listImpressions(tx, orderId),
    readOrderLines(tx, orderId),
  ]);
  return { order, impressions, lines };
};

/**
 * Serial, number and issue date of every copy of every line that is clear; none once the order was cancelled. Answers
 * which impressions are to be made.
 */
const reserveCopies = ({ db, clock, createSerial }: IssueDependencies, orderId: string): Promise<string[]> =>
  forgettable(db, async (tx) => {
    const { order, impressions, lines } = await lockIssuing(tx, orderId);
    const waiting = idsToBeMade(impressions);
    if (order.state !== 'preparing' && !FOLLOWING.includes(order.state)) return waiting;
    const reserved = new Set(impressions.map((one) => `${one.orderLineId}/${one.copy}`));
    const at = clock.now();
    const issueDate = tokyoDate(at);
    for (const line of lines) {
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
        waiting.push(await reserveImpression(tx, { clock }, { orderId, orderLineId: line.id, copy, record }));
      }
    }
    return waiting;
  });

/**
 * A cleared line all of whose copies are made is finished; a copy withdrawn meanwhile counts as made. What is made is
 * released. Copies for a copier do not wait for a line that the student has to answer, for it can follow under the same
 * number; a parcel or a mail goes out whole. An order of which nothing is left is ended by the job that gives its money back.
 * Answers what is still to be made, and then does nothing.
 */
const finishOrder = ({ db, clock }: IssueDependencies, orderId: string): Promise<string[]> =>
  forgettable(db, async (tx) => {
    const { order, impressions, lines } = await lockIssuing(tx, orderId);
    const waiting = idsToBeMade(impressions);
    if (waiting.length > 0) return waiting;
    const { state } = order;
    const at = clock.now();
    const states = new Set<LineState>();
    for (const line of lines) {
      const own = impressions.filter((one) => one.orderLineId === line.id);
      const isWhole = new Set(own.map(({ copy }) => copy)).size === line.copies;
      const isFinished = line.state === 'cleared' && isWhole;
      const finish = { orderId, line, event: 'finish', at, actor: 'system' } as const;
      states.add(isFinished ? await moveLine(tx, finish) : line.state);
    }
    if (states.has('ordered') || states.has('cleared')) return [];
    const printed = order.destination === 'store' || order.destination === 'campus';
    if (states.has('made') && (printed || !states.has('held'))) {
      if (state === 'preparing') await releaseOrder(tx, order, at);
      else await addJob(tx, 'prepare-print', { orderId }, { key: `prepare-print:${orderId}` });
    } else if (state === 'preparing' && states.has('held')) {
      await transitionLocked(tx, state, { orderId, event: 'hold', at, actor: 'system' });
    }
    return [];
  });

const SWEEP_EVERY = { minutes: 1 };

/**
 * The job `sweep-issuing`: finds orders that stand still (a crash, a halt, a job that gave up) and takes them up again;
 * what was committed before the crash stays.
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
