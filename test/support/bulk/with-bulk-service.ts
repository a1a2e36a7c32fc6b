import type { Hono } from 'hono';
import { sql } from 'kysely';
import type { AppEnv } from '#features/http.tsx';
import { publishCheckpoint } from '#features/transparency-log/index.ts';
import type { Parts } from '#src/compose/parts.ts';
import type { Platform } from '#src/compose/platform.ts';
import { composeWeb } from '#src/compose/web.tsx';
import { insertManyAccounts, insertManyStudents } from '#test/support/many-students.ts';
import { withBulk } from './bulk-certificates.ts';
import { printOneCertificate } from './model-journey.ts';

/** The whole web on a database that can be filled; the one certificate in it, of student 0, was made and printed really. */
export const withBulkService = async (
  platform: Platform,
  parts: Parts,
  work: (service: {
    readonly app: Hono<AppEnv>;
    readonly growTo: (certificates: number) => Promise<void>;
  }) => Promise<void>,
): Promise<void> => {
  const { db, clock, university } = platform;
  const app = await composeWeb(platform, parts);
  const termsVersion = university.legal.terms.version;
  const account = { identityProvider: 'https://bulk.example/metadata', termsVersion, now: clock.now() };
  await insertManyStudents(db, { from: 0, count: 0, grades: 'none' });
  await insertManyAccounts(db, { from: 0, to: 0, ...account });
  const { rows } = await sql<{ accountId: string; personId: string; enrolmentId: string }>`
    select md5('account0')::uuid as "accountId", md5('person0')::uuid as "personId",
      md5('enrolment0')::uuid as "enrolmentId"`.execute(db);
  if (rows[0] === undefined) throw new Error('no student');
  await printOneCertificate(platform, parts, { app, ...rows[0] });
  await withBulk(db, account, ({ growTo }) =>
    work({
      app,
      growTo: async (certificates) => {
        await growTo(certificates);
        await publishCheckpoint(parts.transparency.publish);
      },
    }),
  );
};
