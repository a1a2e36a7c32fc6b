import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setPriority } from 'node:os';
import { getRequestListener } from '@hono/node-server';
import type { Pool } from 'pg';
import { scheduleWaitingOrders } from '#features/delivery/index.ts';
import { scheduleArchiveSweep, scheduleIssuingSweep } from '#features/issuance/index.ts';
import { schedulePaymentSweep } from '#features/payment/index.ts';
import { publishCheckpoint } from '#features/transparency-log/index.ts';
import { sealAuditTrail } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { OpenDatabase } from '#platform/database/database.ts';
import { letHeapGrow } from '#platform/heap.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import type { Log } from '#platform/log.ts';
import { startBounceIntake } from '#platform/mail/bounce-intake.ts';
import { scheduleMailSweep } from '#platform/mail/send-mail.ts';
import { startRounds } from '#platform/rounds.ts';
import type { Environment, University } from '#src/config.ts';
import { composeJobs, OUTSIDE_PARTIES } from './compose/jobs.ts';
import type { Parts } from './compose/parts.ts';
import { openParts } from './compose/parts.ts';
import type { Platform } from './compose/platform.ts';
import { openUniversityServiceProvider } from './compose/service-provider.ts';
import { composeWeb } from './compose/web.tsx';

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
  readonly database: OpenDatabase;
};

/** Rounds of a second between those that look through the whole audit trail. */
const SEAL_WHOLE_EVERY = 86_400;

/**
 * Longer than proxies keep a connection (nginx: 60 s), so that it is they who end it: one that we end while a request is
 * on its way answers that request with nothing.
 */
const KEEP_ALIVE_MS = 75_000;

/** Niceness of a process that only works in the background. */
const BEHIND_PAGES = 5;

/** Brings the service up: configuration → platform → features → web and worker; `close` takes it down in reverse. */
export const startAkashi = async (options: AkashiOptions): Promise<Akashi> => {
  letHeapGrow();
  const { environment, university, clock, log, database } = options;
  const serviceProvider = await openUniversityServiceProvider(university, { environment, clock, log });
  const platform = { db: database.db, clock, log, environment, university, serviceProvider };
  const parts = await openParts(platform);
  const templates = await beginTemplateCheck(platform, parts);
  // Beside a process that answers people, background work takes what that one leaves; its typesetters too.
  if (options.worker && !options.web) setPriority(BEHIND_PAGES);
  const worker = options.worker ? await startWork(database.pool, platform, parts) : undefined;
  const web = options.web ? await composeWeb(platform, parts) : undefined;
  const server = web === undefined ? undefined : createServer(getRequestListener(web.fetch));
  if (server !== undefined) {
    server.requestTimeout = 30_000;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
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
      parts.letGo();
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

/** Background work: jobs, what recurs among them, the audit trail's sealer, the log's publisher, reports of mail. */
const startWork = async (
  pool: Pool,
  platform: Platform,
  parts: Parts,
): Promise<{ stop: () => Promise<void> }> => {
  const worker = await startWorker(pool, composeJobs(platform, parts), platform.log, OUTSIDE_PARTIES);
  await schedulePaymentSweep(platform.db, platform.clock.now());
  await scheduleMailSweep(platform.db);
  await scheduleIssuingSweep(platform.db);
  await scheduleArchiveSweep(platform.db);
  await scheduleWaitingOrders(platform.db);
  await addJob(platform.db, 'sweep-sign-in', {}, { key: 'sweep-sign-in' });
  await addJob(platform.db, 'carry-out-retention', {}, { key: 'carry-out-retention' });
  const everySecond = (failure: string, round: () => Promise<unknown>) =>
    startRounds(round, {
      pauseMs: 1000,
      onError: (error) => platform.log.error({ error: String(error) }, failure),
    });
  let rounds = 0;
  const sealer = everySecond('sealing the audit trail failed', () => {
    const whole = rounds % SEAL_WHOLE_EVERY === 0;
    rounds += 1;
    return sealAuditTrail(platform.db, platform.clock.now(), { whole });
  });
  const publisher = everySecond('no checkpoint was published', () =>
    publishCheckpoint(parts.transparency.publish),
  );
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
