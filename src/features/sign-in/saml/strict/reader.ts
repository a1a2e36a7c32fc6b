import { Worker } from 'node:worker_threads';
import { LONGEST_FIELD } from './gate.ts';
import type { SamlInput, SamlResult } from './input.ts';
import type { SamlRefusal } from './refusal.ts';

export type SamlReader = {
  /** Never rejects: what cannot be read is refused with a reason. */
  readonly read: (input: SamlInput) => Promise<SamlResult>;
  readonly close: () => Promise<void>;
};

export type SamlBudget = {
  /** Workers kept; one reads some hundreds of responses a second. */
  readonly workers: number;
  /** Messages that may wait before new ones are refused as `busy`. */
  readonly queue: number;
  /** For one message, once a worker has it. */
  readonly milliseconds: number;
  readonly megabytes: number;
};

const DEFAULT_BUDGET: SamlBudget = { workers: 2, queue: 500, milliseconds: 3_000, megabytes: 96 };

type Job = { readonly input: SamlInput; readonly answer: (result: SamlResult) => void };
type Seat = { worker: Worker; ready: boolean; job: Job | null; timer: NodeJS.Timeout | null };

/** Opens the pool that reads SAML responses in worker threads, each message with its own time and memory budget. */
export const openSamlReader = (budget: SamlBudget = DEFAULT_BUDGET): SamlReader => {
  const waiting: Job[] = [];
  const seats = new Set<Seat>();
  let closed = false;

  const refuseJob = (job: Job | null, reason: SamlRefusal): void => job?.answer({ ok: false, reason });

  const dispatch = (): void => {
    for (const seat of seats) {
      if (!seat.ready || seat.job !== null) continue;
      const job = waiting.shift();
      if (job === undefined) return;
      seat.job = job;
      seat.worker.ref();
      seat.timer = setTimeout(() => replace(seat, 'time-budget'), budget.milliseconds);
      seat.worker.postMessage(job.input);
    }
  };

  const finish = (seat: Seat, result: SamlResult): void => {
    if (seat.timer !== null) clearTimeout(seat.timer);
    const job = seat.job;
    seat.job = null;
    seat.timer = null;
    seat.worker.unref();
    job?.answer(result);
    dispatch();
  };

  /** A worker that overran or died is thrown away with whatever it holds; a fresh one takes the next message. */
  const replace = (seat: Seat, reason: SamlRefusal): void => {
    if (!seats.delete(seat)) return;
    if (seat.timer !== null) clearTimeout(seat.timer);
    void seat.worker.terminate();
    refuseJob(seat.job, reason);
    // One that died before it could read anything would die again: then nobody waits for ever.
    if (!seat.ready) for (const job of waiting.splice(0)) refuseJob(job, 'unexpected');
    if (waiting.length > 0) refill();
  };

  const open = (): void => {
    const megabytes = budget.megabytes;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    const seat: Seat = { worker, ready: false, job: null, timer: null };
    seats.add(seat);
    worker.on('message', (message: 'ready' | SamlResult) => {
      if (message !== 'ready') return finish(seat, message);
      seat.ready = true;
      worker.unref();
      dispatch();
    });
    worker.on('error', (error: NodeJS.ErrnoException) =>
      replace(seat, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory-budget' : 'unexpected'),
    );
    worker.on('exit', () => replace(seat, 'unexpected'));
  };

  const refill = (): void => {
    if (closed) return;
    while (seats.size < budget.workers) open();
  };
  refill();

  return {
    read: (input) =>
      new Promise((answer) => {
        const job = { input, answer };
        // Memory that a worker asks for at one go, past its limit, ends the whole process: nothing large may reach one.
        if (input.response.length > LONGEST_FIELD) return refuseJob(job, 'too-large');
        if (closed || waiting.length >= budget.queue) return refuseJob(job, 'busy');
        waiting.push(job);
        refill();
        return dispatch();
      }),
    close: async () => {
      closed = true;
      const open = [...seats];
      for (const job of waiting.splice(0)) refuseJob(job, 'busy');
      for (const seat of open) replace(seat, 'busy');
      await Promise.all(open.map((seat) => seat.worker.terminate()));
    },
  };
};
