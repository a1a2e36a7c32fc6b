import { addBusinessDays } from '#domain/calendar/calendar.ts';
import { tokyoDate } from '#domain/dates.ts';
import { mayOrder } from '#domain/order/states.ts';
import type { Catalog } from '#messages/catalog.ts';
import { messagesFor } from '#messages/messages.ts';
import { formatDay, formatInstant } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { LinkButton } from '#ui/components/button.tsx';
import { UNPAID } from '../cancel-order.ts';
import type { OrderingDependencies } from '../dependencies.ts';
import type { Order } from '../order-store.ts';

export type ViewContext = {
  readonly texts: Catalog['ordering'];
  readonly language: Language;
  readonly dependencies: OrderingDependencies;
  /** Who reads the page. */
  readonly accountId: string;
  /** Issuing stands still; only asked where it is told. */
  readonly halted?: boolean;
};

/** Paid for, and not yet on their way or laid ready. */
const OFFICE_STATES: readonly Order['state'][] = ['paid', 'preparing', 'to_print', 'to_ship', 'to_send'];

/** States in which the order waits for its certificates to be made. */
/** States in which a halt of all issuing is what an order waits for. */
export const TO_BE_ISSUED: readonly Order['state'][] = ['paid', 'preparing'];

/** Orders that wait for something the student does. */
export const isUnfinished = (order: Order): boolean =>
  UNPAID.includes(order.state) || mayOrder(order.state, 'begin-printing') || isAtMachine(order);

/** It lies at a printer on campus, or is coming out of it. */
const isAtMachine = ({ state, destination }: Order): boolean =>
  destination === 'campus' && state === 'printing';

/** What the office or the sender is doing, and by which day of the office calendar; null where nobody is waited for. */
const waitingText = (order: Order, { texts, language, dependencies }: ViewContext): string | null => {
  const { state, destination } = order;
  if (!OFFICE_STATES.includes(state)) return null;
  if (destination === 'digital') return state === 'to_send' ? texts.waiting.digital : null;
  if (destination !== 'post' && destination !== 'counter') return null;
  const { calendar, deadlines } = dependencies.university;
  const from = tokyoDate(order.paidAt ?? order.submittedAt);
  const day = formatDay(addBusinessDays(calendar, from, deadlines.dispatchBusinessDays), language);
  return texts.waiting[destination](day);
};

/** The state in plain words, its deadline, and the one next step. */
export const OrderState = ({ order, view }: { order: Order; view: ViewContext }) => {
  const { texts, language, dependencies } = view;
  const { state, orderNumber, printDeadline } = order;
  const printable = mayOrder(state, 'begin-printing') || isAtMachine(order);
  const waiting = waitingText(order, view);
  return (
    <>
      <p class="order-state">{isAtMachine(order) ? texts.waiting.machine : texts.states[state]}</p>
      {waiting === null ? null : <p>{waiting}</p>}
      {view.halted === true && TO_BE_ISSUED.includes(state) ? (
        <p>{messagesFor(language).heldLines.halted}</p>
      ) : null}
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
