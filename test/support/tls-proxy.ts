import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';

export type TlsProxy = { readonly url: string; readonly close: () => Promise<void> };

/** The TLS end of a deployment on `https://localhost`: hands everything on to a service at `port` of this machine. */
export const startTlsProxy = async (port: number): Promise<TlsProxy> => {
  const { privateKeyPem, certificatePem } = createSelfSigned('localhost', Temporal.Now.instant());
  const server = createServer({ key: privateKeyPem, cert: certificatePem }, (incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const onward = request({ host: 'localhost', port, method, headers, path: url }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
