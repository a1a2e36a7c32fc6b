import { randomBytes } from 'node:crypto';
import { readOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { countMisses, findJobByIndex, listPrintDocuments, lockJob, PRINTABLE } from '../print-store.ts';
import { GatewayProblem } from './problem.ts';

export type Lookup = { readonly printNumber: string; readonly pin: string; readonly device: string };

const MISSES = 5;
const WRONG_PINS = 5;

/** What stands behind a number and PIN, and a token to claim it with; all reasons against are one answer. */
export const lookUp = async (dependencies: PrintingDependencies, network: string, asked: Lookup) => {
  const { db, clock, secrets } = dependencies;
  const now = clock.now();
  const since = now.subtract({ minutes: 10 });
  const { device } = asked;
  if ((await countMisses(db, { network, device, since })) >= MISSES)
    throw new GatewayProblem('device-paused');
  const job = await findJobByIndex(db, secrets.indexOf(asked.printNumber));
  const pinRight = await secrets.checkPin(job?.pin_hash ?? null, asked.pin);
  const open =
    job !== undefined &&
    job.finished_at === null &&
    job.networks.includes(network) &&
    Temporal.Instant.compare(now, job.deadline) <= 0;
  if (job === undefined || !pinRight || !open) {
    await registerMiss(dependencies, network, device, open && !pinRight ? job.id : null);
    throw new GatewayProblem('not-printable');
  }
  const waiting = (await listPrintDocuments(db, job.id)).filter(({ state }) => PRINTABLE.includes(state));
  const order = await readOrder(db, job.order_id);
  const sheets = waiting.reduce((sum, document) => sum + document.pages, 0);
  const token = JSON.stringify([
    job.id,
    job.generation,
    network,
    device,
    now.add({ minutes: 10 }).epochMilliseconds,
  ]);
  return {
    claimToken: secrets.signToken(token),
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

const registerMiss = (
  { db, clock }: PrintingDependencies,
  network: string,
  device: string,
  jobId: string | null,
): Promise<void> =>
  transaction(db, async (tx) => {
    const at = clock.now();
    await tx.insertInto('copier_miss').values({ network, device, at }).execute();
    const job = jobId === null ? undefined : await lockJob(tx, jobId);
    if (job === undefined || job.replacing) return;
    const wrong = job.wrong_pins + 1;
    // At the fifth the number stops working at once; the job makes and mails the new one.
    const spent = wrong >= WRONG_PINS;
    const dead = { number_index: randomBytes(32), generation: job.generation + 1, replacing: true };
    await tx
      .updateTable('print_job')
      .set({ wrong_pins: wrong, ...(spent ? dead : {}) })
      .where('id', '=', job.id)
      .execute();
    if (!spent) return;
    await addJob(tx, 'replace-print-number', { jobId: job.id }, { key: `replace-print-number:${job.id}` });
    const subject = `order:${job.order_id}`;
    await recordEvent(tx, {
      at,
      type: 'print.wrong-pins',
      subject,
      actor: `copier:${network}`,
      data: { wrong },
    });
  });
