import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'kysely';
import { startPaymentCompany } from '#dev/payment-company/payment-company.ts';
import { findFreePorts } from '#dev/ports.ts';
import { startTimestampAuthority } from '#dev/timestamp-authority/timestamp-authority.ts';
import { scheduleArchiveSweep, scheduleIssuingSweep } from '#features/issuance/index.ts';
import { schedulePaymentSweep } from '#features/payment/index.ts';
import { importRegister } from '#features/register/index.ts';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { openLog } from '#platform/log.ts';
import { scheduleMailSweep } from '#platform/mail/send-mail.ts';
import { composeJobs } from '#src/compose/jobs.ts';
import type { Parts } from '#src/compose/parts.ts';
import { openParts } from '#src/compose/parts.ts';
import { openUniversityServiceProvider } from '#src/compose/service-provider.ts';
import { composeWeb } from '#src/compose/web.tsx';
import { loadUniversity, readEnvironment } from '#src/config.ts';
import { withDatabase } from '#test/support/database.ts';
import type { Relay } from '#test/support/relay.ts';
import { startRelay } from '#test/support/relay.ts';
import { CONFIGURATION } from '#test/support/service.ts';
import type { FickleParty } from './fickle-party.ts';
import { HTTP_BABBLE, MAIL_BABBLE, openFickleParty } from './fickle-party.ts';

export type OutageHouse = {
  readonly db: Database;
  /** Where the service listens. */
  readonly url: string;
  readonly dataFolder: string;
  readonly clock: ReturnType<typeof manualClock>;
  readonly parts: Parts;
  readonly relay: Relay;
  readonly companyUrl: string;
  readonly mail: FickleParty;
  readonly company: FickleParty;
  readonly timestamps: FickleParty;
  readonly termsVersion: string;
  /** Runs every job that is due, as the worker would; what fails is put off as the worker puts it off. */
  readonly work: () => Promise<void>;
  /** Lets time pass, and runs what falls due in it. */
  readonly pass: (time: Temporal.DurationLike) => Promise<void>;
};

type Job = { id: string; name: string; payload: Record<string, string>; attempts: number };

/**
 * Takes the job that is longest due by the house's clock, or was added to be run at once: by the database's own, which does
 * not stand still, a sweep that asks for itself in a minute would on a slow machine be due for ever.
 */
const takeJob = async (db: Database, at: Temporal.Instant): Promise<Job | undefined> => {
  const { rows } = await sql<Job>`
    update graphile_worker._private_jobs j
    set locked_at = now(), locked_by = 'outages', attempts = j.attempts + 1
    from graphile_worker._private_tasks t
    where t.id = j.task_id and j.id = (
      select id from graphile_worker._private_jobs
      where is_available and (run_at in (created_at, updated_at) or run_at <= ${at}::timestamptz)
      order by run_at, id limit 1)
    returning j.id::text, t.identifier as name, j.payload, j.attempts`.execute(db);
  return rows[0];
};

const createWork =
  (db: Database, jobs: JobHandlers, now: () => Temporal.Instant) => async (): Promise<void> => {
    for (let job = await takeJob(db, now()); job !== undefined; job = await takeJob(db, now())) {
      const { id, name, payload, attempts } = job;
      const error = await (jobs[name]?.(payload) ?? Promise.resolve()).then(
        () => null,
        (thrown: unknown) => String(thrown),
      );
      if (error === null) {
        await sql`delete from graphile_worker._private_jobs where id = ${id}::bigint and locked_by = 'outages'`.execute(
          db,
        );
        continue;
      }
      const runAt = now().add({ seconds: Math.round(Math.exp(Math.min(10, attempts))) });
      await sql`update graphile_worker._private_jobs set locked_at = null, locked_by = null,
        last_error = ${error}, run_at = ${runAt}::timestamptz where id = ${id}::bigint and locked_by = 'outages'`.execute(
        db,
      );
    }
  };

/**
 * The service's pages and jobs on a clock that stands still, with real servers around it that can fall silent: a mail
 * relay, the payment company, a timestamp authority.
 */
export const withOutageHouse = (work: (house: OutageHouse) => Promise<void>): Promise<void> =>
  withDatabase(async ({ db, pool, url: databaseUrl }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-outages-'));
    const closing: (() => unknown)[] = [() => rmSync(dataFolder, { recursive: true, force: true })];
    const opened = <Thing extends { close: () => unknown }>(thing: Thing): Thing => {
      closing.unshift(() => thing.close());
      return thing;
    };
    try {
      const clock = manualClock(Temporal.Now.instant().round('microsecond').toString());
      const ports = await findFreePorts();
      const url = `http://localhost:${ports.service}`;
      const relay = opened(await startRelay());
      const secrets = { secretKey: 'secret', webhookSecret: 'webhook secret' };
      const realCompany = opened(
        await startPaymentCompany({
          port: 0,
          ...secrets,
          // Its webhooks reach nobody: what it does not tell has to be asked for.
          webhookUrl: 'http://127.0.0.1:1/',
          dataFolder,
          now: () => clock.now().epochMilliseconds,
        }),
      );
      const timestampFolder = join(dataFolder, 'timestamp-authority');
      const realTimestamps = opened(
        await startTimestampAuthority({ port: 0, dataFolder: timestampFolder, clock }),
      );
      const before = async (address: string, babble = HTTP_BABBLE): Promise<FickleParty> =>
        opened(await openFickleParty(Number(new URL(address).port), babble));
      const mail = await before(relay.url, MAIL_BABBLE);
      const company = await before(realCompany.url);
      const timestamps = await before(realTimestamps.url);
      const environment = readEnvironment(
        {
          DATABASE_URL: databaseUrl,
          AKASHI_BASE_URL: url,
          AKASHI_DATA: dataFolder,
          AKASHI_CONFIG: CONFIGURATION,
          SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
          AKASHI_PAYMENT_URL: `http://127.0.0.1:${company.port}`,
          AKASHI_PAYMENT_KEY: secrets.secretKey,
          AKASHI_PAYMENT_WEBHOOK_SECRET: secrets.webhookSecret,
          AKASHI_TIMESTAMP_URL: `http://127.0.0.1:${timestamps.port}`,
          AKASHI_TIMESTAMP_POLICY: realTimestamps.policy,
          AKASHI_TIMESTAMP_ROOT: join(timestampFolder, 'root.der'),
        },
        'development',
      );
      const university = await loadUniversity(CONFIGURATION);
      const log = openLog('silent');
      await importRegister(db, { folder: join(CONFIGURATION, 'register'), clock });
      const serviceProvider = opened(
        await openUniversityServiceProvider(university, { environment, clock, log }),
      );
      const platform = { db, clock, log, environment, university, serviceProvider };
      const parts = opened(await openParts(platform));
      const web = await composeWeb(platform, parts);
      const server = createServer(getRequestListener(web.fetch)).listen(ports.service, 'localhost');
      await once(server, 'listening');
      closing.unshift(() => {
        server.closeAllConnections();
        server.close();
      });
      const workNow = createWork(db, composeJobs(platform, parts), clock.now);
      // graphile-worker makes its tables at the first start of one.
      await (await startWorker(pool, {}, log)).stop();
      await schedulePaymentSweep(db, clock.now());
      await scheduleMailSweep(db);
      await scheduleIssuingSweep(db);
      await scheduleArchiveSweep(db);
      await work({
        db,
        url,
        dataFolder,
        clock,
        parts,
        relay,
        companyUrl: realCompany.url,
        mail,
        company,
        timestamps,
        termsVersion: university.legal.terms.version,
        work: workNow,
        pass: async (time) => {
          clock.advance(time);
          await workNow();
        },
      });
    } finally {
      for (const close of closing) await close();
    }
  });
