import { randomUUID } from 'node:crypto';
import { deadlineAfterDays } from '#domain/dates.ts';
import { lockOrder, readOrder, transitionLocked } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import { transaction } from '#platform/database/database.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { mailTicket } from './mail-ticket.ts';
import { takeUpFollowing } from './move-order.ts';
import { createTicket } from './new-ticket.ts';
import { askUntil } from './open-until.ts';
import { appendDocuments, findJobByOrder, insertJob, lockJob, saveTicket } from './print-store.ts';

/** Gives an order whose documents are made its number, PIN and deadline. A second run finds the work done. */
export const preparePrint = async (dependencies: PrintingDependencies, orderId: string): Promise<void> => {
  const { db, clock } = dependencies;
  await transaction(db, async (tx) => {
    const existing = await findJobByOrder(tx, orderId);
    if (existing !== undefined) return takeUpFollowing(tx, dependencies, existing.id);
    // Two runs at once: the second waits here, and finds the order ready.
    const [order, documents] = await Promise.all([
      lockOrder(tx, orderId),
      dependencies.listDocuments(tx, orderId),
    ]);
    if (order.state !== 'preparing' || documents.length === 0) return;
    const at = clock.now();
    // From now on, not from the payment: what took days to be made has all of its days to be printed.
    const deadline = deadlineAfterDays(at, dependencies.printDays);
    // What a campus printer prints for nothing is not for a store's copiers.
    const chains = order.destination === 'campus' ? [] : dependencies.chains;
    const networks = [...new Set(chains.map((chain) => chain.copierNetwork))];
    const jobId = randomUUID();
    const { ticket, columns } = createTicket(dependencies, jobId);
    await insertJob(tx, { id: jobId, orderId, columns, networks, deadline, at });
    await appendDocuments(tx, { jobId, there: 0 }, documents);
    const ready = { orderId, event: 'make-ready', at, actor: 'system', printDeadline: deadline } as const;
    await transitionLocked(tx, order.state, ready);
    await askUntil(tx, { jobId, orderId, deadline }, at);
    await mailTicket(tx, dependencies, { ...order, printDeadline: deadline }, { ...ticket, why: 'ready' });
  });
};

/** After five wrong PINs: a new number and PIN without using up the extension, and a mail to the owner. */
export const replaceTicket = async (dependencies: PrintingDependencies, jobId: string): Promise<void> => {
  await transaction(dependencies.db, async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job === undefined || !job.replacing || job.finished_at !== null) return;
    const { ticket, columns } = createTicket(dependencies, jobId);
    await saveTicket(tx, job, columns);
    const subject = `order:${job.order_id}`;
    const at = dependencies.clock.now();
    await recordEvent(tx, { at, type: 'print.number-replaced', subject, actor: 'system', data: {} });
    await mailTicket(tx, dependencies, await readOrder(tx, job.order_id), { ...ticket, why: 'replaced' });
  });
};
