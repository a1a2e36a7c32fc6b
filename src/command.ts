import { parseArgs } from 'node:util';
import { readEnvironment } from '#src/config.ts';
import { CERTIFICATE_COMMANDS } from './commands/certificates.ts';
import type { Commands } from './commands/command.ts';
import { usageOf } from './commands/command.ts';
import { KEY_COMMANDS } from './commands/keys.ts';
import { MAIL_COMMANDS } from './commands/mail.ts';
import { NAME_COMMANDS } from './commands/names.ts';
import { PAYMENT_COMMANDS } from './commands/payments.ts';
import { PEOPLE_COMMANDS } from './commands/people.ts';
import { REGISTER_COMMANDS } from './commands/register.ts';
import { REPORT_COMMANDS } from './commands/reports.ts';
import { SERVICE_COMMANDS } from './commands/service.ts';
import { TRAIL_COMMANDS } from './commands/trail.ts';
import { WAITING_COMMANDS } from './commands/waiting.ts';

/** Every command, in the order in which the usage lists them. */
const COMMANDS: Commands = {
  ...SERVICE_COMMANDS,
  ...WAITING_COMMANDS,
  ...REGISTER_COMMANDS,
  ...PEOPLE_COMMANDS,
  ...NAME_COMMANDS,
  ...PAYMENT_COMMANDS,
  ...CERTIFICATE_COMMANDS,
  ...KEY_COMMANDS,
  ...MAIL_COMMANDS,
  ...REPORT_COMMANDS,
  ...TRAIL_COMMANDS,
};

/** `start` brings the development servers along and lives with them, outside src/. */
const USAGE = [
  usageOf('start', { about: 'everything on this machine, for trying it out' }),
  ...Object.entries(COMMANDS).map(([name, command]) => usageOf(name, command)),
].join('\n');

/** Runs the command that `words` begin with; unknown ones get the list. */
export const runCommand = async (words: readonly string[]): Promise<void> => {
  const { positionals } = parseArgs({ args: [...words], strict: false, allowPositionals: true });
  const name = [3, 2, 1]
    .map((count) => positionals.slice(0, count).join(' '))
    .find((candidate) => candidate in COMMANDS);
  const command = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || command === undefined) {
    console.log(USAGE);
    process.exitCode = words.length === 0 ? 0 : 1;
    return;
  }
  const mode = process.env['NODE_ENV'] === 'production' ? 'production' : 'development';
  const rest = words.slice(name.split(' ').length);
  try {
    await command.run(readEnvironment(process.env, mode), rest);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
};
