import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What a relay does with a message: a reply code, or breaking the connection once it has the whole of it. */
export type RelayAnswer = number | 'break after DATA';

export type Delivery = { readonly raw: string; readonly from: string; readonly to: string };

export type Relay = {
  readonly url: string;
  /** What it accepted, or took before breaking off. */
  readonly received: readonly Delivery[];
  close: () => Promise<void>;
};

export type RelayOptions = {
  readonly answer?: () => RelayAnswer;
  readonly answerRecipient?: (address: string) => number;
  readonly greet?: () => number;
  readonly port?: number;
};

const refusal = (responseCode: number, message = 'refused'): Error =>
  Object.assign(new Error(message), { responseCode });

/** A real SMTP server on the loopback that misbehaves as it is told. */
export const startRelay = async (options: RelayOptions = {}): Promise<Relay> => {
  const { answer = () => 250, answerRecipient = () => 250, greet = () => 250, port = 0 } = options;
  const received: Delivery[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 200,
    onConnect: (_session, done) => done(greet() === 250 ? null : refusal(greet())),
    onRcptTo: ({ address }, _session, done) => {
      const code = answerRecipient(address);
      done(code === 250 ? null : refusal(code, `${code >= 500 ? '5' : '4'}.1.1 no`));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const verdict = answer();
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const delivery = { raw: Buffer.concat(chunks).toString(), from, to: rcptTo[0]?.address ?? '' };
        if (verdict === 250 || verdict === 'break after DATA') received.push(delivery);
        if (verdict !== 'break after DATA') return done(verdict === 250 ? null : refusal(verdict));
        for (const connection of server.connections) connection._socket.destroy();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const { port: actual } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${actual}`,
    received,
    close: () => new Promise((done) => server.close(() => done())),
  };
};
