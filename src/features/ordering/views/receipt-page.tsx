import { OwnerField } from '#features/sign-in/index.ts';
import { formatYen } from '#platform/i18n/format.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import { Facts } from '#ui/components/facts.tsx';
import { TextField } from '#ui/components/text-field.tsx';
import type { Order } from '../order-store.ts';
import { orderPath, receiptFilePath, receiptPath } from '../paths.ts';
import { LONGEST_ADDRESSEE } from '../receipt.ts';
import type { Receipt } from '../receipt-paper.ts';
import type { ViewContext } from './order-state.tsx';

type Props = {
  view: ViewContext;
  order: Order;
  receipt: Receipt;
  /** What was typed and is not taken yet; null where nothing was. */
  typed: string | null;
  /** Whether it cannot be taken. */
  wrong: boolean;
  errorSummary: string;
};

export const ReceiptPage = ({ view, order, receipt, typed, wrong, errorSummary }: Props) => {
  const { language } = view;
  const texts = view.texts.receipt;
  const problem = wrong ? texts.problem(LONGEST_ADDRESSEE) : undefined;
  const facts = [
    [view.texts.orders.number, receipt.number],
    [texts.addressee, receipt.addressee],
    [view.texts.total.total, formatYen(receipt.total, language)],
    [texts.registration, receipt.registrationNumber],
  ] as const;
  return (
    <div class="stack">
      <ErrorSummary
        title={errorSummary}
        problems={problem === undefined ? [] : [{ field: 'addressee', message: problem }]}
      />
      <Facts facts={facts} />
      {order.receiptAddressee === null ? (
        <form method="post" action={receiptPath(order.orderNumber)} class="stack">
          <OwnerField accountId={view.accountId} />
          <TextField
            name="addressee"
            label={texts.addressee}
            hint={texts.hint}
            value={typed ?? receipt.addressee}
            maxLength={LONGEST_ADDRESSEE}
            problem={problem}
          />
          <Button kind="secondary">{texts.save}</Button>
        </form>
      ) : (
        <p>{texts.saved}</p>
      )}
      <div class="actions">
        <LinkButton kind="secondary" href={orderPath(order.orderNumber)}>
          {texts.back}
        </LinkButton>
        <LinkButton href={receiptFilePath(order.orderNumber)}>{texts.file}</LinkButton>
      </div>
    </div>
  );
};
