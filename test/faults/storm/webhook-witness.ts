import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Acknowledged } from './acknowledged.ts';

/** Stands between the company and the service and notes the webhooks that the service said it has taken. */
export const startWebhookWitness = async (serviceUrl: string, seen: Acknowledged) => {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const headers = {
        'content-type': 'application/json',
        'payment-signature': String(request.headers['payment-signature']),
      };
      fetch(serviceUrl, { method: 'POST', headers, body }).then(
        async (answer) => {
          await answer.arrayBuffer();
          if (answer.ok) seen.note('webhook taken', (JSON.parse(body) as { id: string }).id);
          response.writeHead(answer.status).end();
        },
        () => response.writeHead(503).end(),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
