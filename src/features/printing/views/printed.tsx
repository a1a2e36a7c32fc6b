import type { Catalog } from '#messages/catalog.ts';
import { LinkButton } from '#ui/components/button.tsx';
import { badPrintPath } from '../paths.ts';

type PrintedProps = {
  readonly texts: Catalog['printing'];
  readonly orderNumber: string;
  /** Until when the owner may say that it came out badly; null where that is over. */
  readonly badPrintUntil: string | null;
};

export const Printed = ({ texts, orderNumber, badPrintUntil }: PrintedProps) => (
  <div class="stack">
    <p>{texts.printed}</p>
    {badPrintUntil === null ? null : (
      <section class="card stack" aria-labelledby="bad-print">
        <h2 id="bad-print">{texts.badPrint.title}</h2>
        <p>{texts.badPrint.offer(badPrintUntil)}</p>
        <p>
          <LinkButton kind="secondary" href={badPrintPath(orderNumber)}>
            {texts.badPrint.open}
          </LinkButton>
        </p>
      </section>
    )}
  </div>
);
