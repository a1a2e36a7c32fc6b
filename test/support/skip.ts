import { appendFileSync } from 'node:fs';
import type { TestContext } from 'node:test';

/** Notes a test that could not run, so that the end of the run names it. */
export const skipLoudly = (t: TestContext, why: string): void => {
  const list = process.env['AKASHI_TEST_SKIPPED'];
  if (list !== undefined) appendFileSync(list, `${why}\n`);
  t.skip(why);
};
