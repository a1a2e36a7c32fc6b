import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Pool } from 'pg';
import { scheduleWaitingOrders } from '#features/delivery/index.ts';
import { scheduleArchiveSweep, scheduleIssuingSweep } from '#features/issuance/index.ts';
import { schedulePaymentSweep } from '#features/payment/index.ts';
import { startPublisher } from '#features/transparency-log/index.ts';
import type { Clock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database/database.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded.ts';
import { migrate } from '#platform/database/migrate.ts';
import { addJob, startWorker } from '#platform/jobs/jobs.ts';
import type { Log } from '#platform/log.ts';
import { startBounceIntake } from '#platform/mail/bounce-intake.ts';
import { scheduleMailSweep } from '#platform/mail/send-mail.ts';
import type { Environment, University } from '#src/config.ts';
import { composeJobs, startSealer } from './compose-jobs.ts';
import { composeWeb } from './compose-web.tsx';
import { openUniversityServiceProvider } from './open-service-provider.ts';
import type { Parts } from './parts.ts';
import { openParts } from './parts.ts';
import type { Platform } from './platform.ts';

export type Akashi = {
  readonly url: string;
  /** Every route of the web, so that nothing that is added can be overlooked. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  close: () => Promise<void>;
};

export type AkashiOptions = {
  readonly environment: Environment;
  readonly university: University;
  readonly clock: Clock;
  readonly log: Log;
  readonly web: boolean;
  readonly worker: boolean;
  /** Opened by the caller; `close` of the service closes it too. */
  readonly database: OwnDatabase;
};

const MIGRATIONS = resolve(import.meta.dirname, '../migrations');

export type OwnDatabase = Awaited<ReturnType<typeof openOwnDatabase>>;

/** The database of the environment: the given server, or our own, started or adopted under the data folder. */
export const openOwnDatabase = async (environment: Pick<Environment, 'dataFolder' | 'databaseUrl'>) => {
  const folder = join(environment.dataFolder, 'postgres');
  const embedded = environment.databaseUrl === undefined ? await startEmbeddedPostgres(folder) : undefined;
  const url = environment.databaseUrl ?? embedded?.url ?? '';
  await migrate(url, MIGRATIONS);
  const database = openDatabase(url, 16);
  const close = async (): Promise<void> => {
    await database.close();
    await embedded?.stop();
  };
  /** For a command: a server that was running before it goes on running. */
  const release = (): Promise<void> => (embedded?.adopted === true ? database.close() : close());
  return { ...database, url, close, release };
};

/** Brings the service up: configuration → platform → features → web and worker; `close` takes it down in reverse. */
export const startAkashi = async (options: AkashiOptions): Promise<Akashi> => {
  const { environment, university, clock, log, database } = options;
  const serviceProvider = await openUniversityServiceProvider(university, { environment, clock, log });
  const platform = { db: database.db, clock, log, environment, university, serviceProvider };
  const parts = await openParts(platform);
  const templates = await beginTemplateCheck(platform, parts);
  const worker = options.worker ? await startWork(database.pool, platform, parts) : undefined;
  const web = options.web ? await composeWeb(platform, parts) : undefined;
  const server = web === undefined ? undefined : createServer(getRequestListener(web.fetch));
  if (server !== undefined) {
    server.requestTimeout = 30_000;
    server.listen(environment.port, environment.host);
    await once(server, 'listening');
  }
  templates.listening();
  const port = (server?.address() as AddressInfo | null | undefined)?.port ?? environment.port;
  return {
    url: environment.baseUrl || `http://localhost:${port}`,
    routes: (web?.routes ?? []).map(({ method, path }) => ({ method, path })),
    close: async () => {
      templates.stop();
      server?.closeIdleConnections();
      if (server !== undefined) await new Promise<void>((done) => server.close(() => done()));
      await worker?.stop();
      await serviceProvider.close();
      parts.close();
      await database.close();
    },
  };
};

/**
 * Typesets a specimen of every type. In production before the first request, so that a service whose certificates cannot
 * be made never replaces one whose can; in development behind the first page, which somebody is waiting for: mistakes
 * are logged.
 */
const beginTemplateCheck = async ({ environment, log }: Platform, { checkTemplates }: Parts) => {
  let stopped = false;
  if (environment.mode === 'production') await checkTemplates();
  return {
    listening: (): void => {
      if (environment.mode === 'production') return;
      checkTemplates().catch((error: unknown) => {
        if (!stopped) log.error({ error: String(error) }, 'a template has mistakes');
      });
    },
    stop: (): void => {
      stopped = true;
    },
  };
};

/** Background work: jobs, what recurs among them, and the sealer of the audit trail. */
const startWork = async (
  pool: Pool,
  platform: Platform,
  parts: Parts,
): Promise<{ stop: () => Promise<void> }> => {
  const worker = await startWorker(pool, composeJobs(platform, parts), platform.log);
  await schedulePaymentSweep(platform.db, platform.clock.now());
  await scheduleMailSweep(platform.db);
  await scheduleIssuingSweep(platform.db);
  await scheduleArchiveSweep(platform.db);
  await scheduleWaitingOrders(platform.db);
  await addJob(platform.db, 'sweep-sign-in', {}, { key: 'sweep-sign-in' });
  await addJob(platform.db, 'carry-out-retention', {}, { key: 'carry-out-retention' });
  const sealer = startSealer(platform);
  const publisher = startPublisher(parts.transparency.publish);
  const { returnPaths } = parts.mail;
  const { reportHost: host, reportPort: port } = platform.environment;
  const intake =
    returnPaths === undefined ? undefined : await startBounceIntake({ ...platform, returnPaths, host, port });
  return {
    stop: async () => {
      await intake?.close();
      await worker.stop();
      await sealer.stop();
      await publisher.stop();
    },
  };
};
