import type { Order } from '#features/ordering/index.ts';
import type { Catalog } from '#messages/messages.ts';
import { formatInstant, formatYen } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { orderPath, paymentPath } from '../paths.ts';

type Props = { readonly texts: Catalog['payment']; readonly order: Order; readonly language: Language };

const Facts = ({ texts, order, language }: Props) => (
  <dl>
    <dt>{texts.orderNumber}</dt>
    <dd>{order.orderNumber}</dd>
    <dt>{texts.amount}</dt>
    <dd>{formatYen(order.total, language)}</dd>
    <dt>{texts.deadline}</dt>
    <dd>
      {texts.until(formatInstant(order.paymentDeadline, language))}
      <br />
      {texts.afterDeadline}
    </dd>
  </dl>
);

export const PaymentPage = (props: Props) => (
  <>
    <Facts {...props} />
    <form method="post" action={paymentPath(props.order.orderNumber)}>
      <fieldset>
        <legend>{props.texts.method}</legend>
        <label>
          <input type="radio" name="method" value="card" checked required />
          <strong>{props.texts.card}</strong> <span>{props.texts.cardHint}</span>
        </label>
      </fieldset>
      <button type="submit">{props.texts.pay(formatYen(props.order.total, props.language))}</button>
    </form>
  </>
);

export const ContinuePage = (props: Props & { readonly checkoutUrl: string }) => (
  <>
    <p>{props.texts.continueLead}</p>
    <Facts {...props} />
    <p>
      <a class="button" href={props.checkoutUrl} rel="noreferrer">
        {props.texts.continueLink}
      </a>
    </p>
  </>
);

export const NotPayablePage = ({ texts, order }: Props) => (
  <>
    <p>{texts.notPayableLead}</p>
    <p>
      <a href={orderPath(order.orderNumber)}>{texts.toOrder}</a>
    </p>
  </>
);

export const WaitingPage = ({ texts, order, again }: Props & { readonly again: string }) => (
  <>
    <meta http-equiv="refresh" content={`4; url=${again}`} />
    <p>{texts.waitingLead}</p>
    <p>
      <a href={again}>{texts.checkAgain}</a>
    </p>
    <p>
      <a href={paymentPath(order.orderNumber)}>{texts.backToPayment}</a>
    </p>
  </>
);
