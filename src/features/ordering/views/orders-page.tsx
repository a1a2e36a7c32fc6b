import type { VNode } from 'preact';
import { timesYen } from '#domain/money.ts';
import { copiesField } from '#domain/order/draft.ts';
import { formatInstant, formatYen } from '#platform/i18n/format.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';
import { Facts } from '#ui/components/facts.tsx';
import { isCancellable } from '../cancel-order.ts';
import { isCharged } from '../charged-line.ts';
import type { OrderLine } from '../line-store.ts';
import type { OrderHistoryEntry } from '../order-state-store.ts';
import type { Order } from '../order-store.ts';
import { againPath, cancelPath, destinationPath, orderPath, ordersPath, receiptPath } from '../paths.ts';
import { hasReceipt } from '../receipt.ts';
import { confirmDeadline } from '../recheck-lines.ts';
import { glyphsOf } from '../settle-names.ts';
import { certificateText, copiesText } from './certificate-text.ts';
import { DeliverySummary } from './delivery-summary.tsx';
import { destinationName } from './destination-terms.ts';
import { LineNotice } from './line-notice.tsx';
import { NamesWait } from './names-wait.tsx';
import type { ViewContext } from './order-state.tsx';
import { OrderState } from './order-state.tsx';
import { PriceTable } from './price-table.tsx';

export const OrdersPage = ({ orders, view }: { orders: readonly Order[]; view: ViewContext }) => {
  const texts = view.texts.orders;
  if (orders.length === 0) {
    return (
      <div class="waiting stack">
        <p class="waiting-title">{texts.empty}</p>
        <p>{texts.emptyHint}</p>
        <p>
          <LinkButton href={destinationPath()}>{texts.start}</LinkButton>
        </p>
      </div>
    );
  }
  return (
    <div class="stack">
      <p>
        <LinkButton href={destinationPath()}>{texts.start}</LinkButton>
      </p>
      {orders.map((order) => (
        <article class="card stack" key={order.id} aria-labelledby={`order-${order.orderNumber}`}>
          <h2 id={`order-${order.orderNumber}`}>
            <a href={orderPath(order.orderNumber)}>
              {texts.number} {order.orderNumber}
            </a>
          </h2>
          <OrderState order={order} view={view} />
          <p class="quiet">
            {formatInstant(order.submittedAt, view.language)} · {destinationName(order.destination, view)} ·{' '}
            {formatYen(order.total, view.language)}
          </p>
        </article>
      ))}
    </div>
  );
};

type OrderPageProps = {
  order: Order;
  lines: readonly OrderLine[];
  history: readonly OrderHistoryEntry[];
  view: ViewContext;
  /** What became of its sendings online, from the feature that sends them. */
  sent: VNode | null;
};

export const OrderPage = ({ order, lines, history, view, sent }: OrderPageProps) => {
  const { texts, language } = view;
  const named = lines.map(({ id, snapshot, language: printed, copies, feeEach, ...line }) => ({
    id,
    charged: isCharged(order, line),
    field: copiesField(line.enrolmentId, line.certificateType, printed),
    title: certificateText(snapshot, printed, view),
    label: copiesText(snapshot, { printed, copies }, view),
    amount: timesYen(feeEach, copies),
  }));
  const facts = [
    [texts.orders.destination, destinationName(order.destination, view)],
    [texts.orders.submittedAt, formatInstant(order.submittedAt, language)],
    ...(order.reference === '' ? [] : [[texts.certificates.referenceShort, order.reference] as const]),
  ] as const;
  return (
    <div class="stack">
      <section class="card stack" aria-label={texts.orders.state}>
        <OrderState order={order} view={view} />
      </section>
      {order.state === 'awaiting_names' && order.namesDeadline !== null ? (
        <NamesWait glyphs={glyphsOf(lines)} deadline={order.namesDeadline} view={view} submitted />
      ) : null}
      <Facts facts={facts} />
      <h2>{texts.confirmation.certificates}</h2>
      <ul class="stack">
        {lines.map((line, index) => (
          <li key={line.id}>
            {named[index]?.label}
            <LineNotice
              order={order}
              line={line}
              language={language}
              deadline={confirmDeadline(view.dependencies, order)}
            />
          </li>
        ))}
      </ul>
      {sent ?? (
        <DeliverySummary
          delivery={order.delivery}
          view={view}
          titleOf={(field) => named.find((line) => line.field === field)?.title ?? ''}
        />
      )}
      <PriceTable view={view} amounts={order} lines={named.filter(({ charged }) => charged)} />
      <History history={history} view={view} />
      <OrderActions order={order} view={view} />
    </div>
  );
};

const History = ({ history, view }: { history: readonly OrderHistoryEntry[]; view: ViewContext }) => (
  <section class="stack" aria-labelledby="history">
    <h2 id="history">{view.texts.orders.history}</h2>
    <ol class="timeline">
      {history.map(({ at, to }, index) => (
        <li key={index}>
          <time datetime={at.toString()}>{formatInstant(at, view.language)}</time>{' '}
          <span>{view.texts.states[to]}</span>
        </li>
      ))}
    </ol>
  </section>
);

const OrderActions = ({ order, view }: { order: Order; view: ViewContext }) => {
  const texts = view.texts.orders;
  const { orderNumber } = order;
  return (
    <div class="actions">
      <LinkButton kind="secondary" href={ordersPath()}>
        {texts.back}
      </LinkButton>
      {isCancellable(order) ? (
        <LinkButton kind="secondary" href={cancelPath(orderNumber)}>
          {texts.cancel}
        </LinkButton>
      ) : null}
      {hasReceipt(order) ? (
        <LinkButton kind="secondary" href={receiptPath(orderNumber)}>
          {texts.receipt}
        </LinkButton>
      ) : null}
      <form method="post" action={againPath(orderNumber)}>
        <Button kind="secondary">{texts.again}</Button>
      </form>
    </div>
  );
};
