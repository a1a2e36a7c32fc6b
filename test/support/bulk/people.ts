import { sql } from 'kysely';
import { SESSION_COOKIE } from '#features/sign-in/session.ts';
import { createSession } from '#features/sign-in/session-store.ts';
import type { Parts } from '#src/compose/parts.ts';
import type { Platform } from '#src/compose/platform.ts';
import { seeded } from '#test/support/seeded.ts';
import type { Held } from './journeys.ts';
import { studentsWith, WAITING_EVERY } from './journeys.ts';

export type Person = { readonly cookie: string; readonly accountId: string; readonly enrolmentId: string };
export type Ticket = { readonly printNumber: string; readonly orderNumber: string; readonly cookie: string };

const openSession = async (
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  accountId: string,
  personId: string,
): Promise<string> => {
  const now = clock.now();
  const facts = { accountId, personId, userAgent: 'bulk', authnContext: '', signedInAt: now, now };
  return `${SESSION_COOKIE}=${await createSession(db, facts)}`;
};

/** So many people anywhere among those who ordered before, each signed in. */
export const signInSome = async (platform: Platform, held: Held, count: number): Promise<Person[]> => {
  const anyone = seeded(held.certificates);
  const people: Person[] = [];
  for (let place = 0; place < count; place += 1) {
    const student = 1 + anyone(studentsWith(held));
    const { rows } = await sql<{ account: string; person: string; enrolment: string }>`
      select md5('account' || ${student}::text)::uuid as account, md5('person' || ${student}::text)::uuid as person,
        md5('enrolment' || ${student}::text)::uuid as enrolment`.execute(platform.db);
    const { account = '', person = '', enrolment = '' } = rows[0] ?? {};
    const cookie = await openSession(platform, account, person);
    people.push({ cookie, accountId: account, enrolmentId: enrolment });
  }
  return people;
};

/** Some of the orders that wait at the copiers, with numbers given anew so that they are known, their owners signed in. */
export const giveTickets = async (
  platform: Platform,
  { printing: { secrets } }: Parts,
  {
    certificates,
    takenOver = 0,
    old = 0,
    count,
    pin,
  }: Held & { readonly count: number; readonly pin: string },
): Promise<Ticket[]> => {
  const { db } = platform;
  const before = Math.floor((takenOver + old) / WAITING_EVERY);
  const waiting = Math.floor(certificates / WAITING_EVERY) - before;
  const anyOf = seeded(certificates + 1);
  const tickets: Ticket[] = [];
  for (let place = 0; place < Math.min(count, waiting); place += 1) {
    const n = WAITING_EVERY * (before + 1 + anyOf(waiting));
    const printNumber = String(100_000_000_000 + n);
    const { rows } = await sql<{ id: string; number: string; account: string; person: string }>`
      select j.id, o.order_number as number, o.account_id as account, o.person_id as person
      from print_job j join certificate_order o on o.id = j.order_id
      where j.id = md5('job' || ${n}::text)::uuid`.execute(db);
    const { id = '', number = '', account = '', person = '' } = rows[0] ?? {};
    await db
      .updateTable('print_job')
      .set({
        number_index: secrets.indexOf(printNumber),
        secrets: secrets.seal(id, { printNumber, pin }),
      })
      .where('id', '=', id)
      .execute();
    tickets.push({ printNumber, orderNumber: number, cookie: await openSession(platform, account, person) });
  }
  return tickets;
};
