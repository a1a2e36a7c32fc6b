import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { milliseconds } from '#test/bench/measure.ts';
import type { Held } from './journeys.ts';

/** Requests at once. */
const CLIENTS = 4;

/** Milliseconds of each run of `work`, four at once, after some that do not count; each is given its number. */
export const timeEach = async (
  work: (index: number) => Promise<unknown>,
  { warmUp, requests }: { readonly warmUp: number; readonly requests: number },
): Promise<number[]> => {
  const taken: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; index < warmUp + requests; index = next++) {
      const took = await milliseconds(() => work(index));
      if (index >= warmUp) taken.push(took);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return taken;
};

/** Of those that were ordered, any order with its line, print job and certificate, read by their keys in one statement. */
export const readBare = async (db: Database, { certificates, takenOver = 0 }: Held): Promise<void> => {
  const n = 1 + takenOver + Math.floor(Math.random() * (certificates - takenOver));
  await sql`
    select o.state, l.snapshot, j.deadline, c.record from certificate_order o
    join order_line l on l.order_id = o.id join print_job j on j.order_id = o.id
    join issued_certificate c on c.order_id = o.id
    where o.id = md5('order' || ${n}::text)::uuid`.execute(db);
};
