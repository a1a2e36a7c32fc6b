import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerCorrection, listOpenCorrections } from '#features/corrections/index.ts';
import { listWaiting, makeCalibrationSheet } from '#features/issuance/index.ts';
import { listPeopleWithOrders } from '#features/ordering/index.ts';
import { PAYMENT_COMMANDS } from '#features/payment/index.ts';
import {
  describePlan,
  importRegister,
  planImport,
  readRegisterFiles,
  undoImport,
} from '#features/register/index.ts';
import { ROTATION_STEPS, releaseName, rotateServiceProviderKeys } from '#features/sign-in/index.ts';
import { verifyAuditTrail } from '#platform/audit/audit.ts';
import { systemClock } from '#platform/clock.ts';
import { openLog } from '#platform/log.ts';
import type { Environment } from '#src/config.ts';
import { loadUniversity, readEnvironment } from '#src/config.ts';
import { LOG_USAGE, logCommands } from './log-commands.ts';
import { mailCommands } from './mail-commands.ts';
import { openOwnDatabase, startAkashi } from './main.ts';
import { OFFICE_COMMANDS, OFFICE_USAGE } from './office-commands.ts';
import { choosePaymentProviders } from './payment-provider.ts';

const USAGE = `akashi start                      everything on this machine, for trying it out
akashi serve [--no-worker]        the service (web, and background jobs unless told otherwise)
akashi work                       background jobs only
akashi migrate                    bring the database up to date
akashi mail test <address>        hand a test mail to the relay and print its answer
akashi mail records               print the DNS records for signatures and delivery reports
akashi mail-address show|cancel <principal name> --by <name> --reason <why>
                                  see or cancel a pending request for a mail address
akashi audit forget <subject> --by <name> --reason <why>
                                  erase the key of a person's values in the audit trail
akashi register import <folder> [--dry-run]
                                  import the register from CSV files, or say line by line what that would do
akashi register undo --by <name> --reason <why>
                                  undo the last import as a whole
akashi account release <provider> <user name> --by <name> --reason <why>
                                  give a reassigned user name to its new owner
akashi documents waiting          kept documents without a long-term signature yet, and why
akashi keys saml <prepare|switch|retire>
                                  change the SAML keys, step by step (docs/sign-in.md)
akashi calibration-sheet <file>   a PDF for choosing the copy guard's dots
akashi corrections list           requests to correct the register that wait for an answer
akashi corrections answer <number> --by <name> --reason <answer>
                                  answer one; the answer is mailed to the person
akashi audit verify               check the whole chain of the audit trail
${LOG_USAGE}
akashi payments late list         money that came after its deadline and waits for a decision
akashi payments late accept|return <order> --by <name> --reason <text>
akashi payments refund-out-of-band <order> --by <name> --second <name> --reason <text>
akashi payments reconcile         book the company's payouts and report what does not add up yet
${OFFICE_USAGE}`;

type Command = (environment: Environment, words: string[]) => Promise<void>;

const withDatabase = async (
  environment: Environment,
  work: (database: Awaited<ReturnType<typeof openOwnDatabase>>) => Promise<void>,
): Promise<void> => {
  const database = await openOwnDatabase(environment);
  await work(database).finally(() => database.release());
};

/** Who decides and why: every command that acts for a person asks for both. */
const readDecision = (command: string, words: readonly string[]): { by: string; reason: string } => {
  const options = { by: { type: 'string' }, reason: { type: 'string' } } as const;
  const { by = '', reason = '' } = parseArgs({ args: [...words], options, allowPositionals: true }).values;
  if (by.trim() === '' || reason.trim() === '') {
    throw new Error(`${command}: say who and why with --by <name> --reason <why>`);
  }
  return { by, reason };
};

/** Acts on money by a person at the command line, with the payment company of the environment. */
const paymentCommand =
  (name: string): Command =>
  (environment, words) =>
    withDatabase(environment, async ({ db }) => {
      const university = await loadUniversity(environment.universityFolder);
      const dependencies = {
        db,
        clock: systemClock,
        log: openLog('warn'),
        baseUrl: environment.baseUrl,
        universityName: { ja: university.nameJa, en: university.nameEn },
        cashDays: university.deadlines.paymentDays,
        ...choosePaymentProviders(environment),
      };
      console.log(await PAYMENT_COMMANDS[name]?.(dependencies, words));
    });

/** Stops cleanly on the first Ctrl-C or TERM; a second one ends at once. */
export const stopOnSignal = (close: () => Promise<void>): void => {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void close().then(() => process.exit(0));
    });
  }
};

const run = async (environment: Environment, parts: { web: boolean; worker: boolean }): Promise<void> => {
  const university = await loadUniversity(environment.universityFolder);
  const log = openLog(environment.variables['AKASHI_LOG'] ?? 'info');
  const database = await openOwnDatabase(environment);
  const akashi = await startAkashi({ environment, university, clock: systemClock, log, database, ...parts });
  log.info({ url: akashi.url, ...parts }, 'started');
  stopOnSignal(akashi.close);
};

const COMMANDS: Readonly<Record<string, Command>> = {
  ...mailCommands(withDatabase, readDecision),
  ...logCommands(withDatabase),
  ...Object.fromEntries(Object.keys(PAYMENT_COMMANDS).map((name) => [name, paymentCommand(name)])),
  serve: (environment, words) => run(environment, { web: true, worker: !words.includes('--no-worker') }),
  work: (environment) => run(environment, { web: false, worker: true }),
  migrate: (environment) => withDatabase(environment, async () => console.log('The database is up to date.')),
  'register import': (environment, words) =>
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
  'register undo': (environment, words) =>
    withDatabase(environment, async ({ db }) => {
      const decision = readDecision('register undo', words);
      const findPeopleInUse = listPeopleWithOrders;
      const at = await undoImport(db, { ...decision, clock: systemClock, findPeopleInUse });
      console.log(`The import of ${at.toString()} has been undone.`);
    }),
  'account release': (environment, words) =>
    withDatabase(environment, async ({ db }) => {
      const [identityProvider = '', principalName = ''] = words;
      const decision = readDecision('account release', words);
      const name = { identityProvider, principalName, ...decision };
      if (!(await releaseName({ db, clock: systemClock }, name)))
        throw new Error(`account release: no account of ${identityProvider} is named ${principalName}`);
      console.log('Released. The next sign-in under this name opens a new account.');
    }),
  'keys saml': async ({ dataFolder }, [step]) => {
    const known = ROTATION_STEPS.find((name) => name === step);
    if (known === undefined) throw new Error(`keys saml: say one of ${ROTATION_STEPS.join(', ')}`);
    await rotateServiceProviderKeys(join(dataFolder, 'keys'), known, systemClock);
    console.log(
      'Done. The service takes it at its next start; then give its metadata to the providers again.',
    );
  },
  'calibration-sheet': async ({ universityFolder }, words) => {
    const file = words[0];
    if (file === undefined) throw new Error('calibration-sheet: name the PDF to write');
    await writeFile(file, await makeCalibrationSheet(universityFolder));
  },
  'documents waiting': (environment) =>
    withDatabase(environment, async ({ db }) => {
      for (const { documentId, level, keptAt, attempts, problem } of await listWaiting(db))
        console.log(JSON.stringify({ documentId, level, keptAt, attempts, problem }));
    }),
  'corrections list': (environment) =>
    withDatabase(environment, async ({ db }) => {
      for (const { requestNumber, at, matter, details } of await listOpenCorrections(db)) {
        console.log([requestNumber, at.toString(), matter, JSON.stringify(details)].join('  '));
      }
    }),
  'corrections answer': (environment, words) =>
    withDatabase(environment, async ({ db }) => {
      const decision = readDecision('corrections answer', words);
      const requestNumber = words[0] ?? '';
      await answerCorrection(db, systemClock, { requestNumber, ...decision });
      console.log(`${requestNumber} has been answered.`);
    }),
  'audit verify': (environment) =>
    withDatabase(environment, async ({ db }) => {
      const { checked, broken } = await verifyAuditTrail(db);
      console.log(
        broken === null
          ? `${checked} events, all in order.`
          : `Broken at ${broken}; ${checked} in order before.`,
      );
      if (broken !== null) process.exitCode = 1;
    }),
};

const ALL: Readonly<Record<string, Command>> = {
  ...COMMANDS,
  ...Object.fromEntries(
    Object.entries(OFFICE_COMMANDS).map(([name, act]): [string, Command] => [
      name,
      (environment, words) => withDatabase(environment, ({ db }) => act(db, words)),
    ]),
  ),
};

/** Runs the command that `words` begin with; unknown ones get the list. */
export const runCommand = async (words: readonly string[]): Promise<void> => {
  const { positionals } = parseArgs({ args: [...words], strict: false, allowPositionals: true });
  const name = [3, 2, 1]
    .map((count) => positionals.slice(0, count).join(' '))
    .find((candidate) => candidate in ALL);
  const command = name === undefined ? undefined : ALL[name];
  if (name === undefined || command === undefined) {
    console.log(USAGE);
    process.exitCode = words.length === 0 ? 0 : 1;
    return;
  }
  const mode = process.env['NODE_ENV'] === 'production' ? 'production' : 'development';
  const rest = words.slice(name.split(' ').length);
  try {
    await command(readEnvironment(process.env, mode), rest);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
};
