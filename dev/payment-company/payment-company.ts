import { join } from 'node:path';
import { Hono } from 'hono';
import { refuseProduction } from '../shared/development-only.ts';
import { createDroppingServer } from '../shared/dropping-server.ts';
import type { Listening } from '../shared/listen.ts';
import { listen } from '../shared/listen.ts';
import { createActs } from './acts.ts';
import type { Company } from './api.ts';
import { createApi } from './api.ts';
import type { Chaos } from './chaos.ts';
import { happens } from './chaos.ts';
import { openCheckoutStore } from './checkout-store.ts';
import { createPages } from './pages.ts';
import { startWebhooks } from './webhooks.ts';

export type PaymentCompanyOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly webhookUrl: string;
  /** Where its memory is kept between starts; nowhere when absent. */
  readonly dataFolder?: string;
  readonly chaos?: Chaos;
  /** Milliseconds since 1970; the machine's clock unless told. */
  readonly now?: () => number;
};

/** A payment company of its own: an API, a payment page, webhooks, and a memory that outlives it. */
export const startPaymentCompany = async (options: PaymentCompanyOptions): Promise<Listening> => {
  refuseProduction('The payment company');
  const { chaos = {}, secretKey, dataFolder } = options;
  const file = dataFolder === undefined ? null : join(dataFolder, 'payment-company.json');
  const store = openCheckoutStore(file, options.now);
  const webhooks = startWebhooks({ store, url: options.webhookUrl, secret: options.webhookSecret, chaos });
  let url = '';
  const acts = createActs(store, webhooks);
  const company: Company = { store, webhooks, acts, secretKey, chaos, url: () => url };
  const app = new Hono();
  app.route('/v1', createApi(company));
  app.route('/', createPages(company));
  const server = createDroppingServer(
    app,
    ({ method, url: path = '' }) =>
      method === 'POST' && /^\/v1\/(?!test\/)/.test(path) && happens(chaos, 'dropResponse'),
  );
  const listening = await listen(server, options.port);
  url = listening.url;
  const close = async (): Promise<void> => {
    await listening.close();
    await webhooks.close();
  };
  return { url, close };
};
