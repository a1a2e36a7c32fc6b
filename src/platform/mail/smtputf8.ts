import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '../clock.ts';

const PATIENCE_MS = 5000;
const KEPT = { minutes: 10 };

/** The relay's answer to EHLO, or an empty text when it gives none in time. */
const askRelay = (smtpUrl: string): Promise<string> =>
  new Promise((done) => {
    const { hostname: host, port, protocol } = new URL(smtpUrl);
    const secure = protocol === 'smtps:';
    const options = { host, port: Number(port || (secure ? 465 : 25)) };
    const socket = secure ? connectTls(options) : connect(options);
    let answer = '';
    let greeted = false;
    const end = (): void => {
      socket.destroy();
      done(greeted ? answer : '');
    };
    socket.setTimeout(PATIENCE_MS, end);
    socket.on('error', end);
    socket.on('close', end);
    socket.on('data', (chunk: Buffer) => {
      answer = `${answer}${chunk}`.slice(0, 8192);
      if (!/^\d{3} .*\r\n$/m.test(answer)) return;
      if (greeted) {
        socket.end('QUIT\r\n');
        return end();
      }
      greeted = true;
      answer = '';
      socket.write('EHLO localhost\r\n');
    });
  });

/**
 * Whether the relay carries addresses with letters beyond ASCII before the @ (SMTPUTF8, RFC 6531 §3.1), asked when
 * such an address is typed and remembered for ten minutes. No answer counts as no.
 */
export const createSmtpUtf8Question = (clock: Clock, smtpUrl: string): (() => Promise<boolean>) => {
  let known: { until: Temporal.Instant; offered: Promise<boolean> } | undefined;
  return () => {
    const now = clock.now();
    if (known === undefined || Temporal.Instant.compare(known.until, now) <= 0) {
      const offered = askRelay(smtpUrl).then((answer) => /^250[ -]SMTPUTF8\r$/im.test(answer));
      known = { until: now.add(KEPT), offered };
    }
    return known.offered;
  };
};
