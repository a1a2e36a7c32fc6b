import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { LeafRequest } from './append-leaves.ts';
import { appendLeaves } from './append-leaves.ts';
import type { LeafPlace } from './log-store.ts';

/** Resolves once the leaf is committed. */
export type AppendLeaf = (request: LeafRequest) => Promise<LeafPlace>;

type Waiting = {
  readonly request: LeafRequest;
  readonly resolve: (place: LeafPlace) => void;
  readonly reject: (reason: unknown) => void;
};

const LARGEST_BATCH = 256;

/**
 * Gathers what is asked while one transaction runs into the next: a burst costs few transactions, a single leaf waits
 * for none. Several processes take turns by the database's lock.
 */
export const createSequencer = (db: Database, clock: Clock): AppendLeaf => {
  let queue: Waiting[] = [];
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    while (queue.length > 0) {
      const batch = queue.slice(0, LARGEST_BATCH);
      queue = queue.slice(LARGEST_BATCH);
      try {
        const places = await appendLeaves(
          db,
          clock,
          batch.map(({ request }) => request),
        );
        batch.forEach(({ resolve, reject }, at) => {
          const place = places[at];
          if (place === undefined) reject(new Error('leaf without a place'));
          else resolve(place);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = false;
  };
  return (request) =>
    new Promise((resolve, reject) => {
      queue.push({ request, resolve, reject });
      if (!running) void run();
    });
};
