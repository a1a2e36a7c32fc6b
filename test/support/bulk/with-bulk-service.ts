import type { Hono } from 'hono';
import { sql } from 'kysely';
import type { AppEnv } from '#features/http.tsx';
import { publishCheckpoint } from '#features/transparency-log/index.ts';
import { manualClock } from '#platform/clock.ts';
import { carryOutRetention } from '#src/compose/carry-out-retention.ts';
import type { Parts } from '#src/compose/parts.ts';
import type { Platform } from '#src/compose/platform.ts';
import { composeWeb } from '#src/compose/web.tsx';
import { insertManyAccounts, insertManyStudents } from '#test/support/many-students.ts';
import type { Bulk } from './bulk-certificates.ts';
import { withBulk } from './bulk-certificates.ts';
import { printOneCertificate } from './model-journey.ts';

/** The whole web on a database that can be filled; the one certificate in it, of student 0, was made and printed really. */
export const withBulkService = async (
  platform: Platform,
  parts: Parts,
  work: (service: Bulk & { readonly app: Hono<AppEnv> }) => Promise<void>,
  onFilled?: (certificates: number) => void,
): Promise<void> => {
  const { db, clock, university } = platform;
  const app = await composeWeb(platform, parts);
  const termsVersion = university.legal.terms.version;
  const account = { identityProvider: 'https://bulk.example/metadata', termsVersion, now: clock.now() };
  // What watches the statements of the service is not to see these.
  const unwatched = db.withoutPlugins();
  await insertManyStudents(unwatched, { from: 0, count: 0, grades: 'none' });
  await insertManyAccounts(unwatched, { from: 0, to: 0, ...account });
  const { rows } = await sql<{ accountId: string; personId: string; enrolmentId: string }>`
    select md5('account0')::uuid as "accountId", md5('person0')::uuid as "personId",
      md5('enrolment0')::uuid as "enrolmentId"`.execute(db);
  if (rows[0] === undefined) throw new Error('no student');
  await printOneCertificate(platform, parts, { app, ...rows[0] });
  const growOld = async (): Promise<void> => {
    // Its mail has left meanwhile.
    await sql`update mail_outbox set state = 'sent', sent_at = queued_at, next_try_at = null`.execute(db);
    const days = Math.max(...university.retention.map(({ days: kept }) => kept ?? 0));
    const later = manualClock(
      clock
        .now()
        .add({ hours: 24 * (days + 1) })
        .toString(),
    );
    await carryOutRetention({ db, clock: later }, university.retention);
  };
  await withBulk(db, { ...account, growOld, onFilled }, ({ growTo }) =>
    work({
      app,
      growTo: async (certificates, growth) => {
        await growTo(certificates, growth);
        await publishCheckpoint(parts.transparency.publish);
      },
    }),
  );
};
