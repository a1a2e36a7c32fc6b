import { randomUUID } from 'node:crypto';
import { setTimeout as setTimeoutOnce } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';
import { createBell } from './bell.ts';
import type { JobHandler, JobHandlers } from './jobs.ts';
import type { FailedJob, HeldJob, TakenJob } from './queue-store.ts';
import { failJobs, freeJobsOfTheDead, holdLife, numberTasks, takeJobs } from './queue-store.ts';

export type Worker = { stop: () => Promise<void> };

/** Jobs at once, of those that wait for nobody outside and of each outside party's. */
const PLACES = 3;
/** What is asked for, or ends, within so short a time is looked at together. */
const GATHER_MS = 10;
/** What ends while places are free keeps nobody waiting: it is written down with what is taken next, within that time. */
const NOTE_WITHIN_MS = 100;
/** Nobody calls when a job that was planned for later is due. */
const LOOK_EVERY_MS = 1000;
const FREE_EVERY_MS = 30_000;
const CONNECT_WITHIN_MS = 15_000;
const AGAIN_AFTER_MS = 1000;
/** How long jobs under way are waited for: of one that asks somebody silent nobody knows when it ends. */
const STOP_WITHIN_MS = 30_000;

/** Jobs that share places, by the numbers of their kinds. */
type Lane = { readonly handlers: ReadonlyMap<number, JobHandler>; busy: number };

/**
 * Runs jobs until `stop`; a failed one is tried again with growing pauses (exp(least(10, tries)) s). One connection is the
 * worker's life: it holds the lock that says so, hears of new jobs, takes them and writes down their ends. When it is lost
 * the next takes its place as soon as the database is there again. Throws when it cannot begin at all.
 *
 * `parties` names the jobs that wait for one party outside, a list for each. They have places beside the others': a mail
 * relay that takes connections and says nothing would else hold every place for a minute, and nothing would be issued.
 */
export const startWorker = async (
  pool: pg.Pool,
  handlers: JobHandlers,
  log: Log,
  parties: readonly (readonly string[])[] = [],
): Promise<Worker> => {
  const name = `akashi ${randomUUID()}`;
  const bell = createBell();
  const ended: { done: HeldJob[]; failed: FailedJob[] } = { done: [], failed: [] };
  let stopping = false;

  const connect = async (): Promise<pg.Client> => {
    const { connectionString } = pool.options;
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_WITHIN_MS });
    client.on('error', () => bell.ring());
    client.on('notification', () => bell.ring());
    try {
      await client.connect();
      // What it writes down of jobs may be lost: a job whose end is forgotten is done again, as one whose worker died is.
      await client.query('set synchronous_commit = off');
      await holdLife(client, name);
      await client.query('listen "jobs:insert"');
      await freeJobsOfTheDead(client);
      return client;
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
  };

  const outside = new Set(parties.flat());
  const inside = Object.keys(handlers).filter((job) => !outside.has(job));
  const lanes = await openLanes(pool, handlers, [inside, ...parties]);
  let client = await connect();

  const perform = async (lane: Lane, job: TakenJob): Promise<void> => {
    const { id, revision } = job;
    lane.busy += 1;
    try {
      await lane.handlers.get(job.task)?.(job.payload);
      ended.done.push({ id, revision });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.error({ job: id, attempts: job.attempts, error: String(error) }, 'job failed');
      ended.failed.push({ id, revision, message: message || 'failed without a word' });
    }
    const wasFull = lane.busy === PLACES;
    lane.busy -= 1;
    if (wasFull || stopping) bell.ring();
    else setTimeoutOnce(bell.ring, NOTE_WITHIN_MS).unref();
  };

  /** Writes down what has ended and takes what there is room for. What could not be written down stays for the next time. */
  const look = async (): Promise<void> => {
    const { done, failed } = { done: [...ended.done], failed: [...ended.failed] };
    if (failed.length > 0) await failJobs(client, name, failed);
    ended.failed.splice(0, failed.length);
    const room = lanes.map(({ handlers: own, busy }) => ({
      tasks: [...own.keys()],
      free: stopping ? 0 : PLACES - busy,
    }));
    if (done.length === 0 && room.every(({ free }) => free === 0)) return;
    const taken = await takeJobs(client, name, { done, lanes: room });
    ended.done.splice(0, done.length);
    for (const job of taken) {
      const lane = lanes.find(({ handlers: own }) => own.has(job.task));
      if (lane !== undefined) void perform(lane, job);
    }
  };

  const live = async (): Promise<void> => {
    let freed = performance.now();
    for (;;) {
      await look();
      if (stopping && lanes.every(({ busy }) => busy === 0) && ended.done.length + ended.failed.length === 0)
        return;
      if (performance.now() - freed > FREE_EVERY_MS) {
        freed = performance.now();
        await freeJobsOfTheDead(client);
      }
      await bell.wait(LOOK_EVERY_MS);
      await setTimeout(GATHER_MS);
    }
  };

  const liveOn = async (): Promise<void> => {
    for (;;) {
      try {
        await live();
        return;
      } catch (error) {
        log.warn({ error: String(error) }, 'worker lost the database');
      }
      client.end().catch(() => {});
      for (let again = false; !again; ) {
        if (stopping) return;
        await setTimeout(AGAIN_AFTER_MS);
        again = await connect().then(
          (next) => ((client = next), true),
          () => false,
        );
      }
    }
  };

  const life = liveOn();
  return {
    stop: async () => {
      stopping = true;
      bell.ring();
      await Promise.race([life, setTimeout(STOP_WITHIN_MS, null, { ref: false })]);
      await client.end();
    },
  };
};

const openLanes = async (
  pool: pg.Pool,
  handlers: JobHandlers,
  lists: readonly (readonly string[])[],
): Promise<Lane[]> => {
  const numbers = await numberTasks(pool, lists.flat());
  return lists.map((names) => {
    const own = new Map<number, JobHandler>();
    for (const name of names) {
      const [number, handler] = [numbers.get(name), handlers[name]];
      if (number !== undefined && handler !== undefined) own.set(number, handler);
    }
    return { handlers: own, busy: 0 };
  });
};
