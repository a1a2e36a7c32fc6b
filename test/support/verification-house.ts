import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Development } from '#dev/development.ts';
import { findFreePorts } from '#dev/ports.ts';
import { startDevelopment } from '#dev/start.ts';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { encodeSealUrl } from '#domain/seal/seal.ts';
import { createMaker, openTypesetter } from '#features/issuance/index.ts';
import { datedRecord, issueLeaf } from '#features/issuance/issue-leaf.ts';
import { requireSheets } from '#features/issuance/make-document.ts';
import type { Typesetter } from '#features/issuance/typeset/typesetter.ts';
import { openTransparencyLog } from '#features/transparency-log/index.ts';
import { systemClock } from '#platform/clock.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import type { IssuanceKeys } from '#platform/keys/key-holder.ts';
import { openBrowser } from './browser.ts';
import { sampleRecord } from './certificate-record.ts';
import type { TestDatabase } from './database.ts';
import { withDatabase } from './database.ts';
import { qrFilm } from './qr-picture.ts';

export type Issued = {
  readonly id: string;
  readonly record: CertificateRecord;
  readonly serial: string;
  readonly checkCode: string;
  /** What the code of its first page holds. */
  readonly url: string;
  readonly seal: Uint8Array;
  /** The seal of every page. */
  readonly seals: readonly Uint8Array[];
  readonly pdf: Uint8Array;
};

export type OnPage = (
  work: (page: Page, context: BrowserContext) => Promise<void>,
  options?: { locale?: string; javaScriptEnabled?: boolean; userAgent?: string },
) => Promise<void>;

/** A service with a transcript and a certificate of enrolment in its log, and browsers to check them with. */
export type VerificationHouse = {
  readonly development: Development;
  readonly database: TestDatabase;
  readonly typesetter: Typesetter;
  readonly host: string;
  readonly keys: IssuanceKeys;
  readonly transcript: Issued;
  readonly enrolment: Issued;
  /** Every line the service logged, at every level. */
  readonly logged: readonly string[];
  /** A page of a fresh browser, as on a phone; fails when the page complains or a cookie is set. */
  readonly onPage: OnPage;
  /** Declares a certificate void or superseded, and waits until the status list says so. */
  readonly withdraw: (
    issued: Issued,
    how: { status: 'void' | 'superseded'; reason: string },
  ) => Promise<void>;
  readonly close: () => Promise<void>;
};

export const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((done) => setTimeout(done, 100)))
    if (await condition()) return;
  throw new Error('it did not become true');
};

export const verdict = (page: Page, word: string): Promise<void> =>
  page.locator(`.verdict[data-verdict="${word}"]`).waitFor();

const PHONE = { width: 390, height: 844 };
const clock = systemClock;

type Bench = Pick<VerificationHouse, 'database' | 'typesetter' | 'host' | 'keys'>;

/** Makes a certificate as issuance does, with the service's own keys and in the service's own log. */
const issue = async (
  { database, typesetter, host, keys }: Bench,
  type: 'enrolment' | 'transcript',
  copy: number,
): Promise<Issued> => {
  const maker = createMaker({ typesetter, keys: async () => keys, verificationHost: host });
  const draft = sampleRecord(type, 'ja', copy);
  const measured = await maker.claims(draft, null);
  const salt = new Uint8Array(16).fill(copy);
  const log = openTransparencyLog(database.db, clock, { origin: 'unused', signers: async () => [] });
  const place = await log.append({
    ...draft,
    kind: 'issue',
    build: (at) => issueLeaf({ record: draft, salt }, measured, at),
  });
  const record = datedRecord(draft, place.at);
  const seconds = Math.floor(place.at.epochMilliseconds / 1000);
  const stamp = { issueDate: record.issueDate, issuedAt: seconds, logIndex: place.index, salt };
  const made = await maker.seal(measured.map((page) => ({ ...page, ...stamp })));
  const sealed = { ...made, proof: 'c2sp.org/tlog-proof@v1\n' };
  const prepared = await maker.prepare(record, requireSheets(await maker.typeset(record, sealed)));
  const pdf = await maker.sign(record, sealed, prepared);
  const { id } = await database.db
    .insertInto('issued_certificate')
    .values({
      order_id: randomUUID(),
      order_line_id: randomUUID(),
      copy: 1,
      serial: record.serial,
      impression: record.impression,
      record: JSON.stringify(record),
      state: 'made',
      pages: made.pages,
      sha256: '00',
      check_code: made.checkCode,
      reserved_at: clock.now(),
      made_at: clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const [seal] = made.seals;
  assert.ok(seal);
  const rows = made.seals.map((bytes, index) => ({
    issued_certificate_id: id,
    page: index + 1,
    seal: Buffer.from(bytes),
  }));
  await database.db.insertInto('certificate_seal').values(rows).execute();
  await addJob(database.db, 'publish-typed-records', { certificateId: id });
  const { serial } = record;
  return {
    id,
    record,
    serial,
    checkCode: made.checkCode,
    url: encodeSealUrl(host, seal),
    seal,
    seals: made.seals,
    pdf,
  };
};

const published = ({ pool }: TestDatabase): Promise<void> =>
  until(async () => {
    const { rows } = await pool.query('select 1 from typed_record');
    const cosigned = await pool.query(
      'select 1 from log_checkpoint where cosigned_at is not null and size >= 2',
    );
    return rows.length >= 2 && cosigned.rows.length > 0;
  });

const openPages =
  (browser: Browser): OnPage =>
  async (work, options = {}) => {
    const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|422|429/.test(message.text()))
        problems.push(message.text());
    });
    try {
      await work(page, context);
      assert.deepEqual(problems, []);
      assert.deepEqual(await context.cookies(), [], 'no cookie is set');
    } finally {
      await context.close();
    }
  };

/** A database that stays until it is let go. */
const holdDatabase = async (): Promise<{ database: TestDatabase; letGo: () => Promise<void> }> => {
  const opened = Promise.withResolvers<TestDatabase>();
  const held = Promise.withResolvers<void>();
  const closed = withDatabase((fresh) => {
    opened.resolve(fresh);
    return held.promise;
  });
  closed.catch(opened.reject);
  const letGo = (): Promise<void> => {
    held.resolve();
    return closed;
  };
  return { database: await opened.promise, letGo };
};

export const openVerificationHouse = async (): Promise<VerificationHouse> => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-verification-'));
  const { database, letGo } = await holdDatabase();
  const logged: string[] = [];
  const development = await startDevelopment({
    ports: await findFreePorts(),
    dataFolder: join(folder, 'data'),
    databaseUrl: database.url,
    log: pino({ level: 'trace' }, { write: (line) => logged.push(line) }),
  });
  const typesetter = openTypesetter({ universityFolder: resolve('config/demo') });
  const { host } = new URL(development.url);
  const keys = await openFileKeys(join(folder, 'data', 'keys'), { now: clock.now(), university: 'unused' });
  const bench = { database, typesetter, host, keys };
  const transcript = await issue(bench, 'transcript', 1);
  const enrolment = await issue(bench, 'enrolment', 2);
  await published(database);
  const film = join(folder, 'camera.y4m');
  writeFileSync(film, qrFilm(enrolment.url));
  const browser = await openBrowser([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]);
  return {
    ...bench,
    development,
    transcript,
    enrolment,
    logged,
    onPage: openPages(browser),
    withdraw: async ({ id, serial }, { status, reason }) => {
      await database.db
        .updateTable('issued_certificate')
        .set({ status, status_reason: reason, status_since: clock.now() })
        .where('id', '=', id)
        .execute();
      await addJob(database.db, 'log-withdrawal', { certificateId: id });
      await until(async () =>
        (await (await fetch(`${development.url}/verify/status.json`)).text()).includes(serial),
      );
    },
    close: async () => {
      typesetter.close();
      await browser.close();
      await development.close();
      await letGo();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
