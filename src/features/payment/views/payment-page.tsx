import type { Order } from '#features/ordering/index.ts';
import type { Catalog } from '#messages/catalog.ts';
import { formatInstant, formatYen } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { Button } from '#ui/components/button.tsx';
import { ChoiceCard } from '#ui/components/choice-card.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import { Facts } from '#ui/components/facts.tsx';
import { orderPath, paymentPath } from '../paths.ts';
import type { PaymentMethod } from '../providers/provider.ts';

export type PaymentView = {
  readonly texts: Catalog['payment'];
  readonly order: Order;
  readonly language: Language;
};

export const OrderFacts = ({ texts, order, language }: PaymentView) => (
  <Facts
    facts={[
      [texts.orderNumber, order.orderNumber],
      [texts.amount, formatYen(order.total, language)],
      [texts.deadline, texts.until(formatInstant(order.paymentDeadline, language))],
    ]}
  />
);

type ChoiceProps = PaymentView & {
  readonly methods: readonly PaymentMethod[];
  readonly chosen: PaymentMethod | null;
  readonly problem: boolean;
  readonly problemTitle: string;
  /** Until when cash can be paid, when cash is chosen now. */
  readonly cashDeadline: Temporal.Instant;
};

export const PaymentPage = (props: ChoiceProps) => {
  const { texts, order, language, methods, chosen, problem, problemTitle } = props;
  const hintOf = (method: PaymentMethod): string =>
    method === 'storeCash'
      ? texts.hints.storeCash(formatInstant(props.cashDeadline, language))
      : texts.hints[method];
  const problems = problem ? [{ field: `method-${methods[0]}`, message: texts.chooseMethod }] : [];
  return (
    <div class="stack">
      <OrderFacts texts={texts} order={order} language={language} />
      <p>{texts.afterDeadline}</p>
      <form method="post" action={paymentPath(order.orderNumber)} class="stack">
        <ErrorSummary title={problemTitle} problems={problems} />
        <fieldset class="stack">
          <legend>{texts.method}</legend>
          {problem ? (
            <p class="field__error" id="method-error" role="alert">
              {texts.chooseMethod}
            </p>
          ) : null}
          {methods.map((method) => (
            <ChoiceCard
              key={method}
              type="radio"
              name="method"
              id={`method-${method}`}
              value={method}
              title={texts.methods[method]}
              line={hintOf(method)}
              checked={method === chosen}
              describedBy={problem ? 'method-error' : undefined}
            />
          ))}
        </fieldset>
        <div class="actions">
          <Button>{texts.pay(formatYen(order.total, language))}</Button>
        </div>
      </form>
    </div>
  );
};

type ContinueProps = PaymentView & { readonly checkoutUrl: string; readonly method: PaymentMethod };

export const ContinuePage = ({ checkoutUrl, method, ...view }: ContinueProps) => (
  <div class="stack">
    <p>{method === 'storeCash' ? view.texts.continueCash : view.texts.continueLead}</p>
    <OrderFacts {...view} />
    <p>
      <a class="button" href={checkoutUrl} rel="noreferrer">
        {view.texts.continueLink}
      </a>
    </p>
    <p>
      <a href={`${paymentPath(view.order.orderNumber)}?change=1`}>{view.texts.backToPayment}</a>
    </p>
  </div>
);

/** A state in which nothing can be paid, in words for exactly that state. */
export const notPayableWords = ({ texts, order, language }: PaymentView): { title: string; lead: string } => {
  if (order.state === 'paid_late') {
    return { title: texts.late, lead: texts.lateLead(formatYen(order.total, language)) };
  }
  if (order.state === 'refund_ready' || order.state === 'refund_submitted') {
    return { title: texts.refunding, lead: texts.refundingLead };
  }
  return { title: texts.notPayable, lead: texts.notPayableLead };
};

export const NotPayablePage = (view: PaymentView) => (
  <div class="stack">
    <p>{notPayableWords(view).lead}</p>
    <p>
      <a href={orderPath(view.order.orderNumber)}>{view.texts.toOrder}</a>
    </p>
  </div>
);

/** The company does not answer: what stands until when, and the way on. */
export const CompanyAwayPage = (view: PaymentView) => (
  <div class="stack">
    <p>{view.texts.awayLead}</p>
    <OrderFacts {...view} />
    <p class="actions">
      <a class="button" href={paymentPath(view.order.orderNumber)}>
        {view.texts.tryAgain}
      </a>
    </p>
    <p>
      <a href={orderPath(view.order.orderNumber)}>{view.texts.toOrder}</a>
    </p>
  </div>
);

export const WaitingPage = ({ texts, order, again }: PaymentView & { readonly again: string }) => (
  <div class="stack">
    <p role="status">{texts.waitingLead}</p>
    <p>
      <a href={again}>{texts.checkAgain}</a>
    </p>
    <p>
      <a href={`${paymentPath(order.orderNumber)}?change=1`}>{texts.backToPayment}</a>
    </p>
  </div>
);
