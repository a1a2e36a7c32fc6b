import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findFreePorts } from '#dev/ports.ts';
import { importRegister } from '#features/register/index.ts';
import type { Clock } from '#platform/clock.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { openDatabase } from '#platform/database/database.ts';
import { openLog } from '#platform/log.ts';
import type { University } from '#src/config.ts';
import { loadUniversity, readEnvironment } from '#src/config.ts';
import type { Akashi } from '#src/main.ts';
import { startAkashi } from '#src/main.ts';
import { withDatabase } from './database.ts';

export const CONFIGURATION = resolve(import.meta.dirname, '../../config/demo');

export type TestService = {
  /** Where it listens; `baseUrl` is what people see, another one behind a proxy. */
  readonly address: string;
  readonly baseUrl: string;
  readonly db: Database;
  /** Of the database. */
  readonly url: string;
  readonly dataFolder: string;
  readonly routes: Akashi['routes'];
};

export type TestServiceOptions = {
  /** What differs from the sample university, its identity providers above all. */
  readonly university: Partial<University>;
  readonly clock?: Clock;
  /** The public address, where it is not the one the service listens at. */
  readonly baseUrl?: string;
  readonly port?: number;
  /** Made before the start where something must lie in it. */
  readonly dataFolder?: string;
};

/** Runs `work` beside the whole service over HTTP, on a fresh database with the sample register, without jobs. */
export const withService = async (
  options: TestServiceOptions,
  work: (service: TestService) => Promise<void>,
): Promise<void> => {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'akashi-service-'));
  const port = options.port ?? (await findFreePorts()).service;
  const address = `http://localhost:${port}`;
  const baseUrl = options.baseUrl ?? address;
  const clock = options.clock ?? systemClock;
  await withDatabase(async ({ db, url }) => {
    await importRegister(db, { folder: join(CONFIGURATION, 'register'), clock });
    const environment = readEnvironment(
      {
        DATABASE_URL: url,
        AKASHI_BASE_URL: baseUrl,
        AKASHI_HOST: 'localhost',
        AKASHI_PORT: String(port),
        AKASHI_DATA: dataFolder,
        AKASHI_CONFIG: CONFIGURATION,
      },
      'development',
    );
    const university = { ...(await loadUniversity(CONFIGURATION)), ...options.university };
    const log = openLog('silent');
    const akashi = await startAkashi({
      environment,
      university,
      clock,
      log,
      database: openDatabase(url),
      web: true,
      worker: false,
    });
    try {
      await work({ address, baseUrl, db, url, dataFolder, routes: akashi.routes });
    } finally {
      await akashi.close();
    }
  });
  rmSync(dataFolder, { recursive: true, force: true });
};
