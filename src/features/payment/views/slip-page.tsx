import { configuredLanguage } from '#platform/i18n/language.ts';
import { paymentPath } from '../paths.ts';
import type { CashChain, CashSlip } from '../providers/provider.ts';
import type { PaymentView } from './payment-page.tsx';
import { OrderFacts } from './payment-page.tsx';

type Props = PaymentView & {
  readonly slips: readonly CashSlip[];
  readonly chains: readonly CashChain[];
};

/** Four digits at a time; the spaces are drawn and not copied, for the number is typed without them. */
const Digits = ({ number }: { readonly number: string }) => (
  <dd class="slip-number">
    {(number.match(/.{1,4}/g) ?? []).map((group, index) => (
      <span key={index}>{group}</span>
    ))}
  </dd>
);

/** The page people stand with at a store's terminal: for each chain its number, then what to press. */
export const SlipPage = ({ slips, chains, ...view }: Props) => {
  const { texts, order, language } = view;
  const known = chains.flatMap((chain) =>
    slips.filter((slip) => slip.chain === chain.code).map((slip) => ({ chain, slip })),
  );
  return (
    <div class="stack">
      <p>{texts.slip.lead}</p>
      <OrderFacts {...view} />
      <p>{texts.afterDeadline}</p>
      {known.map(({ chain, slip }) => (
        <section class="card stack slip" key={chain.code} aria-labelledby={`chain-${chain.code}`}>
          <h2 id={`chain-${chain.code}`}>{chain.name[configuredLanguage(language)]}</h2>
          <dl class="facts">
            <div>
              <dt>{texts.slip.number}</dt>
              <Digits number={slip.number} />
            </div>
            {slip.confirmation === null ? null : (
              <div>
                <dt>{texts.slip.confirmation}</dt>
                <Digits number={slip.confirmation} />
              </div>
            )}
          </dl>
          <ol>
            {chain.steps.map((step) => (
              <li key={step.en}>{step[configuredLanguage(language)]}</li>
            ))}
          </ol>
        </section>
      ))}
      <p>{texts.slip.paidAlready}</p>
      <p>
        <a href={`${paymentPath(order.orderNumber)}?change=1`}>{texts.slip.other}</a>
        <br />
        {texts.slip.otherNote}
      </p>
    </div>
  );
};
