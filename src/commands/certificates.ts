import { writeFile } from 'node:fs/promises';
import type { OfficeReason } from '#domain/certificate/withdrawal.ts';
import { OFFICE_REASONS } from '#domain/certificate/withdrawal.ts';
import {
  listWaiting,
  makeCalibrationSheet,
  readHalt,
  setHalt,
  showCertificate,
  withdrawCertificate,
} from '#features/issuance/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Command, Commands } from './command.ts';
import { readDecision, readSecond, readSubject, WHO_AND_WHY, withDatabase } from './command.ts';

type OfficeAct = (db: Database, words: string[]) => Promise<void>;

const serialFrom = (command: string, words: readonly string[]): string =>
  readSubject(command, words, 'the serial, such as 7KQ2-MX4T-9C3B').toUpperCase();

const isOfficeReason = (text: string): text is OfficeReason => OFFICE_REASONS.includes(text as OfficeReason);

/** Withdraws a certificate in all its forms. */
export const withdraw =
  (status: 'void' | 'superseded'): OfficeAct =>
  async (db, words) => {
    const command = status === 'void' ? 'certificates void' : 'certificates supersede';
    const serial = serialFrom(command, words);
    const { by, reason } = readDecision(command, words);
    if (!isOfficeReason(reason)) throw new Error(`--reason is one of ${OFFICE_REASONS.join(', ')}`);
    const second = readSecond(command, words);
    const request = { serial, status, reason, by, second };
    const count = await withdrawCertificate({ db, clock: systemClock }, request);
    console.log(`${serial} is ${status}: ${count} impression(s).`);
  };

/** Stops issuing everywhere, or starts it again. */
export const halt =
  (halted: boolean): OfficeAct =>
  async (db, words) => {
    const decision = readDecision(halted ? 'halt on' : 'halt off', words);
    await setHalt(db, { halted, ...decision, at: systemClock.now() });
    console.log(halted ? 'Issuing stands still. Orders wait.' : 'Issuing goes on.');
  };

/** Every impression of a certificate and what has become of it. */
export const show: OfficeAct = async (db, words) => {
  for (const one of await showCertificate(db, serialFrom('certificates show', words))) {
    const why = one.since === null ? '' : ` (${one.reason}, since ${one.since.toString()})`;
    console.log(`${one.serial} /${one.impression}  No. ${one.number}  ${one.state}  ${one.status}${why}`);
  }
};

const showHalt: OfficeAct = async (db) => {
  const found = await readHalt(db);
  const state = found?.halted ? 'Issuing stands still' : 'Issuing goes on';
  console.log(found === null ? `${state}.` : `${state}: ${found.by}, ${found.reason}, ${found.since}.`);
};

const listUnarchived: OfficeAct = async (db) => {
  for (const { documentId, level, keptAt, attempts, problem } of await listWaiting(db))
    console.log(JSON.stringify({ documentId, level, keptAt, attempts, problem }));
};

const onDatabase =
  (act: OfficeAct): Command['run'] =>
  (environment, words) =>
    withDatabase(environment, ({ db }) => act(db, words));

const WITHDRAWAL = '<serial> --by <name> --second <other name> --reason <reason>';

/** What the office does with certificates by command: each act names who, and why. */
export const CERTIFICATE_COMMANDS: Commands = {
  'certificates show': {
    takes: '<serial>',
    about: 'every impression and what has become of it',
    run: onDatabase(show),
  },
  'certificates void': {
    takes: WITHDRAWAL,
    about: `withdraw a certificate in all its forms; reasons: ${OFFICE_REASONS.join(', ')}`,
    run: onDatabase(withdraw('void')),
  },
  'certificates supersede': {
    takes: WITHDRAWAL,
    about: 'the same, where another certificate takes its place',
    run: onDatabase(withdraw('superseded')),
  },
  'halt on': { takes: WHO_AND_WHY, about: 'stop issuing everywhere', run: onDatabase(halt(true)) },
  'halt off': { takes: WHO_AND_WHY, about: 'start it again', run: onDatabase(halt(false)) },
  'halt status': { about: 'whether issuing stands still, since when and why', run: onDatabase(showHalt) },
  'documents waiting': {
    about: 'kept documents without a long-term signature yet, and why',
    run: onDatabase(listUnarchived),
  },
  'calibration-sheet': {
    takes: '<file>',
    about: "a PDF for choosing the copy guard's dots",
    run: async ({ universityFolder }, words) => {
      const file = readSubject('calibration-sheet', words, 'the PDF to write');
      await writeFile(file, await makeCalibrationSheet(universityFolder));
    },
  },
};
