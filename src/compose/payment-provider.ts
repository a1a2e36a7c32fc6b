import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PaymentDependencies, PaymentProvider } from '#features/payment/index.ts';
import { createSandboxProvider, createStripeProvider } from '#features/payment/index.ts';
import type { Environment } from '#src/config.ts';

type Providers = Required<Pick<PaymentDependencies, 'provider' | 'formerProviders'>>;

/** A secret that `npm start` keeps under the data folder, so that commands beside it reach the same company. */
const keptSecret = (dataFolder: string, name: string): string | undefined => {
  try {
    return readFileSync(join(dataFolder, name), 'utf8');
  } catch {
    return undefined;
  }
};

const sandbox = ({ variables, port, dataFolder, mode }: Environment): PaymentProvider | null => {
  // The sandbox moves no money: in production it exists for nobody who has not asked for it.
  if (mode === 'production' && !variables['AKASHI_PAYMENT_URL']) return null;
  return createSandboxProvider({
    url: variables['AKASHI_PAYMENT_URL'] ?? `http://localhost:${port + 4}`,
    secretKey: variables['AKASHI_PAYMENT_KEY'] ?? keptSecret(dataFolder, 'payment.secret') ?? '',
    webhookSecret:
      variables['AKASHI_PAYMENT_WEBHOOK_SECRET'] ?? keptSecret(dataFolder, 'payment-webhook.secret') ?? '',
  });
};

const stripe = ({ variables }: Environment): PaymentProvider | null => {
  const { AKASHI_STRIPE_KEY: secretKey, AKASHI_STRIPE_WEBHOOK_SECRET: webhookSecret } = variables;
  if (!secretKey || !webhookSecret) return null;
  const apiUrl = variables['AKASHI_STRIPE_API_URL'];
  return createStripeProvider({ secretKey, webhookSecret, ...(apiUrl ? { apiUrl } : {}) });
};

/**
 * The payment company that `AKASHI_PAYMENT_PROVIDER` names (`sandbox` when nothing is said), and every other one whose
 * keys are there, for the payments it still holds. Throws where the named one is not known or lacks its keys.
 */
export const choosePaymentProviders = (environment: Environment): Providers => {
  const name = environment.variables['AKASHI_PAYMENT_PROVIDER'] || 'sandbox';
  const known = [sandbox(environment), stripe(environment)].filter((one) => one !== null);
  const provider = known.find((one) => one.name === name);
  if (provider === undefined) {
    throw new Error(
      `AKASHI_PAYMENT_PROVIDER is ${name}, which is not known or lacks its keys (docs/payment.md)`,
    );
  }
  return { provider, formerProviders: known.filter((one) => one !== provider) };
};
