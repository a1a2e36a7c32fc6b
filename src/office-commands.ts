import { parseArgs } from 'node:util';
import type { OfficeReason } from '#domain/certificate/withdrawal.ts';
import { OFFICE_REASONS } from '#domain/certificate/withdrawal.ts';
import { readHalt, setHalt, showCertificate, withdrawCertificate } from '#features/issuance/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';

/** What the office does by command until it has a console: each act names who, and why. */
export const OFFICE_USAGE = `akashi certificates show <serial>
akashi certificates void <serial> --by <name> --second <other name> --reason <reason>
akashi certificates supersede <serial> --by <name> --second <other name> --reason <reason>
                                  withdraw a certificate in all its forms; reasons: ${OFFICE_REASONS.join(', ')}
akashi halt on|off --by <name> --reason <text>
akashi halt status                stop issuing everywhere, and start again`;

type OfficeCommand = (db: Database, words: string[]) => Promise<void>;

const OPTIONS = { by: { type: 'string' }, second: { type: 'string' }, reason: { type: 'string' } } as const;

const readWords = (words: string[]) => {
  const { positionals, values } = parseArgs({ args: words, options: OPTIONS, allowPositionals: true });
  const given = (name: keyof typeof OPTIONS): string => {
    const value = values[name]?.trim();
    if (!value) throw new Error(`--${name} is needed`);
    return value;
  };
  const first = positionals[0];
  return { first, given };
};

const serialFrom = (first: string | undefined): string => {
  if (first === undefined) throw new Error('name the serial, such as 7KQ2-MX4T-9C3B');
  return first.toUpperCase();
};

const isOfficeReason = (text: string): text is OfficeReason => OFFICE_REASONS.includes(text as OfficeReason);

const withdraw =
  (status: 'void' | 'superseded'): OfficeCommand =>
  async (db, words) => {
    const { first, given } = readWords(words);
    const serial = serialFrom(first);
    const reason = given('reason');
    if (!isOfficeReason(reason)) throw new Error(`--reason is one of ${OFFICE_REASONS.join(', ')}`);
    const [by, second] = [given('by'), given('second')];
    const count = await withdrawCertificate(
      { db, clock: systemClock },
      { serial, status, reason, by, second },
    );
    console.log(`${serial} is ${status}: ${count} impression(s).`);
  };

const halt =
  (halted: boolean): OfficeCommand =>
  async (db, words) => {
    const { given } = readWords(words);
    await setHalt(db, { halted, by: given('by'), reason: given('reason'), at: systemClock.now() });
    console.log(halted ? 'Issuing stands still. Orders wait.' : 'Issuing goes on.');
  };

export const OFFICE_COMMANDS: Readonly<Record<string, OfficeCommand>> = {
  'certificates show': async (db, words) => {
    for (const one of await showCertificate(db, serialFrom(readWords(words).first))) {
      const why = one.since === null ? '' : ` (${one.reason}, since ${one.since.toString()})`;
      console.log(`${one.serial} /${one.impression}  No. ${one.number}  ${one.state}  ${one.status}${why}`);
    }
  },
  'certificates void': withdraw('void'),
  'certificates supersede': withdraw('superseded'),
  'halt on': halt(true),
  'halt off': halt(false),
  'halt status': async (db) => {
    const found = await readHalt(db);
    const state = found?.halted ? 'Issuing stands still' : 'Issuing goes on';
    console.log(found === null ? `${state}.` : `${state}: ${found.by}, ${found.reason}, ${found.since}.`);
  },
};
