import assert from 'node:assert/strict';
import { createPin, createPrintNumber } from '#domain/print-number/print-number.ts';
import type { CopierWorld } from './copier-gateway.ts';

/** A generator of whole numbers that a seed repeats (mulberry32). */
export const seededDraw = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

/** Guesses well-formed numbers and PINs at as many devices as the pauses make necessary; answers how many hit. */
export const guess = async (
  { call }: CopierWorld,
  { guesses, seed }: { guesses: number; seed: number },
): Promise<number> => {
  const draw = seededDraw(seed);
  let hits = 0;
  const perDevice = 4;
  for (let first = 0; first < guesses; first += perDevice) {
    const answers = await Promise.all(
      Array.from({ length: perDevice }, () =>
        call('POST', '/lookups', {
          printNumber: createPrintNumber(draw),
          pin: createPin(draw),
          device: `guess-${first}`,
        }),
      ),
    );
    for (const { status } of answers) {
      assert.ok(status === 404 || status === 200, String(status));
      if (status === 200) hits += 1;
    }
  }
  return hits;
};

/** `claimers` machines ask for each of `orders` at once; each order has one winner and one lease. */
export const race = async (
  { call, lookUp, addOrder, db }: CopierWorld,
  { claimers, orders }: { claimers: number; orders: number },
): Promise<void> => {
  for (let n = 0; n < orders; n += 1) {
    const { ticket, jobId } = await addOrder();
    const { claimToken } = await lookUp(ticket, `d${n}`);
    const answers = await Promise.all(
      Array.from({ length: claimers }, () => call('POST', '/claims', { claimToken, device: `d${n}` })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, ...Array.from({ length: claimers - 1 }, () => 409)]);
    const claims = await db.selectFrom('print_claim').select('id').where('job_id', '=', jobId).execute();
    assert.equal(claims.length, 1);
  }
};
