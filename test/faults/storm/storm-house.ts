import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findFreePorts } from '#dev/ports.ts';
import { startTimestampAuthority } from '#dev/timestamp-authority/timestamp-authority.ts';
import { copiesField } from '#domain/order/draft.ts';
import { importRegister } from '#features/register/index.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { loadUniversity, readCopierKeys, readEnvironment } from '#src/config.ts';
import { findStudent } from '#test/support/sample-student.ts';
import { seededUnit } from '#test/support/seeded.ts';
import { CONFIGURATION } from '#test/support/service.ts';
import type { FickleParty } from '../outages/fickle-party.ts';
import { HTTP_BABBLE, MAIL_BABBLE, openFickleParty } from '../outages/fickle-party.ts';
import { openAcknowledged } from './acknowledged.ts';
import { insist } from './insist.ts';
import { openStormMachine } from './machine.ts';
import type { Mailbox } from './mailbox.ts';
import { openMailbox } from './mailbox.ts';
import type { MortalDatabase } from './mortal-database.ts';
import { openMortalDatabase } from './mortal-database.ts';
import type { MortalService } from './mortal-service.ts';
import { startMortalService } from './mortal-service.ts';
import { openPerson } from './people.ts';
import { startWebhookWitness } from './webhook-witness.ts';
import type { StormWorld } from './world.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

export type Party = 'mail' | 'company' | 'timestamps' | 'copiers';

export type StormHouse = {
  readonly world: StormWorld;
  readonly mailbox: Mailbox;
  readonly database: MortalDatabase;
  readonly service: MortalService;
  readonly dataFolder: string;
  /** What stands before everybody outside; all well until told otherwise. */
  readonly parties: Readonly<Record<Party, FickleParty>>;
  /** How much of what was put off goes on. */
  readonly waiting: () => number;
  readonly allDone: () => Promise<void>;
};

const startCompany = async (options: object) => {
  const child = fork(join(ROOT, 'dev/payment-company/company-process.ts'), [JSON.stringify(options)], {
    execArgv: [],
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return { url, close: () => child.disconnect() };
};

const openLater = () => {
  const going = new Set<Promise<void>>();
  return {
    later: (work: () => Promise<void>): void => {
      const one = work().finally(() => going.delete(one));
      one.catch(() => {});
      going.add(one);
    },
    waiting: () => going.size,
    allDone: async () => {
      while (going.size > 0) await Promise.all(going);
    },
  };
};

/**
 * The whole service in a process of its own on a database of its own, both mortal; around it, in processes that live, a
 * payment company, a relay that is not always willing, a timestamp authority, copiers and people.
 */
export const withStormHouse = async <Result>(
  seed: number,
  work: (house: StormHouse) => Promise<Result>,
): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-storm-'));
  const dataFolder = join(folder, 'data');
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const opened = <Thing extends { close: () => unknown }>(thing: Thing): Thing => {
    closing.unshift(() => thing.close());
    return thing;
  };
  try {
    const random = seededUnit(seed);
    const ports = await findFreePorts();
    const url = `http://localhost:${ports.service}`;
    const seen = openAcknowledged();
    const database = opened(await openMortalDatabase(join(folder, 'postgres')));
    await migrate(database.url, join(ROOT, 'migrations'));
    const { db } = opened(openDatabase(database.url));
    await importRegister(db, { folder: join(CONFIGURATION, 'register'), clock: systemClock });
    const mailbox = opened(await openMailbox(random, seen));
    const witness = opened(await startWebhookWitness(`${url}/payment/webhooks/sandbox`, seen));
    const secrets = { secretKey: 'secret', webhookSecret: 'webhook secret' };
    const company = opened(await startCompany({ port: 0, ...secrets, webhookUrl: witness.url, dataFolder }));
    const timestampFolder = join(folder, 'timestamps');
    const timestamps = opened(
      await startTimestampAuthority({ port: 0, dataFolder: timestampFolder, clock: systemClock }),
    );
    const before = async (address: string, babble = HTTP_BABBLE): Promise<FickleParty> =>
      opened(await openFickleParty(Number(new URL(address).port), babble));
    const parties = {
      mail: await before(mailbox.url, MAIL_BABBLE),
      company: await before(company.url),
      timestamps: await before(timestamps.url),
      copiers: await before(url),
    };
    const variables = {
      DATABASE_URL: database.url,
      AKASHI_BASE_URL: url,
      AKASHI_HOST: 'localhost',
      AKASHI_PORT: String(ports.service),
      AKASHI_REPORT_PORT: String(ports.reports),
      AKASHI_DATA: dataFolder,
      AKASHI_CONFIG: CONFIGURATION,
      SMTP_URL: `smtp://127.0.0.1:${parties.mail.port}`,
      AKASHI_PAYMENT_URL: `http://127.0.0.1:${parties.company.port}`,
      AKASHI_PAYMENT_KEY: secrets.secretKey,
      AKASHI_PAYMENT_WEBHOOK_SECRET: secrets.webhookSecret,
      AKASHI_TIMESTAMP_URL: `http://127.0.0.1:${parties.timestamps.port}`,
      AKASHI_TIMESTAMP_POLICY: timestamps.policy,
      AKASHI_TIMESTAMP_ROOT: join(timestampFolder, 'root.der'),
    };
    const service = opened(await startMortalService(variables));
    const university = await loadUniversity(CONFIGURATION);
    const environment = readEnvironment(variables, 'development');
    const [key] = await readCopierKeys(university.copierNetworks, environment);
    if (key === undefined) throw new Error('the sample university has no copier network');
    const student = await findStudent(db);
    const { later, waiting, allDone } = openLater();
    const world: StormWorld = {
      db,
      url,
      seen,
      mailbox,
      machine: openStormMachine(`http://127.0.0.1:${parties.copiers.port}`, key, seen),
      random,
      copies: copiesField(student.enrolmentId, 'enrolment', 'ja'),
      later,
      pay: (checkoutId) =>
        insist(async () => {
          const headers = { Authorization: `Bearer ${secrets.secretKey}` };
          const act = `${company.url}/v1/test/checkouts/${checkoutId}/succeed`;
          const answer = await fetch(act, { method: 'POST', headers });
          if (!answer.ok) throw new Error(`the company answered ${answer.status}`);
        }),
      enter: (name, address) =>
        openPerson({
          db,
          url,
          name,
          address,
          personId: student.personId,
          termsVersion: university.legal.terms.version,
        }),
    };
    return await work({ world, mailbox, database, service, dataFolder, parties, waiting, allDone });
  } finally {
    for (const close of closing) await close();
  }
};
