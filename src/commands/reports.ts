import { parseArgs } from 'node:util';
import { reportFareDiscount } from '#features/issuance/index.ts';
import { loadUniversity } from '#src/config.ts';
import type { Commands } from './command.ts';
import { withDatabase } from './command.ts';

const readYear = (words: readonly string[]): number => {
  const options = { year: { type: 'string' } } as const;
  const year = Number(parseArgs({ args: [...words], options }).values.year);
  if (!Number.isInteger(year) || year < 1900 || year > 9999) {
    throw new Error('report fare-discount: name the academic year with --year, such as --year 2026');
  }
  return year;
};

/** What others ask the university to count. */
export const REPORT_COMMANDS: Commands = {
  'report fare-discount': {
    takes: '--year <academic year>',
    about: 'student fare discounts issued, by purpose, as tab-separated lines',
    run: async (environment, words) => {
      const year = readYear(words);
      const { fareDiscountPurposes: purposes } = await loadUniversity(environment.universityFolder);
      await withDatabase(environment, async ({ db }) => {
        const counts = await reportFareDiscount(db, { year, purposes });
        for (const { purpose, copies } of counts) console.log(`${purpose.code}\t${copies}\t${purpose.ja}`);
        console.log(`total\t${counts.reduce((sum, { copies }) => sum + copies, 0)}`);
      });
    },
  },
};
