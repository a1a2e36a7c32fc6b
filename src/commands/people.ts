import { answerCorrection, listOpenCorrections } from '#features/corrections/index.ts';
import { cancelRequest, showAddress } from '#features/mail-address/index.ts';
import { releaseName } from '#features/sign-in/index.ts';
import { forgetPerson } from '#platform/audit/audit.ts';
import { systemClock } from '#platform/clock.ts';
import type { Commands } from './command.ts';
import { readDecision, readSubject, WHO_AND_WHY, withDatabase } from './command.ts';

/** What the office does for one person: accounts, mail addresses, corrections, values to be forgotten. */
export const PEOPLE_COMMANDS: Commands = {
  'account release': {
    takes: `<provider> <user name> ${WHO_AND_WHY}`,
    about: 'give a reassigned user name to its new owner',
    run: (environment, words) =>
      withDatabase(environment, async ({ db }) => {
        const [identityProvider = '', principalName = ''] = words;
        const name = { identityProvider, principalName, ...readDecision('account release', words) };
        if (!(await releaseName({ db, clock: systemClock }, name)))
          throw new Error(`account release: no account of ${identityProvider} is named ${principalName}`);
        console.log('Released. The next sign-in under this name opens a new account.');
      }),
  },
  'mail-address show': {
    takes: `<principal name> ${WHO_AND_WHY}`,
    about: 'see the pending request for a mail address',
    run: (environment, words) =>
      withDatabase(environment, async ({ db }) => {
        const decision = readDecision('mail-address show', words);
        const name = readSubject('mail-address show', words, 'the account');
        console.log(JSON.stringify(await showAddress({ db, clock: systemClock }, name, decision), null, 2));
      }),
  },
  'mail-address cancel': {
    takes: `<principal name> ${WHO_AND_WHY}`,
    about: 'cancel the pending request for a mail address',
    run: (environment, words) =>
      withDatabase(environment, async ({ db }) => {
        const decision = readDecision('mail-address cancel', words);
        const name = readSubject('mail-address cancel', words, 'the account');
        const cancelled = await cancelRequest({ db, clock: systemClock }, name, decision);
        console.log(cancelled ? 'The pending request is cancelled.' : 'Nothing was pending.');
      }),
  },
  'corrections list': {
    about: 'requests to correct the register that wait for an answer',
    run: (environment) =>
      withDatabase(environment, async ({ db }) => {
        for (const { requestNumber, at, matter, details } of await listOpenCorrections(db)) {
          console.log([requestNumber, at.toString(), matter, JSON.stringify(details)].join('  '));
        }
      }),
  },
  'corrections answer': {
    takes: '<number> --by <name> --reason <answer>',
    about: 'answer one; the answer is mailed to the person',
    run: (environment, words) =>
      withDatabase(environment, async ({ db }) => {
        const decision = readDecision('corrections answer', words);
        const requestNumber = readSubject('corrections answer', words, 'the request by its number');
        await answerCorrection(db, systemClock, { requestNumber, ...decision });
        console.log(`${requestNumber} has been answered.`);
      }),
  },
  'audit forget': {
    takes: `<subject> ${WHO_AND_WHY}`,
    about: "erase the key of a person's values in the audit trail",
    run: (environment, words) =>
      withDatabase(environment, async ({ db }) => {
        const decision = readDecision('audit forget', words);
        const subject = readSubject('audit forget', words, 'the subject');
        const erased = await forgetPerson(db, { subject, ...decision, at: systemClock.now() });
        console.log(erased ? `The values of ${subject} are gone.` : `There was no key of ${subject}.`);
      }),
  },
};
