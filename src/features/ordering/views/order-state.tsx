import { mayOrder } from '#domain/order/states.ts';
import type { Catalog } from '#messages/messages.ts';
import { formatInstant } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { LinkButton } from '#ui/components/button.tsx';
import type { OrderingDependencies } from '../dependencies.ts';
import type { Order } from '../order-store.ts';

export type ViewContext = {
  readonly texts: Catalog['ordering'];
  readonly language: Language;
  readonly dependencies: OrderingDependencies;
};

/** Orders that wait for something the student does. */
export const isUnfinished = ({ state }: Order): boolean =>
  state === 'awaiting_payment' || mayOrder(state, 'begin-printing');

/** The state in plain words, its deadline, and the one next step. */
export const OrderState = ({ order, view }: { order: Order; view: ViewContext }) => {
  const { texts, language, dependencies } = view;
  const { state, orderNumber, printDeadline } = order;
  const printable = mayOrder(state, 'begin-printing');
  return (
    <>
      <p class="order-state">{texts.states[state]}</p>
      {state === 'awaiting_payment' ? (
        <p>
          {texts.payBy(formatInstant(order.paymentDeadline, language))}
          <br />
          <LinkButton href={dependencies.paymentPath(orderNumber)}>{texts.orders.pay}</LinkButton>
        </p>
      ) : null}
      {printable ? (
        <p>
          {printDeadline === null ? null : texts.printBy(formatInstant(printDeadline, language))}
          <br />
          <LinkButton href={dependencies.ticketPath(orderNumber)}>{texts.orders.ticket}</LinkButton>
        </p>
      ) : null}
      {state === 'lapsed' || state === 'printed' || state === 'printed_unconfirmed' ? (
        <p>
          <LinkButton kind="secondary" href={dependencies.ticketPath(orderNumber)}>
            {state === 'lapsed' ? texts.orders.extend : texts.orders.printAgain}
          </LinkButton>
        </p>
      ) : null}
    </>
  );
};
