import { parseArgs } from 'node:util';
import { AkashiError } from '#domain/error.ts';
import { decideLatePayment } from './decide-late-payment.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { findOrderByNumber, listLatePayments } from './payment-store.ts';
import { reconcile, reportLines } from './reconcile.ts';
import { recordRefund } from './record-refund.ts';

type Command = (dependencies: PaymentDependencies, words: string[]) => Promise<string>;

const findOrder = async ({ db }: PaymentDependencies, number: string | undefined): Promise<string> => {
  const orderId = await findOrderByNumber(db, number ?? '');
  if (orderId === null) throw new Error(`There is no order ${number ?? '(name its number)'}.`);
  return orderId;
};

const parse = (words: string[], names: readonly string[]) => {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
  const value = (name: string): string => {
    const given = values[name];
    if (typeof given !== 'string' || given.trim() === '') throw new Error(`--${name} is missing`);
    return given.trim();
  };
  return { value, orderNumber: positionals[0] };
};

/** What a person is told instead of an error's code. */
const inWords = async (work: Promise<string>, wrongState: string): Promise<string> =>
  work.catch((error: unknown) => {
    if (!(error instanceof AkashiError)) throw error;
    if (error.code === 'wrong-state') throw new Error(wrongState, { cause: error });
    throw new Error(String(error.detail['reason'] ?? error.code), { cause: error });
  });

const decide =
  (decision: 'accept' | 'return'): Command =>
  async (dependencies, words) => {
    const { value, orderNumber } = parse(words, ['by', 'reason']);
    const actor = `staff:${value('by')}`;
    const reason = value('reason');
    const orderId = await findOrder(dependencies, orderNumber);
    const done = decision === 'accept' ? 'Accepted: it is issued now.' : 'The money goes back.';
    const work = decideLatePayment(dependencies, { orderId, decision, actor, reason });
    return inWords(
      work.then(() => done),
      'This order has no late payment to decide about.',
    );
  };

/** Acts on money that need a person, as words of the command line. Each answers with what to print. */
export const PAYMENT_COMMANDS: Readonly<Record<string, Command>> = {
  'payments late list': async ({ db }) => {
    const late = await listLatePayments(db);
    if (late.length === 0) return 'No late payment waits for a decision.';
    return late
      .map(
        ({ orderNumber, amount, paymentDeadline, cameAt }) =>
          `${orderNumber}  ${amount} yen  deadline ${paymentDeadline}  came ${cameAt}`,
      )
      .join('\n');
  },
  'payments late accept': decide('accept'),
  'payments late return': decide('return'),
  'payments reconcile': async (dependencies) => reportLines(await reconcile(dependencies)),
  'payments refund-out-of-band': async (dependencies, words) => {
    const { value, orderNumber } = parse(words, ['by', 'second', 'reason']);
    const record = { by: value('by'), second: value('second'), reason: value('reason') };
    const orderId = await findOrder(dependencies, orderNumber);
    const work = recordRefund(dependencies, { orderId, ...record });
    return inWords(
      work.then((amount) => `Recorded: ${amount} yen went back by bank transfer.`),
      'No refund of this order waits for a bank transfer.',
    );
  },
};
