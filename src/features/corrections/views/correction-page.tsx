import { OwnerField } from '#features/sign-in/index.ts';
import type { Catalog } from '#messages/catalog.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';
import { ChoiceCard } from '#ui/components/choice-card.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import type { FieldProblem } from '#ui/components/field-frame.tsx';
import { describedBy, FieldFrame } from '#ui/components/field-frame.tsx';
import { CORRECTION_MATTERS } from '../corrections-store.ts';
import { correctionPath } from '../paths.ts';

export const LONGEST_DETAILS = 1000;

type Props = {
  all: Catalog;
  accountId: string;
  typed: { matter: string; details: string };
  problems: readonly FieldProblem[];
  back: string;
};

/** What is wrong, in the person's own words; the draft waits meanwhile. */
export const CorrectionPage = ({ all, accountId, typed, problems, back }: Props) => {
  const texts = all.corrections;
  const problemOf = (field: string) => problems.find((problem) => problem.field === field)?.message;
  const details = { name: 'details', hint: texts.detailsHint, problem: problemOf('details') };
  const matter = problemOf('matter');
  return (
    <form method="post" action={correctionPath()} class="stack" novalidate>
      <OwnerField accountId={accountId} />
      <ErrorSummary title={all.frame.errorSummary} problems={problems} />
      <p>{texts.lead}</p>
      <fieldset class={matter === undefined ? 'stack' : 'stack field--wrong'}>
        <legend>{texts.matter}</legend>
        {matter === undefined ? null : (
          <p class="field__error" id="matter-error">
            {matter}
          </p>
        )}
        {CORRECTION_MATTERS.map((value, index) => (
          <ChoiceCard
            key={value}
            type="radio"
            name="matter"
            value={value}
            id={index === 0 ? 'matter' : `matter-${value}`}
            title={texts.matters[value]}
            checked={typed.matter === value}
            describedBy={matter === undefined ? undefined : 'matter-error'}
          />
        ))}
      </fieldset>
      <FieldFrame {...details} label={texts.details}>
        <textarea
          class="field__input"
          id="details"
          name="details"
          rows={6}
          maxLength={LONGEST_DETAILS}
          aria-describedby={describedBy(details)}
          aria-invalid={details.problem === undefined ? undefined : 'true'}
        >
          {typed.details}
        </textarea>
      </FieldFrame>
      <div class="actions">
        <LinkButton kind="secondary" href={back}>
          {texts.back}
        </LinkButton>
        <Button>{texts.send}</Button>
      </div>
    </form>
  );
};

export const CorrectionDonePage = ({
  all,
  requestNumber,
  back,
}: {
  all: Catalog;
  requestNumber: string;
  back: string;
}) => (
  <div class="stack">
    <p>{all.corrections.done}</p>
    <p>
      {all.corrections.number}: <strong>{requestNumber}</strong>
    </p>
    <p>{all.corrections.kept}</p>
    <LinkButton kind="secondary" href={back}>
      {all.corrections.back}
    </LinkButton>
  </div>
);
