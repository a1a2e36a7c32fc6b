import { join } from 'node:path';
import { spellGlyph } from '#domain/certificate/printed-names.ts';
import { AkashiError } from '#domain/error.ts';
import { openFonts } from '#features/issuance/index.ts';
import { listNamesWaiting, settleNames } from '#features/ordering/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Environment } from '#src/config.ts';
import { loadUniversity } from '#src/config.ts';
import type { Command, Commands } from './command.ts';
import { readDecision, readSubject, WHO_AND_WHY, withDatabase } from './command.ts';

const dependenciesOf = async ({ baseUrl, universityFolder }: Environment, db: Database) => ({
  db,
  clock: systemClock,
  baseUrl,
  university: await loadUniversity(universityFolder),
  preview: { missingGlyphs: openFonts(universityFolder).missing },
});

/** What a person is told instead of an error's code. */
const inWords = (error: unknown, environment: Environment): unknown => {
  if (!(error instanceof AkashiError)) return error;
  const folder = join(environment.universityFolder, 'fonts');
  switch (error.code) {
    case 'not-found':
      return new Error('There is no such order.');
    case 'wrong-state':
      return new Error('This order does not wait for a decision about a name.');
    case 'unavailable':
      return new Error(
        `Still in no font: ${String(error.detail['glyphs'])}. Put one that has it into ${folder}.`,
      );
    default:
      return error;
  }
};

const decide =
  (word: 'approve' | 'reject'): Command['run'] =>
  (environment, given) =>
    withDatabase(environment, async ({ db }) => {
      const byHand = word === 'approve' && given.includes('--by-hand');
      const words = given.filter((one) => one !== '--by-hand');
      const orderNumber = readSubject(`names ${word}`, words, 'the order by its number');
      const { by, reason } = readDecision(`names ${word}`, words);
      const decision = { decision: byHand ? 'by-hand' : word, actor: `staff:${by}`, reason } as const;
      const dependencies = await dependenciesOf(environment, db);
      const settled = await settleNames(dependencies, orderNumber, decision).catch((error: unknown) => {
        throw inWords(error, environment);
      });
      console.log(`${orderNumber} is now ${settled.state}; its owner has been told by mail.`);
    });

/** `akashi names …`: names that the fonts cannot print (docs/names.md). */
export const NAME_COMMANDS: Commands = {
  'names list': {
    about: 'orders that wait because no font prints their name, the most urgent first',
    run: (environment) =>
      withDatabase(environment, async ({ db }) => {
        const waiting = await listNamesWaiting(await dependenciesOf(environment, db));
        for (const { order, glyphs, stillMissing } of waiting) {
          const answer = stillMissing.length === 0 ? 'can be printed now' : 'in no font';
          const until = order.namesDeadline?.toString() ?? '';
          console.log(
            [order.orderNumber, `until ${until}`, glyphs.map(spellGlyph).join(', '), answer].join('  '),
          );
        }
        if (waiting.length === 0) console.log('No name waits.');
      }),
  },
  'names approve': {
    takes: `<order> [--by-hand] ${WHO_AND_WHY}`,
    about: 'the font folder has it now; or, by hand, the office makes the certificate itself',
    run: decide('approve'),
  },
  'names reject': {
    takes: `<order> ${WHO_AND_WHY}`,
    about: 'take its certificates out of the order; the reason is mailed',
    run: decide('reject'),
  },
};
