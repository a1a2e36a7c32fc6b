import type { Catalog } from '#messages/catalog.ts';
import { Button } from '#ui/components/button.tsx';
import { extendPath } from '../paths.ts';

type LapsedProps = {
  readonly texts: Catalog['printing'];
  readonly orderNumber: string;
  /** Until when it could be printed if it were extended now; null once the one extension is used. */
  readonly until: string | null;
};

/** The print deadline passed: nothing is lost, and once there is more time. */
export const Lapsed = ({ texts, orderNumber, until }: LapsedProps) => (
  <div class="stack">
    <p>{texts.lapsed}</p>
    {until === null ? (
      <p>{texts.extensionUsed}</p>
    ) : (
      <>
        <p>{texts.extendTerms(until)}</p>
        <form method="post" action={extendPath(orderNumber)} class="actions">
          <Button>{texts.extend}</Button>
        </form>
      </>
    )}
  </div>
);
