import { listPeopleWithOrders } from '#features/ordering/index.ts';
import {
  describePlan,
  importRegister,
  planImport,
  readRegisterFiles,
  undoImport,
} from '#features/register/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Commands } from './command.ts';
import { readDecision, WHO_AND_WHY, withDatabase } from './command.ts';

/** `akashi register …`. */
export const REGISTER_COMMANDS: Commands = {
  'register import': {
    takes: '<folder> [--dry-run]',
    about: 'import the register from CSV files, or say line by line what that would do',
    run: (environment, words) =>
      withDatabase(environment, async ({ db }) => {
        const folder = words.find((word) => !word.startsWith('--'));
        if (folder === undefined) throw new Error('register import: name the folder with the CSV files');
        if (!words.includes('--dry-run')) {
          console.log(JSON.stringify(await importRegister(db, { folder, clock: systemClock })));
          return;
        }
        const plan = await planImport(db, { files: await readRegisterFiles(folder), clock: systemClock });
        console.log(describePlan(plan).join('\n'));
        if (plan.refusals.length > 0) process.exitCode = 1;
      }),
  },
  'register undo': {
    takes: WHO_AND_WHY,
    about: 'undo the last import as a whole',
    run: (environment, words) =>
      withDatabase(environment, async ({ db }) => {
        const decision = readDecision('register undo', words);
        const findPeopleInUse = listPeopleWithOrders;
        const at = await undoImport(db, { ...decision, clock: systemClock, findPeopleInUse });
        console.log(`The import of ${at.toString()} has been undone.`);
      }),
  },
};
