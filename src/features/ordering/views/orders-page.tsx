import { formatInstant, formatYen } from '#platform/i18n/format.ts';
import type { Order, OrderLine } from '../order-store.ts';
import { cancelPath, destinationPath, orderPath, ordersPath } from '../paths.ts';
import type { ViewContext } from './order-state.tsx';
import { OrderState } from './order-state.tsx';
import { PriceTable } from './price-table.tsx';

export const OrdersPage = ({ orders, view }: { orders: readonly Order[]; view: ViewContext }) => {
  const texts = view.texts.orders;
  return (
    <div class="stack">
      {orders.length === 0 ? <p>{texts.empty}</p> : null}
      {orders.map((order) => (
        <article class="card stack" key={order.id}>
          <h2>
            {texts.number} {order.orderNumber}
          </h2>
          <p>
            {formatInstant(order.submittedAt, view.language)} · {formatYen(order.total, view.language)}
          </p>
          <OrderState order={order} view={view} />
          <a href={orderPath(order.orderNumber)}>{texts.details}</a>
        </article>
      ))}
      <a class="button" href={destinationPath()}>
        {texts.start}
      </a>
    </div>
  );
};

type OrderPageProps = { order: Order; lines: readonly OrderLine[]; view: ViewContext };

export const OrderPage = ({ order, lines, view }: OrderPageProps) => {
  const { texts, language } = view;
  return (
    <div class="stack">
      <OrderState order={order} view={view} />
      <p>
        {texts.orders.submittedAt} {formatInstant(order.submittedAt, language)}
      </p>
      <h2>{texts.confirmation.certificates}</h2>
      <ul>
        {lines.map(({ id, snapshot, language: printed, copies }) => (
          <li key={id}>
            {texts.confirmation.line(
              language === 'ja' ? snapshot.titleJa : snapshot.titleEn,
              texts.certificates[printed],
              copies,
            )}
          </li>
        ))}
      </ul>
      <PriceTable view={view} amounts={order} />
      {order.state === 'awaiting_payment' ? (
        <form method="post" action={cancelPath(order.orderNumber)}>
          <button type="submit" class="button button--secondary">
            {texts.orders.cancel}
          </button>
        </form>
      ) : null}
      <a href={ordersPath()}>{texts.orders.back}</a>
    </div>
  );
};
