import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Development } from '#dev/development.ts';
import { findFreePorts } from '#dev/ports.ts';
import { startDevelopment } from '#dev/start.ts';
import type { Catalog } from '#messages/catalog.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import type { Walker } from './walker.ts';

/** Everything on this machine, as `npm start` brings it up, on a database of its own. */
export type World = { readonly development: Development; readonly db: Database };

/** One person's way through the service. */
export type Walk = {
  readonly walker: Walker;
  readonly development: Development;
  readonly texts: Catalog;
  /** The mail address that is registered on the way. */
  readonly address: string;
  /** Time passes, so that another mail may be asked for: a reader is slower than a test. */
  readonly wait: () => Promise<void>;
};

export const withWorld = (work: (world: World) => Promise<void>): Promise<void> =>
  withDatabase(async ({ db, url }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-journey-'));
    const ports = await findFreePorts();
    const started = await startDevelopment({ ports, dataFolder, databaseUrl: url, logLevel: 'warn' });
    let closing: Promise<void> | undefined;
    // A walk may stop everything itself, to see what is left without it.
    const development = { ...started, close: () => (closing ??= started.close()) };
    try {
      await work({ development, db });
    } finally {
      await development.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  });

/** Begins a walk as somebody who has never been here: every account and order of earlier walks is forgotten. */
export const beginWalk = async ({ development, db }: World, walker: Walker): Promise<Walk> => {
  await sql`truncate account cascade`.execute(db);
  const address = `${walker.name.replaceAll(/[^a-z]+/gi, '-').toLowerCase()}@example.jp`;
  const wait = async (): Promise<void> => void (await db.deleteFrom('attempt').execute());
  return { walker, development, texts: messagesFor(walker.language), address, wait };
};

/** What `pattern` finds in the newest mail to the walker that has it, once it has come; a background job sends it. */
export const awaitMail = async (
  { development, address }: Pick<Walk, 'development' | 'address'>,
  pattern: RegExp,
): Promise<RegExpExecArray> => {
  for (const end = Date.now() + 60_000; Date.now() < end; await setTimeout(100)) {
    const answer = await fetch(`${development.inboxUrl}/api/messages?to=${address}`);
    for (const mail of (await answer.json()) as { subject: string; text: string }[]) {
      const found = pattern.exec(`${mail.subject}\n${mail.text}`);
      if (found !== null) return found;
    }
  }
  throw new Error(`no mail with ${pattern}`);
};
