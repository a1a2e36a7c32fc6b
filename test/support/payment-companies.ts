import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Chaos } from '#dev/payment-company/chaos.ts';
import { signWebhook } from '#dev/shared/webhook-delivery.ts';
import type { PaymentProvider } from '#features/payment/providers/provider.ts';
import { createSandboxProvider } from '#features/payment/providers/sandbox/sandbox.ts';
import { createStripeProvider } from '#features/payment/providers/stripe/stripe.ts';

export const COMPANIES = ['sandbox', 'stripe'] as const;
export type CompanyName = (typeof COMPANIES)[number];

type Received = { readonly body: string; readonly header: (name: string) => string | undefined };

/** One company in a process of its own with everything a case needs to play payer, store, bank and forger. */
export type Company = {
  readonly provider: PaymentProvider;
  readonly act: (checkoutId: string, act: string) => Promise<void>;
  readonly nextRefund: (state: 'pending' | 'failed') => Promise<void>;
  readonly closeDay: () => Promise<void>;
  /** Webhooks as they came, the forged too. */
  readonly received: readonly Received[];
  /** A message of the company's own shape, signed as it signs. */
  readonly signed: (body: string, options?: { secret?: string; age?: number }) => Received;
  readonly withKey: (secretKey: string) => PaymentProvider;
  readonly dead: PaymentProvider;
  close: () => Promise<void>;
};

const SECRET_KEY = 'sk_test_conformance';
const WEBHOOK_SECRET = 'whsec_conformance';
const ROOT = resolve(import.meta.dirname, '../..');
const PROCESSES = {
  sandbox: 'dev/payment-company/company-process.ts',
  stripe: 'dev/stripe-double/double-process.ts',
};
const HEADERS = { sandbox: 'payment-signature', stripe: 'stripe-signature' };

const providerAt = (name: CompanyName, url: string, secretKey = SECRET_KEY): PaymentProvider =>
  name === 'sandbox'
    ? createSandboxProvider({ url, secretKey, webhookSecret: WEBHOOK_SECRET })
    : createStripeProvider({ apiUrl: url, secretKey, webhookSecret: WEBHOOK_SECRET });

export const startCompany = async (name: CompanyName, chaos: Chaos = {}): Promise<Company> => {
  const received: Received[] = [];
  const merchant = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { headers } = request;
      const header = (wanted: string) => headers[wanted.toLowerCase()] as string | undefined;
      received.push({ body: Buffer.concat(parts).toString(), header });
      response.writeHead(204).end();
    });
  });
  merchant.listen(0, '127.0.0.1');
  await once(merchant, 'listening');
  const options = {
    port: 0,
    secretKey: SECRET_KEY,
    webhookSecret: WEBHOOK_SECRET,
    webhookUrl: `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/`,
    dataFolder: mkdtempSync(join(tmpdir(), 'akashi-company-')),
    chaos,
  };
  const child = fork(join(ROOT, PROCESSES[name]), [JSON.stringify(options)], { execArgv: [] });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const post = async (path: string): Promise<void> => {
    const headers = { Authorization: `Bearer ${SECRET_KEY}` };
    const answer = await fetch(`${url}${name === 'sandbox' ? '/v1/test' : '/test'}/${path}`, {
      method: 'POST',
      headers,
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  };
  const things = name === 'sandbox' ? 'checkouts' : 'sessions';
  return {
    provider: providerAt(name, url),
    act: (checkoutId, act) => post(`${things}/${checkoutId}/${act}`),
    nextRefund: (state) => post(`next-refund/${state}`),
    closeDay: () => post('close-day'),
    received,
    signed: (body, { secret = WEBHOOK_SECRET, age = 0 } = {}) => {
      const signature = signWebhook(secret, body, Math.floor(Date.now() / 1000) - age);
      return { body, header: (wanted) => (wanted === HEADERS[name] ? signature : undefined) };
    },
    withKey: (key) => providerAt(name, url, key),
    dead: providerAt(name, 'http://127.0.0.1:9'),
    close: async () => {
      child.disconnect();
      await once(child, 'exit');
      merchant.closeAllConnections();
      merchant.close();
    },
  };
};
