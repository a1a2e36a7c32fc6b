import { AkashiError } from '#domain/error.ts';
import { groupsOf } from '#domain/print-number/print-number.ts';
import { readOrder } from '#features/ordering/index.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { openTicket } from '../erased-ticket.ts';
import { claimJob } from '../gateway/claim.ts';
import { GatewayProblem } from '../gateway/problem.ts';
import { findJobByOrder } from '../print-store.ts';
import { askToFollow } from './ask-to-follow.ts';
import { CAMPUS_NETWORK } from './machines.ts';
import { insertPush } from './push-store.ts';

/**
 * Sends what is left of an order to a machine on campus, which keeps it until the PIN is typed there. It is a claim like
 * a copier's: one at a time, and what an earlier one may have left on paper is void first. Throws `bad-request` for a
 * machine that there is not, `wrong-state` where nothing can be sent now.
 */
export const sendToMachine = async (
  dependencies: PrintingDependencies,
  { orderId, machine: code }: { orderId: string; machine: string },
): Promise<void> => {
  const { db, clock, secrets, campus } = dependencies;
  const machine = campus.machines.find((one) => one.code === code);
  if (machine === undefined) throw new AkashiError('bad-request', { machine: 'unknown' });
  const { destination } = await readOrder(db, orderId);
  if (destination !== 'campus') throw new AkashiError('wrong-state', { destination });
  const job = await findJobByOrder(db, orderId);
  if (job === undefined) throw new AkashiError('wrong-state', { job: null });
  const { printNumber } = openTicket(secrets, job);
  const ends = clock.now().add({ minutes: campus.releaseMinutes });
  const asked = { jobId: job.id, generation: job.generation, network: CAMPUS_NETWORK, device: machine.code };
  try {
    await claimJob(dependencies, asked, async (tx, { claim, fence, documents }) => {
      const push = {
        claim_id: claim,
        machine: machine.code,
        name: `${groupsOf(printNumber).join(' ')} (${fence})`,
        release_until: Temporal.Instant.compare(ends, job.deadline) < 0 ? ends : job.deadline,
      };
      await insertPush(
        tx,
        push,
        documents.map(({ document }) => document),
      );
      await askToFollow(tx, claim);
    });
  } catch (error) {
    if (error instanceof GatewayProblem) throw new AkashiError('wrong-state', { printing: error.problem });
    throw error;
  }
};
