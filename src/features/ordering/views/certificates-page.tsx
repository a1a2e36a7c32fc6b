import { feeClassOf } from '#domain/fee/fee-class.ts';
import type { Draft } from '#domain/order/draft.ts';
import { findProgramme } from '#domain/university/university.ts';
import { formatDate, formatYen } from '#platform/i18n/format.ts';
import type { Assessment, Offer } from '../assess-draft.ts';
import { certificatesPath, destinationPath } from '../paths.ts';
import type { ViewContext } from './order-state.tsx';
import { PriceTable } from './price-table.tsx';

type Props = { view: ViewContext; draft: Draft; assessment: Assessment; asked: boolean };

export const CertificatesPage = (props: Props) => {
  const { view, assessment, asked } = props;
  const { texts, dependencies } = view;
  const { copiesPerLine, sheetsPerOrder } = dependencies.university.limits;
  const { offers, lines, price, tooManySheets, register, problems } = assessment;
  const groups = register.enrolments
    .map((enrolment) => ({ enrolment, own: offers.filter((offer) => offer.enrolment.id === enrolment.id) }))
    .filter(({ own }) => own.length > 0);
  return (
    <form method="post" action={certificatesPath()} class="stack">
      <p>{groups.length === 0 ? texts.certificates.empty : texts.certificates.lead(copiesPerLine)}</p>
      {groups.map(({ enrolment, own }) => (
        <fieldset class="stack" key={enrolment.id}>
          <legend>{enrolmentName(view, own)}</legend>
          {own.map((offer) => (
            <OfferCard key={offer.field} offer={offer} {...props} />
          ))}
        </fieldset>
      ))}
      {asked && lines.length === 0 && problems.size === 0 ? (
        <p class="field__error" role="alert">
          {texts.certificates.none}
        </p>
      ) : null}
      {tooManySheets ? (
        <p class="field__error" role="alert">
          {texts.certificates.tooMany(sheetsPerOrder)}
        </p>
      ) : null}
      <PriceTable view={view} amounts={price} />
      <button type="submit" name="action" value="next" class="button">
        {texts.certificates.next}
      </button>
      <button type="submit" name="action" value="recalculate" class="button button--secondary">
        {texts.certificates.recalculate}
      </button>
      <a href={destinationPath()}>{texts.certificates.back}</a>
    </form>
  );
};

const enrolmentName = ({ texts, language, dependencies }: ViewContext, own: readonly Offer[]): string => {
  const enrolment = own[0]?.enrolment;
  if (enrolment === undefined) return '';
  const names = findProgramme(dependencies.university.faculties, enrolment);
  const faculty = language === 'ja' ? names?.faculty.nameJa : names?.faculty.nameEn;
  const programme = language === 'ja' ? names?.programme.nameJa : names?.programme.nameEn;
  const number = texts.certificates.studentNumber(enrolment.studentNumber);
  return [faculty, programme, number].filter((part) => part !== undefined).join(' · ');
};

const OfferCard = ({ offer, view, draft, assessment }: { offer: Offer } & Props) => {
  const { language, dependencies } = view;
  const texts = view.texts.certificates;
  const { eligibility, field, type } = offer;
  const title = `${language === 'ja' ? type.titleJa : type.titleEn} (${texts[offer.language]})`;
  const problem = assessment.problems.get(field);
  const typed = draft.copies[field] ?? '';
  // A field with something in it stays open, so that it can be set back to 0.
  if (!eligibility.eligible && problem === undefined) {
    return (
      <div class="card card--unavailable">
        <strong>{title}</strong>
        <Refusal offer={offer} view={view} />
      </div>
    );
  }
  return (
    <div class="card field">
      <label class="field__label" for={field}>
        <strong>{title}</strong> {texts.each(formatYen(type.fee[feeClassOf(offer.enrolment)], language))}
        {' · '}
        {texts.copies}
      </label>
      <Refusal offer={offer} view={view} />
      <input
        class="field__input"
        id={field}
        name={field}
        inputMode="numeric"
        maxLength={3}
        value={typed}
        placeholder="0"
        aria-invalid={problem === undefined ? undefined : 'true'}
        aria-describedby={problem === undefined ? undefined : `${field}-error`}
      />
      {problem === undefined ? null : (
        <p class="field__error" id={`${field}-error`} role="alert">
          {problem === 'copies'
            ? texts.problems.copies(dependencies.university.limits.copiesPerLine)
            : texts.problems[problem === 'glyphs' ? 'glyphs' : 'notEligible']}
        </p>
      )}
    </div>
  );
};

const Refusal = ({ offer: { eligibility }, view }: { offer: Offer; view: ViewContext }) => {
  if (eligibility.eligible) return null;
  const { texts, language } = view;
  const { from } = eligibility;
  return (
    <p>
      {texts.certificates.notAvailable(texts.reasons[eligibility.reason])}{' '}
      {from === undefined ? null : texts.certificates.from(formatDate(from, language))}
    </p>
  );
};
