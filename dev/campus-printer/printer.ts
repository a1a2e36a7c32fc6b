import { timingSafeEqual } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { JOB_STATE } from '#platform/ipp/tags.ts';
import { printPages } from '../shared/paper.ts';
import type { PrinterLanguage } from './words.ts';

export const TROUBLES = ['none', 'jam', 'no-paper', 'busy', 'off'] as const;
export type PrinterTrouble = (typeof TROUBLES)[number];

export type PrinterMachine = { readonly code: string; readonly nameJa: string; readonly nameEn: string };

export type PrinterJob = {
  readonly id: number;
  readonly name: string;
  readonly user: string;
  readonly password: Uint8Array;
  document: Uint8Array;
  state: keyof typeof JOB_STATE;
  reason: string;
  /** Seconds after the printer was switched on; null before. */
  processingAt: number | null;
  impressions: number;
};

/** One printer: the jobs it keeps, what lies in its tray, and what is wrong with it. */
export type Printer = {
  readonly machine: PrinterMachine;
  readonly startedAt: number;
  readonly pageMs: number;
  language: PrinterLanguage;
  trouble: PrinterTrouble;
  message: '' | 'wrong' | 'nothing' | 'printing' | 'jam';
  readonly jobs: PrinterJob[];
  tray: Uint8Array[];
};

export const createPrinter = (machine: PrinterMachine, pageMs: number): Printer => ({
  machine,
  startedAt: Date.now(),
  pageMs,
  language: 'ja',
  trouble: 'none',
  message: '',
  jobs: [],
  tray: [],
});

/** Whole seconds since it was switched on; at least 1, as `printer-up-time` has to be. */
export const upTime = ({ startedAt }: Printer): number => 1 + Math.floor((Date.now() - startedAt) / 1000);

const end = (job: PrinterJob, state: 'completed' | 'aborted' | 'canceled', reason: string): void => {
  Object.assign(job, { state, reason, document: new Uint8Array() });
};

/** Ends a job that is not coming out; false when it has ended or cannot be stopped any more. */
export const cancel = (job: PrinterJob): boolean => {
  if (job.state !== 'held' && job.state !== 'stopped') return false;
  end(job, 'canceled', 'job-canceled-by-user');
  return true;
};

const run = async (printer: Printer, job: PrinterJob): Promise<void> => {
  Object.assign(job, { state: 'processing', reason: 'job-printing', processingAt: upTime(printer) });
  for (const sheet of await printPages(job.document)) {
    while (printer.trouble === 'no-paper') {
      Object.assign(job, { state: 'stopped', reason: 'printer-stopped' });
      await setTimeout(printer.pageMs);
      if (job.state === 'canceled') return;
    }
    Object.assign(job, { state: 'processing', reason: 'job-printing' });
    await setTimeout(printer.pageMs);
    printer.tray.push(sheet);
    job.impressions += 1;
    if (printer.trouble === 'jam') {
      printer.message = 'jam';
      return end(job, 'aborted', 'aborted-by-system');
    }
  }
  end(job, 'completed', 'job-completed-successfully');
};

/** Somebody typed a PIN at the panel: everything that waits for it comes out, one after the other. */
export const release = async (printer: Printer, typed: string): Promise<void> => {
  const pin = Buffer.from(typed.normalize('NFKC').trim());
  const held = printer.jobs.filter(({ state }) => state === 'held');
  const ours = held.filter(
    ({ password }) => password.length === pin.length && timingSafeEqual(password, pin),
  );
  if (ours.length === 0) {
    printer.message = held.length === 0 ? 'nothing' : 'wrong';
    return;
  }
  printer.message = 'printing';
  for (const job of ours) if (job.state === 'held') await run(printer, job);
  if (printer.message === 'printing') printer.message = '';
};
