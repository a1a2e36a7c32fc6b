import type { Draft } from '#domain/order/draft.ts';
import type { PersonRecord } from '#domain/person/person.ts';
import type { Session } from '#features/sign-in/index.ts';
import { together } from '#platform/database/database.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { readDraft } from './draft-store.ts';

/** Somebody's draft, and what the register says of them: what every page of an order begins with. */
export const readForPage = (
  { db, clock, register }: Pick<OrderingDependencies, 'db' | 'clock' | 'register'>,
  { accountId, personId }: Pick<Session, 'accountId' | 'personId'>,
): Promise<[Draft, PersonRecord]> =>
  together(db, (one) =>
    Promise.all([readDraft(one, accountId), register.readRecentRecord(personId, clock.now(), one)]),
  );
