import { AkashiError } from '#domain/error.ts';
import type { JobFacts } from '#platform/ipp/client.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { openTicket } from '../erased-ticket.ts';
import { findJobById, listPrintDocuments } from '../print-store.ts';
import type { CampusMachine } from './machines.ts';
import { PRINTER_USER } from './machines.ts';
import type { PushCopyRow, PushRow, Trouble } from './push-store.ts';
import { saveCopy } from './push-store.ts';

type Work = { readonly push: PushRow; readonly copy: PushCopyRow; readonly jobId: string };
type Step = (
  dependencies: PrintingDependencies,
  machine: CampusMachine,
  work: Work,
) => Promise<Trouble | null>;

const nameOf = ({ push, copy }: Work): string => `${push.name}-${copy.position}`;

const isOver = ({ clock }: PrintingDependencies, { push }: Work): boolean =>
  push.taken_back_at !== null || Temporal.Instant.compare(clock.now(), push.release_until) >= 0;

/** One step for one copy; what keeps it from going on, or null. */
export const workOnCopy = async (dependencies: PrintingDependencies, work: Work): Promise<Trouble | null> => {
  const machine = dependencies.campus.machines.find(({ code }) => code === work.push.machine);
  // A machine taken out of the configuration is one that cannot be reached.
  if (machine === undefined) return notSent(dependencies, work, 'unreachable');
  const steps: Record<string, Step> = { ready: sendCopy, submitted: findCopy, sent: followCopy };
  try {
    return (await steps[work.copy.state]?.(dependencies, machine, work)) ?? null;
  } catch (error) {
    if (!(error instanceof AkashiError) || error.code !== 'unavailable') throw error;
    return notSent(dependencies, work, 'unreachable');
  }
};

/** What never left us has certainly not been printed. */
const notSent = async (
  dependencies: PrintingDependencies,
  work: Work,
  trouble: Trouble,
): Promise<Trouble> => {
  const given = work.copy.state !== 'ready';
  if (!given && isOver(dependencies, work))
    await saveCopy(dependencies.db, work.copy, { state: 'ended', result: 'failed' });
  return trouble;
};

const sendCopy: Step = async (dependencies, { printer }, work) => {
  const { db, secrets } = dependencies;
  const { copy, jobId } = work;
  const end = (): Promise<void> => saveCopy(db, copy, { state: 'ended', result: 'failed' });
  const job = await findJobById(db, jobId);
  const document = (await listPrintDocuments(db, jobId)).find(({ position }) => position === copy.position);
  if (isOver(dependencies, work) || job === undefined || document?.state !== 'waiting') {
    await end();
    return null;
  }
  const { holdsForPassword, troubles } = await printer.describePrinter();
  if (!holdsForPassword) {
    // It would lay a certificate out for all to see.
    await end();
    return 'refused';
  }
  const bytes = await dependencies.readDocument(document.document_id);
  await saveCopy(db, copy, { state: 'submitted' });
  const answer = await printer.print({
    name: nameOf(work),
    user: PRINTER_USER,
    password: openTicket(secrets, job).pin,
    document: bytes,
  });
  if (answer.kind === 'accepted') {
    await saveCopy(db, copy, { state: 'sent', printer_job: answer.jobId });
    return troubles.length > 0 ? 'stopped' : null;
  }
  if (answer.kind === 'busy') {
    await saveCopy(db, copy, { state: 'ready' });
    return 'busy';
  }
  await end();
  return 'refused';
};

/** Nobody heard whether the printer took it: it is asked. What it does not know may yet have been printed. */
const findCopy: Step = async ({ db }, { printer }, work) => {
  const jobId = await printer.findJob(nameOf(work), PRINTER_USER);
  if (jobId === null) await saveCopy(db, work.copy, { state: 'ended', result: 'partial' });
  else await saveCopy(db, work.copy, { state: 'sent', printer_job: jobId });
  return null;
};

/** What an ended job put out; null while it goes on. Only a job that was never begun has certainly put out nothing. */
const resultOf = (facts: JobFacts | null): 'completed' | 'partial' | 'failed' | null => {
  if (facts === null) return 'partial';
  if (facts.state === 'completed')
    return facts.reasons.includes('job-completed-with-errors') ? 'partial' : 'completed';
  if (facts.state === 'aborted' || facts.state === 'canceled') return facts.untouched ? 'failed' : 'partial';
  return null;
};

const followCopy: Step = async (dependencies, { printer }, work) => {
  const printerJob = work.copy.printer_job ?? 0;
  const facts = await printer.describeJob(printerJob);
  const result = resultOf(facts);
  if (result !== null) {
    await saveCopy(dependencies.db, work.copy, { state: 'ended', result });
    return result === 'completed' || facts?.state === 'canceled' ? null : 'stopped';
  }
  // What is coming out is let out; what waits, or lies in a machine that stopped, is called back.
  if (isOver(dependencies, work) && facts?.state !== 'processing')
    await printer.cancelJob(printerJob, PRINTER_USER);
  return facts?.state === 'stopped' ? 'stopped' : null;
};
