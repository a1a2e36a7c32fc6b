// Everybody outside the service: students, the campus, copiers and recipients. The options as JSON in the first
// argument; the address of the mail relay to the parent first, then, when told to begin, `warm` and, told once more, what was seen.
import { setTimeout } from 'node:timers/promises';
import { letHeapGrow } from '#platform/heap.ts';
import { startRelay } from '#test/support/relay.ts';
import type { Campus } from '#test/support/saml-campus.ts';
import { createCampusAnswer } from './campus-answer.ts';
import { openConnections } from './connections.ts';
import type { World } from './journey.ts';
import { walkJourney } from './journey.ts';

export type GeneratorOptions = Omit<World, 'relay' | 'copiers' | 'company' | 'campusAnswer'> & {
  readonly campus: Campus;
  readonly companyUrl: string;
  readonly journeys: number;
  /** So many before, eight at once, that do not count. */
  readonly warmUp: number;
  /** They begin evenly over this time, whatever became of those before. */
  readonly seconds: number;
};

export type Seen = {
  readonly steps: Readonly<Record<string, readonly number[]>>;
  readonly failures: readonly string[];
  readonly done: number;
  /** Journeys under way at once, at most. */
  readonly most: number;
  /** How late the latest journey began, milliseconds: a generator that is short of time measures too little. */
  readonly late: number;
  /** Seconds from the first beginning until the last end. */
  readonly seconds: number;
};

letHeapGrow();
const options = JSON.parse(process.argv[2] ?? '{}') as GeneratorOptions;
const relay = await startRelay();
const outside = {
  ...options,
  relay,
  copiers: openConnections(options.address),
  company: openConnections(options.companyUrl),
};

const run = async (world: World): Promise<Seen> => {
  const steps: Record<string, number[]> = {};
  const failures: string[] = [];
  const state = { done: 0, under: 0, most: 0, late: 0 };
  const began = performance.now();
  const one = async (number: number): Promise<void> => {
    const due = began + ((number - 1) * options.seconds * 1000) / options.journeys;
    await setTimeout(Math.max(0, due - performance.now()));
    state.late = Math.max(state.late, performance.now() - due);
    state.under += 1;
    state.most = Math.max(state.most, state.under);
    let doing = '';
    const timed = async <Result>(step: string, work: () => Promise<Result>): Promise<Result> => {
      doing = step;
      const started = performance.now();
      const result = await work();
      (steps[step] ??= []).push(performance.now() - started);
      return result;
    };
    try {
      await walkJourney(world, number, timed);
      state.done += 1;
    } catch (error) {
      failures.push(`journey ${number}, ${doing}: ${String(error)}`);
    }
    state.under -= 1;
  };
  await Promise.all(Array.from({ length: options.journeys }, (_, index) => one(index + 1)));
  return { steps, failures, ...state, seconds: (performance.now() - began) / 1000 };
};

const warmUp = async (world: World): Promise<void> => {
  const numbers = Array.from({ length: options.warmUp }, (_, index) => options.journeys + 1 + index);
  const client = async (): Promise<void> => {
    for (let next = numbers.pop(); next !== undefined; next = numbers.pop())
      await walkJourney(world, next, (_, work) => work());
  };
  // Most of a journey is waiting for its ticket.
  await Promise.all(Array.from({ length: 8 }, client));
};

process.once('message', (encryptionCertificate: string) => {
  const campusAnswer = createCampusAnswer(options.campus, {
    baseUrl: options.address,
    encryptionCertificate,
  });
  const world = { ...outside, campusAnswer };
  void warmUp(world).then(() => {
    process.once('message', () => void run(world).then((seen) => process.send?.(seen)));
    process.send?.('warm');
  });
});
process.on('disconnect', () => process.exit(0));
process.send?.(relay.url);
