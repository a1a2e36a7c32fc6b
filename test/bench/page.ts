import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { destinationPath } from '#features/ordering/paths.ts';
import { SESSION_COOKIE } from '#features/sign-in/session.ts';
import { createSession } from '#features/sign-in/session-store.ts';
import { composeWeb } from '#src/compose/web.tsx';
import { findStudent } from '#test/support/sample-student.ts';
import { addAccount, withAkashi } from './akashi.ts';
import { medianOf, processorMilliseconds, report } from './measure.ts';

const REQUESTS = 400;

/** The requests come from a process of their own, so that only answering them is counted here. */
const request = async (url: string, cookie: string): Promise<void> => {
  const script = new URL('./request-process.ts', import.meta.url);
  const child = fork(script, [url, cookie, String(REQUESTS)], { execArgv: [] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${url} was not answered`);
};

const measure = async (listener: RequestListener, cookie: string): Promise<number> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${destinationPath()}`;
  try {
    const total = await medianOf({ warmUp: 2, rounds: 5 }, () =>
      processorMilliseconds(() => request(url, cookie)),
    );
    return total / REQUESTS;
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

/** The first page of an order, for somebody signed in, and the same HTML from a bare server. */
export const benchPage = (): Promise<void> =>
  withAkashi(async (platform, parts) => {
    const { db, clock } = platform;
    const app = await composeWeb(platform, parts);
    const { personId } = await findStudent(platform.db);
    const accountId = await addAccount(platform, 'page');
    const token = await createSession(db, {
      accountId,
      personId,
      signedInAt: platform.clock.now(),
      authnContext: '',
      userAgent: 'bench',
      now: clock.now(),
    });
    const cookie = `${SESSION_COOKIE}=${token}`;
    const page = await app.request(destinationPath(), { headers: { cookie } });
    if (page.status !== 200) throw new Error(`${destinationPath()} answered ${page.status}`);
    const html = await page.text();
    report('page.signed-in.cpu_ms', await measure(getRequestListener(app.fetch), cookie), 'ms');
    const bare: RequestListener = (_, response) =>
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(html);
    report('page.signed-in.limit.cpu_ms', await measure(bare, cookie), 'ms');
  });
