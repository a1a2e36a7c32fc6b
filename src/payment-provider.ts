import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PaymentDependencies, PaymentProvider } from '#features/payment/index.ts';
import { createSandboxProvider } from '#features/payment/index.ts';
import type { Environment } from '#src/config.ts';

type Providers = Required<Pick<PaymentDependencies, 'provider' | 'formerProviders'>>;

/** A secret that `npm start` keeps under the data folder, so that commands beside it reach the same company. */
const keptSecret = (dataFolder: string, name: string): string => {
  try {
    return readFileSync(join(dataFolder, name), 'utf8');
  } catch {
    return '';
  }
};

const sandbox = ({ variables, port, dataFolder }: Environment): PaymentProvider =>
  createSandboxProvider({
    url: variables['AKASHI_PAYMENT_URL'] ?? `http://localhost:${port + 4}`,
    secretKey: variables['AKASHI_PAYMENT_KEY'] ?? keptSecret(dataFolder, 'payment.secret'),
    webhookSecret:
      variables['AKASHI_PAYMENT_WEBHOOK_SECRET'] ?? keptSecret(dataFolder, 'payment-webhook.secret'),
  });

/** The payment company of the environment. Throws where it is not known or lacks its keys. */
export const choosePaymentProviders = (environment: Environment): Providers => ({
  provider: sandbox(environment),
  formerProviders: [],
});
