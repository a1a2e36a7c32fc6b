import { needsDelivery } from '#domain/order/delivery.ts';
import type { Draft } from '#domain/order/draft.ts';
import { findProgramme } from '#domain/university/university.ts';
import { OwnerField } from '#features/sign-in/index.ts';
import { nameIn } from '#platform/i18n/language.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import type { FieldProblem } from '#ui/components/field-frame.tsx';
import { TextField } from '#ui/components/text-field.tsx';
import type { Assessment, Offer } from '../assess-draft.ts';
import { certificatesPath, destinationPath } from '../paths.ts';
import { CertificateCard, UnavailableList } from './certificate-card.tsx';
import { titleText } from './certificate-text.ts';
import { destinationName } from './destination-terms.ts';
import { FareDiscountFields } from './fare-discount-fields.tsx';
import type { ViewContext } from './order-state.tsx';
import { PriceTable } from './price-table.tsx';
import { problemText } from './problem-text.ts';

type Props = {
  view: ViewContext;
  draft: Draft;
  assessment: Assessment;
  asked: boolean;
  errorSummary: string;
};

/** What is wrong with the choice as a whole; it stands above the fields, and leads to the first of them. */
const wholeProblems = ({ view, assessment, asked }: Props): FieldProblem[] => {
  const { texts, dependencies } = view;
  const { problems, lines, offers, tooManySheets } = assessment;
  if (!asked) return [];
  const found: FieldProblem[] = [];
  const first = offers.find(({ eligibility }) => eligibility.eligible)?.field ?? 'certificates';
  if (lines.length === 0 && problems.size === 0)
    found.push({ field: first, message: texts.certificates.none });
  if (tooManySheets) {
    const { sheetsPerOrder } = dependencies.university.limits;
    found.push({
      field: lines[0]?.offer.field ?? first,
      message: texts.certificates.tooMany(sheetsPerOrder),
    });
  }
  return found;
};

const listProblems = (props: Props): FieldProblem[] => {
  const { view, assessment, asked } = props;
  if (!asked) return [];
  const found = [...assessment.problems].map(([field, problem]) => ({
    field,
    message: problemText(problem, view),
  }));
  found.push(...wholeProblems(props));
  if (assessment.conflicts.length > 0)
    found.push({ field: 'conflicts', message: view.texts.certificates.conflict });
  return found;
};

export const CertificatesPage = (props: Props) => {
  const { view, assessment, draft, errorSummary } = props;
  const { texts } = view;
  const { offers, register } = assessment;
  const groups = register.enrolments
    .map((enrolment) => ({ enrolment, own: offers.filter((offer) => offer.enrolment.id === enrolment.id) }))
    .filter(({ own }) => own.length > 0);
  const orderable = offers.some((offer) => isUsable(offer, draft));
  return (
    <form method="post" action={certificatesPath()} class="stack" id="certificates" data-copies>
      <OwnerField accountId={view.accountId} />
      <button type="submit" name="action" value="recalculate" class="button--enter" tabIndex={-1}>
        {texts.certificates.recalculate}
      </button>
      <ErrorSummary title={errorSummary} problems={listProblems(props)} />
      <p class="chosen">
        {texts.certificates.destination}
        <strong>{draft.destination === null ? '' : destinationName(draft.destination, view)}</strong>
        <a href={destinationPath()}>{texts.certificates.back}</a>
      </p>
      <Conflicts {...props} />
      <p>{orderable ? texts.certificates.lead : texts.certificates.empty}</p>
      {wholeProblems(props).map(({ message }) => (
        <p class="field__error" key={message}>
          {message}
        </p>
      ))}
      {groups.map(({ enrolment, own }) => (
        <fieldset class="stack" key={enrolment.id}>
          <legend class="enrolment">{enrolmentName(view, own)}</legend>
          {byType(own, draft, true).map((offersOfType) => (
            <CertificateCard key={offersOfType[0]?.field} offers={offersOfType} {...props} />
          ))}
          <UnavailableList groups={byType(own, draft, false)} view={view} />
        </fieldset>
      ))}
      {orderable ? <Rest {...props} /> : null}
    </form>
  );
};

/** What goes with the copies: details, the sum, and the way on. */
const Rest = ({ view, draft, assessment: { offers, price } }: Props) => {
  const { texts } = view;
  return (
    <>
      <FareDiscountFields offers={offers} view={view} draft={draft} />
      {needsDelivery(draft.destination) ? null : (
        <TextField
          name="reference"
          label={texts.certificates.reference}
          hint={texts.certificates.referenceHint}
          value={draft.typed['reference'] ?? ''}
          maxLength={60}
        />
      )}
      <div id="total" aria-live="polite">
        <PriceTable view={view} amounts={price} />
      </div>
      <div class="actions">
        <Button kind="secondary" name="action" value="recalculate">
          {texts.certificates.recalculate}
        </Button>
        <Button name="action" value="next">
          {texts.certificates.next}
        </Button>
      </div>
    </>
  );
};

/** Wishes that this destination does not take: kept, and told with both ways out. */
const Conflicts = ({ view, assessment: { conflicts } }: Props) => {
  const { texts, language } = view;
  if (conflicts.length === 0) return null;
  return (
    <section class="notice" id="conflicts" tabIndex={-1}>
      <p>{texts.certificates.conflict}</p>
      <ul>
        {conflicts.map((type) => (
          <li key={type.code}>{titleText(type, language)}</li>
        ))}
      </ul>
      <div class="actions">
        <Button kind="secondary" name="action" value="drop">
          {texts.certificates.drop}
        </Button>
        <LinkButton href={destinationPath()}>{texts.certificates.keep}</LinkButton>
      </div>
    </section>
  );
};

/** A field with something in it stays open, so that it can be set back to 0. */
const isUsable = (offer: Offer, draft: Draft): boolean =>
  offer.eligibility.eligible || !['', '0', undefined].includes(draft.copies[offer.field]);

/** The offers of each type together, of those types that can be ordered in at least one language, or the others. */
const byType = (own: readonly Offer[], draft: Draft, usable: boolean): Offer[][] => {
  const groups = Map.groupBy(own, (offer) => offer.type.code);
  return [...groups.values()].filter((group) => group.some((offer) => isUsable(offer, draft)) === usable);
};

const enrolmentName = ({ texts, language, dependencies }: ViewContext, own: readonly Offer[]): string => {
  const enrolment = own[0]?.enrolment;
  if (enrolment === undefined) return '';
  const names = findProgramme(dependencies.university.faculties, enrolment);
  const number = texts.certificates.studentNumber(enrolment.studentNumber);
  const above =
    names === undefined ? [] : [nameIn(names.faculty, language), nameIn(names.programme, language)];
  return [...above, number].join(' · ');
};
