import { formatYen } from '#platform/i18n/format.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';
import { UNPAID } from '../cancel-order.ts';
import type { Order } from '../order-store.ts';
import { cancelPath, orderPath } from '../paths.ts';
import type { ViewContext } from './order-state.tsx';

/** What cancelling does, before it is done: it cannot be taken back. */
export const CancelPage = ({ order, view }: { order: Order; view: ViewContext }) => {
  const texts = view.texts.cancel;
  const back = !UNPAID.includes(order.state) && order.total > 0;
  return (
    <div class="stack">
      <p>{texts.lead}</p>
      <p>{back ? texts.refund(formatYen(order.total, view.language)) : texts.nothingPaid}</p>
      <form method="post" action={cancelPath(order.orderNumber)} class="actions">
        <LinkButton kind="secondary" href={orderPath(order.orderNumber)}>
          {texts.keep}
        </LinkButton>
        <Button>{texts.cancel}</Button>
      </form>
    </div>
  );
};
