import { parseArgs } from 'node:util';
import type { OpenDatabase } from '#platform/database/database.ts';
import type { Environment } from '#src/config.ts';
import { openOwnDatabase } from '../compose/database.ts';

/** One command of `akashi`: what stands after its name, what it is for, and what it does. */
export type Command = {
  readonly takes?: string;
  readonly about: string;
  readonly run: (environment: Environment, words: string[]) => Promise<void>;
};

/** The commands of one area, by their names of up to three words. */
export type Commands = Readonly<Record<string, Command>>;

type Work = (database: OpenDatabase) => Promise<void>;

/** Runs `work` on the database of the environment and lets go of it, whatever happens. */
export const withDatabase = async (environment: Environment, work: Work): Promise<void> => {
  const database = await openOwnDatabase(environment);
  await work(database).finally(() => database.release());
};

const DECISION = {
  by: { type: 'string' },
  second: { type: 'string' },
  reason: { type: 'string' },
  hurry: { type: 'boolean' },
} as const;

/** How the usage names what `readDecision` reads. */
export const WHO_AND_WHY = '--by <name> --reason <why>';

/** Who decides and why: every command that acts for a person asks for both. */
export const readDecision = (command: string, words: readonly string[]): { by: string; reason: string } => {
  const { by = '', reason = '' } = parseArgs({
    args: [...words],
    options: DECISION,
    allowPositionals: true,
  }).values;
  if (by.trim() === '' || reason.trim() === '') {
    throw new Error(`${command}: say who and why with ${WHO_AND_WHY}`);
  }
  return { by: by.trim(), reason: reason.trim() };
};

/** The second person of an act that needs two. */
export const readSecond = (command: string, words: readonly string[]): string => {
  const { second = '' } = parseArgs({ args: [...words], options: DECISION, allowPositionals: true }).values;
  if (second.trim() === '') throw new Error(`${command}: name the second person with --second <other name>`);
  return second.trim();
};

/** Whether a command is to do now what it would rather have waited for. */
export const readHurry = (words: readonly string[]): boolean =>
  parseArgs({ args: [...words], options: DECISION, allowPositionals: true }).values.hurry ?? false;

/** The words of a command that belong to no option. */
export const readWords = (words: readonly string[]): string[] =>
  parseArgs({ args: [...words], options: DECISION, allowPositionals: true }).positionals;

/** What a command is about: its first word that belongs to no option. */
export const readSubject = (command: string, words: readonly string[], noun: string): string => {
  const [subject] = readWords(words);
  if (subject === undefined) throw new Error(`${command}: name ${noun}`);
  return subject;
};

const COLUMN = 34;

/** One or two lines of the usage: the command, then what it is for. */
export const usageOf = (name: string, { takes = '', about }: Omit<Command, 'run'>): string => {
  const call = ['akashi', name, takes].filter((part) => part !== '').join(' ');
  return call.length < COLUMN ? `${call.padEnd(COLUMN)}${about}` : `${call}\n${' '.repeat(COLUMN)}${about}`;
};
