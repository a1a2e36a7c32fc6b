import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { KyselyPlugin } from 'kysely';
import { importRegister } from '#features/register/index.ts';
import { systemClock } from '#platform/clock.ts';
import { openLog } from '#platform/log.ts';
import type { Parts } from '#src/compose/parts.ts';
import { openParts } from '#src/compose/parts.ts';
import type { Platform } from '#src/compose/platform.ts';
import { openUniversityServiceProvider } from '#src/compose/service-provider.ts';
import { loadUniversity, readEnvironment } from '#src/config.ts';
import { withDatabase } from '#test/support/database.ts';

export const UNIVERSITY_FOLDER = resolve(import.meta.dirname, '../../config/demo');

/** Runs `work` in a folder that is removed afterwards. */
export const withFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-bench-'));
  await work(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
};

/**
 * The service's own parts, as the start puts them together, on a fresh database with the sample register; `plugin` sees
 * every statement of theirs. `server` is the address of a database server other than the tests'.
 */
export const withAkashi = (
  work: (platform: Platform, parts: Parts) => Promise<void>,
  { plugin, server }: { readonly plugin?: KyselyPlugin; readonly server?: string } = {},
): Promise<void> =>
  withFolder((dataFolder) =>
    withDatabase(
      async ({ db: plain, url }) => {
        const db = plugin === undefined ? plain : plain.withPlugin(plugin);
        const clock = systemClock;
        const environment = readEnvironment(
          { DATABASE_URL: url, AKASHI_DATA: dataFolder, AKASHI_CONFIG: UNIVERSITY_FOLDER },
          'development',
        );
        const university = await loadUniversity(UNIVERSITY_FOLDER);
        const log = openLog('silent');
        const serviceProvider = await openUniversityServiceProvider(university, { environment, clock, log });
        await importRegister(plain, { folder: join(UNIVERSITY_FOLDER, 'register'), clock });
        const platform = { db, clock, log, environment, university, serviceProvider };
        const parts = await openParts(platform);
        try {
          await work(platform, parts);
        } finally {
          parts.close();
          await serviceProvider.close();
        }
      },
      { own: server },
    ),
  );

/** An account with a verified address, as a first sign-in and the mail address setting leave it. */
export const addAccount = async ({ db, clock, university }: Platform, principal: string): Promise<string> => {
  const now = clock.now();
  const row = await db
    .insertInto('account')
    .values({
      identity_provider: 'https://bench.example/metadata',
      principal_name: principal,
      mail_address: `${principal}@bench.example`,
      mail_verified_at: now,
      terms_version: university.legal.terms.version,
      terms_accepted_at: now,
      created_at: now,
      last_sign_in_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
};
