import { matterOfReason } from '#domain/eligibility/rules.ts';
import { feeClassOf } from '#domain/fee/fee-class.ts';
import { feeOfCopy } from '#domain/fee/price-order.ts';
import type { Draft } from '#domain/order/draft.ts';
import { contactFor } from '#domain/university/university.ts';
import { formatDate, formatInstant, formatYen } from '#platform/i18n/format.ts';
import { NumberStepper } from '#ui/components/number-stepper.tsx';
import type { Assessment, Offer } from '../assess-draft.ts';
import type { ViewContext } from './order-state.tsx';
import { problemText } from './problem-text.ts';

type CardProps = { offers: readonly Offer[]; view: ViewContext; draft: Draft; assessment: Assessment };

/** One certificate of one enrolment, with a line for each language. */
export const CertificateCard = ({ offers, view, draft, assessment }: CardProps) => {
  const { language, texts } = view;
  const first = offers[0];
  if (first === undefined) return null;
  const { type, enrolment } = first;
  const fee = feeOfCopy(draft.destination ?? 'store', { fee: type.fee, feeClass: feeClassOf(enrolment) });
  return (
    <div class="card certificate">
      <p class="certificate__head">
        <strong>{language === 'ja' ? type.titleJa : type.titleEn}</strong>{' '}
        <span>{fee === 0 ? texts.destination.free : texts.certificates.each(formatYen(fee, language))}</span>
      </p>
      {offers.map((offer) => (
        <LanguageRow key={offer.field} offer={offer} view={view} draft={draft} assessment={assessment} />
      ))}
    </div>
  );
};

type RowProps = { offer: Offer; view: ViewContext; draft: Draft; assessment: Assessment };

const LanguageRow = ({ offer, view, draft, assessment }: RowProps) => {
  const texts = view.texts.certificates;
  const { eligibility, field, type } = offer;
  const typed = draft.copies[field] ?? '';
  const problem = assessment.problems.get(field);
  const title = view.language === 'ja' ? type.titleJa : type.titleEn;
  const open = eligibility.eligible || problem !== undefined;
  return (
    <div class={problem === undefined ? 'certificate__row' : 'certificate__row field--wrong'}>
      <span class="certificate__language">{texts[offer.language]}</span>
      {open ? (
        <NumberStepper
          name={field}
          label={texts.copiesOf(title, texts[offer.language])}
          value={typed === '0' ? '' : typed}
          most={view.dependencies.university.limits.copiesPerLine}
          problem={problem === undefined ? undefined : problemText(problem, view)}
          fewer={texts.fewer}
          more={texts.more}
        />
      ) : null}
      <Refusal offer={offer} view={view} />
      {problem === undefined ? null : (
        <p class="field__error" id={`${field}-error`}>
          {problemText(problem, view)}
        </p>
      )}
    </div>
  );
};

/** Why not, from when it will be possible where that is known, and whom to ask where asking helps. */
const Refusal = ({ offer: { eligibility }, view }: { offer: Offer; view: ViewContext }) => {
  if (eligibility.eligible) return null;
  const { texts, language, dependencies } = view;
  const { reason, from, at } = eligibility;
  const matter = matterOfReason(reason);
  const contact = matter === null ? undefined : contactFor(dependencies.university.contacts, matter);
  const opens = at === undefined ? from && formatDate(from, language) : formatInstant(at, language);
  return (
    <span class="certificate__reason">
      {texts.certificates.notAvailable(texts.reasons[reason])}{' '}
      {opens === undefined ? null : texts.certificates.from(opens)}
      {contact === undefined
        ? null
        : texts.certificates.ask(language === 'ja' ? contact.nameJa : contact.nameEn, contact.telephone)}
    </span>
  );
};

/** What cannot be ordered is listed with its reason and date, never hidden. */
export const UnavailableList = ({
  groups,
  view,
}: {
  groups: readonly (readonly Offer[])[];
  view: ViewContext;
}) =>
  groups.length === 0 ? null : (
    <section class="card card--unavailable">
      <h3>{view.texts.certificates.unavailable}</h3>
      <ul>
        {groups.map((offers) => {
          const [first] = offers;
          if (first === undefined) return null;
          const { type } = first;
          return (
            <li key={first.field}>
              <strong>{view.language === 'ja' ? type.titleJa : type.titleEn}</strong>{' '}
              <Refusal offer={first} view={view} />
            </li>
          );
        })}
      </ul>
    </section>
  );
