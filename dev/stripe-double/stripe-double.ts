import { Hono } from 'hono';
import type { Chaos } from '../payment-company/chaos.ts';
import { happens } from '../payment-company/chaos.ts';
import { refuseProduction } from '../shared/development-only.ts';
import { createDroppingServer } from '../shared/dropping-server.ts';
import type { Listening } from '../shared/listen.ts';
import { listen } from '../shared/listen.ts';
import { startDelivery } from '../shared/webhook-delivery.ts';
import { createStripeActs } from './acts.ts';
import { createStripeApi } from './api.ts';
import type { StripeEvent } from './objects.ts';
import { API_VERSION, newAccount, newId, seconds } from './objects.ts';
import { createStripeTestActs } from './test-acts.ts';

export type StripeDoubleOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly webhookUrl: string;
  readonly chaos?: Chaos;
};

/** A stand-in for Stripe that keeps state in memory, speaks its API, sends its events, and misbehaves on request. */
export const startStripeDouble = async (options: StripeDoubleOptions): Promise<Listening> => {
  refuseProduction('The Stripe double');
  const { chaos = {}, secretKey } = options;
  const account = newAccount();
  const delivery = startDelivery<StripeEvent>({
    undelivered: [],
    bodyOf: (event) => JSON.stringify(event),
    header: 'Stripe-Signature',
    url: options.webhookUrl,
    secret: options.webhookSecret,
    chaos,
    save: () => {},
  });
  const acts = createStripeActs(account, (type, object) =>
    delivery.emit({
      id: newId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: seconds(),
      data: { object: structuredClone(object) },
      livemode: false,
      pending_webhooks: 1,
      request: null,
      type,
    }),
  );
  let url = '';
  const app = new Hono();
  app.route('/v1', createStripeApi({ account, acts, secretKey, chaos, url: () => url }));
  app.route('/test', createStripeTestActs({ account, acts }));
  const server = createDroppingServer(
    app,
    ({ method, url: path }) =>
      method === 'POST' && path?.startsWith('/v1/') === true && happens(chaos, 'dropResponse'),
  );
  const listening = await listen(server, options.port);
  url = listening.url;
  const close = async (): Promise<void> => {
    await listening.close();
    await delivery.close();
  };
  return { url, close };
};
