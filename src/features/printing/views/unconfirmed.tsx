import type { Catalog } from '#messages/catalog.ts';
import { Button } from '#ui/components/button.tsx';
import { reprintPath } from '../paths.ts';

type UnconfirmedProps = {
  readonly texts: Catalog['printing'];
  readonly orderNumber: string;
  /** True once the one reprint was asked for. */
  readonly used: boolean;
};

/** The deadline passed and no copier said whether it printed. */
export const Unconfirmed = ({ texts, orderNumber, used }: UnconfirmedProps) => (
  <div class="stack">
    <p>{texts.unconfirmed}</p>
    {used ? (
      <p>{texts.reprintUsed}</p>
    ) : (
      <>
        <p>{texts.reprintVoids}</p>
        <form method="post" action={reprintPath(orderNumber)}>
          <Button>{texts.reprint}</Button>
        </form>
      </>
    )}
  </div>
);
