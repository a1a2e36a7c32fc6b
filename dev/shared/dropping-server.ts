import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

/** A server that does what it is asked and then, when `drops` says so, closes the connection without an answer. */
export const createDroppingServer = (app: Hono, drops: (request: IncomingMessage) => boolean): Server => {
  const listener = getRequestListener(app.fetch);
  return createServer((request, response) => {
    if (drops(request)) {
      const end = response.end.bind(response);
      response.end = ((...rest: Parameters<typeof end>) => {
        response.socket?.destroy();
        return end(...rest);
      }) as typeof response.end;
    }
    return listener(request, response);
  });
};
