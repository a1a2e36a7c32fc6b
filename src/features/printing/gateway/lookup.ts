import { randomBytes, randomUUID } from 'node:crypto';
import { readOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import { transaction, transactionAtOnce } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { isErased } from '../erased-ticket.ts';
import type { PrintJobRow } from '../print-store.ts';
import { listPrintDocuments, PRINTABLE } from '../print-store.ts';
import { endSpentNumber, noteAlarm, PIN_TRIES, settleHit, takeMiss, takePinTry } from './guessing-store.ts';
import { DEVICE_MISSES, delayOf, NETWORK_MISSES } from './pace.ts';
import { GatewayProblem } from './problem.ts';

export type Lookup = { readonly printNumber: string; readonly pin: string; readonly device: string };

const WINDOW = { minutes: 10 };
const TOKEN_LIFE = { minutes: 10 };

/**
 * What stands behind a number and PIN, and a token to claim it with. Every reason against is one answer after the same
 * statements and the same one look into a seal; tries are counted before they are looked at, so that asking from many places
 * at once gains nothing.
 */
export const lookUp = async (dependencies: PrintingDependencies, network: string, asked: Lookup) => {
  const { db, clock, secrets } = dependencies;
  const { device } = asked;
  const now = clock.now();
  const since = now.subtract(WINDOW);
  const misses = await takeMiss(db, { network, device, at: now, since, most: DEVICE_MISSES });
  if (misses.row === null) throw new GatewayProblem('device-paused');
  if (delayOf(misses.ofNetwork) > 0) await dependencies.wait(delayOf(misses.ofNetwork));
  const job = await takePinTry(db, { index: secrets.indexOf(asked.printNumber), network, now });
  const right = secrets.checkPin(job === undefined || isErased(job) ? undefined : job, asked.pin);
  if (job === undefined || !right) {
    await settleMiss(dependencies, { network, misses: misses.ofNetwork, jobId: job?.id ?? randomUUID() });
    throw new GatewayProblem('not-printable');
  }
  return offerOf(dependencies, { job, miss: misses.row, network, device, now });
};

const offerOf = async (
  { db, secrets }: PrintingDependencies,
  {
    job,
    miss,
    network,
    device,
    now,
  }: { job: PrintJobRow; miss: bigint; network: string; device: string; now: Temporal.Instant },
) => {
  const [isHit, documents, order] = await transactionAtOnce(db, (tx) =>
    Promise.all([settleHit(tx, { miss, job }), listPrintDocuments(tx, job.id), readOrder(tx, job.order_id)]),
  );
  if (!isHit) throw new GatewayProblem('not-printable');
  const waiting = documents.filter(({ state }) => PRINTABLE.includes(state));
  const sheets = waiting.reduce((sum, document) => sum + document.pages, 0);
  const until = now.add(TOKEN_LIFE).epochMilliseconds;
  return {
    claimToken: secrets.signToken(JSON.stringify([job.id, job.generation, network, device, until])),
    documents: waiting.length,
    pages: sheets,
    sheets,
    colour: 'monochrome',
    paper: 'A4',
    sides: 'one-sided',
    priceYen: Math.round((order.printCharge / order.sheets) * sheets),
    deadline: job.deadline.toString(),
  };
};

/** After the fifth wrong PIN the number is unknown at once; the job makes and mails the new one. */
const settleMiss = (
  { db, clock, raiseAlarm }: PrintingDependencies,
  { network, misses, jobId }: { network: string; misses: number; jobId: string },
): Promise<void> =>
  transaction(db, async (tx) => {
    const at = clock.now();
    const actor = `copier:${network}`;
    const spent = await endSpentNumber(tx, jobId, randomBytes(32));
    if (spent !== undefined) {
      const subject = `order:${spent.order_id}`;
      await addJob(tx, 'replace-print-number', { jobId }, { key: `replace-print-number:${jobId}` });
      await recordEvent(tx, { at, type: 'print.wrong-pins', subject, actor, data: { wrong: PIN_TRIES } });
    }
    if (misses < NETWORK_MISSES || !(await noteAlarm(tx, { network, at, since: at.subtract(WINDOW) })))
      return;
    const subject = `network:${network}`;
    await recordEvent(tx, { at, type: 'print.guessing', subject, actor, data: { misses } });
    raiseAlarm({ network, misses });
  });
