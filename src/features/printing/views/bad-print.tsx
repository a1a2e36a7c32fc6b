import type { Catalog } from '#messages/catalog.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';
import { ChoiceCard } from '#ui/components/choice-card.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import { badPrintPath, ticketPath } from '../paths.ts';

export type PrintedCopy = {
  readonly position: number;
  readonly title: string;
  readonly serial: string;
  readonly pages: number;
};

type BadPrintProps = {
  readonly texts: Catalog['printing'];
  readonly errorSummary: string;
  readonly orderNumber: string;
  readonly copies: readonly PrintedCopy[];
  /** True when the form came back without a copy. */
  readonly problem: boolean;
};

/** Which sheets came out badly, and what follows: they are void the moment the form is sent. */
export const BadPrint = ({ texts, errorSummary, orderNumber, copies, problem }: BadPrintProps) => {
  const message = texts.badPrint.choose;
  return (
    <div class="stack">
      <ErrorSummary
        title={errorSummary}
        problems={problem ? [{ field: `copy-${copies[0]?.position ?? 1}`, message }] : []}
      />
      <p>{texts.badPrint.lead}</p>
      <ul>
        {texts.badPrint.terms.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <form method="post" action={badPrintPath(orderNumber)} class="stack">
        <fieldset aria-describedby={problem ? 'copy-error' : undefined}>
          <legend>{texts.badPrint.which}</legend>
          {problem ? (
            <p class="field__error" id="copy-error">
              {message}
            </p>
          ) : null}
          {copies.map(({ position, title, serial, pages }) => (
            <ChoiceCard
              key={position}
              type="checkbox"
              name="copy"
              value={String(position)}
              id={`copy-${position}`}
              title={title}
              line={texts.badPrint.sheet(serial, pages)}
              checked={copies.length === 1 && !problem}
            />
          ))}
        </fieldset>
        <div class="actions">
          <LinkButton kind="secondary" href={ticketPath(orderNumber)}>
            {texts.badPrint.back}
          </LinkButton>
          <Button>{texts.badPrint.submit}</Button>
        </div>
      </form>
    </div>
  );
};
