import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { findFreePorts } from '#dev/ports.ts';
import { importRegister } from '#features/register/index.ts';
import { systemClock } from '#platform/clock.ts';
import { loadUniversity } from '#src/config.ts';
import { withDatabase } from '#test/support/database.ts';
import { insertManyAccounts, insertManyStudents } from '#test/support/many-students.ts';
import { SECRETS } from '#test/support/payment.ts';
import { createCampus, encryptionCertificatesOf } from '#test/support/saml-campus.ts';
import { CONFIGURATION } from '#test/support/service.ts';
import { checkBooks, readReady, serverProcess } from './books.ts';
import type { GeneratorOptions, Seen } from './generator-process.ts';
import { processorSeconds } from './processor-time.ts';
import type { ServiceOptions } from './service-process.ts';

const HOOK = resolve(import.meta.dirname, '../../../bin/tsx-hook.mjs');
const COMPANY = resolve(import.meta.dirname, '../../../dev/payment-company/company-process.ts');
const COPIER = { code: 'hinata', keyId: 'hinata-2026', secret: 'burst' };
/** Of so many students one logs in for the first time. */
const FIRST_TIME_EVERY = 20;

export type Burst = Seen & {
  /** Seconds from money to print number, an order each. */
  readonly ready: readonly number[];
  readonly spent: Spent;
};

/** Processor seconds: of the service, of its database, of everybody else. */
export type Spent = {
  readonly web: number;
  readonly work: number;
  readonly database: number;
  readonly outside: number;
};

/** `AKASHI_BURST_PROFILE` names a folder for processor profiles of the service. */
const profiled = (): string[] => {
  const folder = process.env['AKASHI_BURST_PROFILE'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
};

type Started<First> = {
  readonly child: ChildProcess;
  readonly first: First;
  /** Its next message; throws when it ends instead. */
  readonly next: <Message>() => Promise<Message>;
};

const startProcess = async <First>(
  file: string,
  options: object,
  execArgv: readonly string[] = [],
): Promise<Started<First>> => {
  const child = fork(file, [JSON.stringify(options)], { execArgv: ['--import', HOOK, ...execArgv] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${code}`);
  });
  ended.catch(() => {});
  const next = async <Message>(): Promise<Message> => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [Message];
    return message;
  };
  return { child, first: await next<First>(), next };
};

const stop = async (child: ChildProcess): Promise<void> => {
  const ended = once(child, 'exit');
  child.send('stop');
  await ended;
};

export type BurstSize = {
  readonly journeys: number;
  readonly seconds: number;
  /** Journeys before, eight at once, that count for nothing: a service of this morning is slower than one of yesterday. */
  readonly warmUp?: number;
};

/**
 * So many whole journeys of one certificate each, begun evenly over so many seconds, whatever becomes of those before.
 * The service is `web` and `work` in a process each, as at a university, beside its database; everybody outside it is in
 * processes of their own, counted apart.
 */
export const runBurst = (
  { journeys, seconds, warmUp = 0 }: BurstSize,
  report: (burst: Burst) => void,
): Promise<void> =>
  withDatabase(async ({ db, url }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-burst-'));
    const address = `http://localhost:${(await findFreePorts()).service}`;
    const campus = createCampus('burst');
    const { version: termsVersion } = (await loadUniversity(CONFIGURATION)).legal.terms;
    await importRegister(db, { folder: join(CONFIGURATION, 'register'), clock: systemClock });
    await insertManyStudents(db, { count: journeys + warmUp, grades: 'all' });
    const all = {
      from: 1,
      to: journeys + warmUp,
      identityProvider: campus.entityId,
      termsVersion,
      now: systemClock.now(),
    };
    await insertManyAccounts(db, all);
    await sql`delete from account where identity_provider = ${campus.entityId}
      and substring(principal_name from '\\d+')::integer % ${FIRST_TIME_EVERY} = ${FIRST_TIME_EVERY} / 2`.execute(
      db,
    );
    const webhookUrl = `${address}/payment/webhooks/sandbox`;
    const company = await startProcess<{ url: string }>(COMPANY, { port: 0, ...SECRETS, webhookUrl });
    const generatorOptions: GeneratorOptions = {
      address,
      campus,
      companyUrl: company.first.url,
      companyKey: SECRETS.secretKey,
      copier: COPIER,
      termsVersion,
      journeys,
      seconds,
      warmUp,
    };
    const generator = await startProcess<string>(
      join(import.meta.dirname, 'generator-process.ts'),
      generatorOptions,
    );
    const variables = {
      DATABASE_URL: url,
      AKASHI_BASE_URL: address,
      AKASHI_HOST: 'localhost',
      AKASHI_PORT: new URL(address).port,
      AKASHI_REPORT_PORT: '0',
      AKASHI_DATA: dataFolder,
      AKASHI_CONFIG: CONFIGURATION,
      SMTP_URL: generator.first,
      AKASHI_PAYMENT_URL: company.first.url,
      AKASHI_PAYMENT_KEY: SECRETS.secretKey,
      AKASHI_PAYMENT_WEBHOOK_SECRET: SECRETS.webhookSecret,
      AKASHI_COPIER_SECRET_HINATA: COPIER.secret,
    };
    const begin = (part: ServiceOptions['part']) => {
      const options: ServiceOptions = { part, variables, identityProviders: [campus.configured] };
      return startProcess(join(import.meta.dirname, 'service-process.ts'), options, profiled());
    };
    const web = await begin('web');
    const work = await begin('work');
    const [encryptionCertificate = ''] = await encryptionCertificatesOf(address);
    const server = await serverProcess(db);
    const read = (): Spent => ({
      web: processorSeconds(web.child.pid ?? 0),
      work: processorSeconds(work.child.pid ?? 0),
      database: server === null ? Number.NaN : processorSeconds(server),
      outside: processorSeconds(generator.child.pid ?? 0) + processorSeconds(company.child.pid ?? 0),
    });
    try {
      generator.child.send(encryptionCertificate);
      await generator.next();
      const before = read();
      const began = systemClock.now();
      generator.child.send('begin');
      const seen = await generator.next<Seen>();
      const after = read();
      const spent: Spent = {
        web: after.web - before.web,
        work: after.work - before.work,
        database: after.database - before.database,
        outside: after.outside - before.outside,
      };
      report({ ...seen, spent, ready: await readReady(db, began) });
      assert.deepEqual(seen.failures, []);
      await checkBooks(db, journeys + warmUp);
    } finally {
      await stop(web.child);
      await stop(work.child);
      company.child.disconnect();
      generator.child.disconnect();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  });
