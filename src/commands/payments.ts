import type { PaymentDependencies } from '#features/payment/index.ts';
import { PAYMENT_COMMANDS as ACTS } from '#features/payment/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { openLog } from '#platform/log.ts';
import type { Environment } from '#src/config.ts';
import { loadUniversity } from '#src/config.ts';
import { choosePaymentProviders } from '../compose/payment-provider.ts';
import type { Command, Commands } from './command.ts';
import { WHO_AND_WHY, withDatabase } from './command.ts';

/** With the payment company of the environment. */
const dependenciesOf = async (environment: Environment, db: Database): Promise<PaymentDependencies> => {
  const university = await loadUniversity(environment.universityFolder);
  return {
    db,
    clock: systemClock,
    log: openLog('warn'),
    baseUrl: environment.baseUrl,
    universityName: { ja: university.nameJa, en: university.nameEn },
    cashDays: university.deadlines.paymentDays,
    ...choosePaymentProviders(environment),
  };
};

const payment = (name: string, about: string, takes = ''): Command => ({
  takes,
  about,
  run: (environment, words) =>
    withDatabase(environment, async ({ db }) =>
      console.log(await ACTS[`payments ${name}`]?.(await dependenciesOf(environment, db), words)),
    ),
});

/** `akashi payments …`: acts on money by a person. */
export const PAYMENT_COMMANDS: Commands = {
  'payments late list': payment('late list', 'money that came after its deadline and waits for a decision'),
  'payments late accept': payment('late accept', 'issue what late money paid for', `<order> ${WHO_AND_WHY}`),
  'payments late return': payment('late return', 'send late money back', `<order> ${WHO_AND_WHY}`),
  'payments refund-out-of-band': payment(
    'refund-out-of-band',
    'record that money went back by bank transfer',
    '<order> --by <name> --second <name> --reason <why>',
  ),
  'payments reconcile': payment(
    'reconcile',
    "book the company's payouts and report what does not add up yet",
  ),
};
