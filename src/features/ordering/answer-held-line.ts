import { changedFacts } from '#domain/certificate/changed-facts.ts';
import { AkashiError } from '#domain/error.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { askToIssue } from './ask-to-issue.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { moveLine, readOrderLines } from './line-store.ts';
import type { Order } from './order-store.ts';
import { readOrder } from './order-store.ts';
import { checkLine, confirmDeadline, lockLine, refuseLine } from './recheck-lines.ts';

type Answer = { readonly order: Order; readonly lineId: string; readonly actor: string };

/**
 * The student says that what the register says now is right: the line goes on with a fresh snapshot. If the register
 * changed once more since the page was shown, the line stays held and shows the newer facts; if it cannot be issued any
 * more, it is refused. Throws `wrong-state` for a line that is not held.
 */
export const confirmLine = async (
  dependencies: OrderingDependencies,
  { order, lineId, actor }: Answer,
): Promise<void> => {
  const { db, clock, preview } = dependencies;
  const line = (await readOrderLines(db, order.id)).find(({ id }) => id === lineId);
  if (line?.state !== 'held' || line.proposed === null) throw new AkashiError('wrong-state', { lineId });
  if (Temporal.Instant.compare(clock.now(), confirmDeadline(dependencies, order)) > 0)
    throw new AkashiError('wrong-state', { lineId });
  const check = await checkLine(dependencies, order, line);
  const rowsBySheet = check.answer === 'refuse' ? [] : await preview.rowsBySheet(check.snapshot);
  await transaction(db, async (tx) => {
    const locked = await lockLine(tx, order.id, lineId, 'held');
    if (locked === null || locked.proposed === null) throw new AkashiError('wrong-state', { lineId });
    if (check.answer === 'refuse') {
      await refuseLine(tx, dependencies, order, { line, reason: check.reason, actor: 'system' });
    } else {
      const { snapshot, status } = check;
      const at = clock.now();
      const shown = { snapshot: locked.proposed, status };
      if (changedFacts(shown, { snapshot, status }).length > 0) {
        const reasons = check.answer === 'hold' ? check.changed : line.reasons;
        return void (await moveLine(tx, {
          orderId: order.id,
          line: locked,
          event: 'hold',
          reasons,
          proposed: snapshot,
          at,
          actor: 'system',
        }));
      }
      await moveLine(tx, {
        orderId: order.id,
        line: locked,
        event: 'confirm',
        confirmed: { snapshot, status, rowsBySheet },
        at,
        actor,
      });
    }
    await askToIssue(tx, order.id);
  });
};

/** The student wants the money back instead. Throws `wrong-state` for a line that is not held. */
export const declineLine = (
  dependencies: OrderingDependencies,
  { order, lineId, actor }: Answer,
): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const line = await lockLine(tx, order.id, lineId, 'held');
    if (line === null) throw new AkashiError('wrong-state', { lineId });
    await refuseLine(tx, dependencies, order, { line, reason: 'declined', actor });
    await askToIssue(tx, order.id);
  });

/** The job `end-line-hold`: what was not confirmed in time is refunded; asked too early it asks again then. */
export const endLineHold = (
  dependencies: OrderingDependencies,
  { orderId, lineId }: { orderId: string; lineId: string },
): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const line = await lockLine(tx, orderId, lineId, 'held');
    if (line === null) return;
    const order = await readOrder(tx, orderId);
    const deadline = confirmDeadline(dependencies, order);
    if (Temporal.Instant.compare(dependencies.clock.now(), deadline) <= 0) {
      const runAt = deadline.add({ seconds: 1 });
      await addJob(tx, 'end-line-hold', { orderId, lineId }, { key: `end-line-hold:${lineId}`, runAt });
      return;
    }
    await refuseLine(tx, dependencies, order, { line, reason: 'not-confirmed', actor: 'system' });
    await askToIssue(tx, orderId);
  });
