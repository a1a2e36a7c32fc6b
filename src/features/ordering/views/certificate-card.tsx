import { matterOfReason } from '#domain/eligibility/rules.ts';
import { feeClassOf } from '#domain/fee/fee-class.ts';
import { feeOfCopy } from '#domain/fee/price-order.ts';
import type { Draft } from '#domain/order/draft.ts';
import { contactFor } from '#domain/university/contact.ts';
import { formatDate, formatInstant, formatYen } from '#platform/i18n/format.ts';
import { nameIn } from '#platform/i18n/language.ts';
import { NumberStepper } from '#ui/components/number-stepper.tsx';
import type { Assessment, Offer } from '../assess-draft.ts';
import { titleText } from './certificate-text.ts';
import type { ViewContext } from './order-state.tsx';
import { problemText } from './problem-text.ts';

type Refused = Extract<Offer['eligibility'], { eligible: false }>;
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
        <strong>{titleText(type, language)}</strong>{' '}
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
  const title = titleText(type, view.language);
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

/** From when it will be possible where that is known, and whom to ask where asking helps. */
const wayOut = ({ reason, from, at }: Refused, { texts, language, dependencies }: ViewContext): string => {
  const matter = matterOfReason(reason);
  const contact = matter === null ? undefined : contactFor(dependencies.university.contacts, matter);
  const opens = at === undefined ? from && formatDate(from, language) : formatInstant(at, language);
  return [
    opens === undefined ? '' : texts.certificates.from(opens),
    contact === undefined ? '' : texts.certificates.ask(nameIn(contact, language), contact.telephone),
  ]
    .filter((part) => part !== '')
    .join(' ');
};

const Refusal = ({ offer: { eligibility }, view }: { offer: Offer; view: ViewContext }) =>
  eligibility.eligible ? null : (
    <span class="certificate__reason">
      {view.texts.certificates.notAvailable(view.texts.reasons[eligibility.reason])}{' '}
      {wayOut(eligibility, view)}
    </span>
  );

type Unavailable = { groups: readonly (readonly Offer[])[]; view: ViewContext };

/** What cannot be ordered is listed with its reason and date, never hidden; what shares a reason shares a line. */
export const UnavailableList = ({ groups, view }: Unavailable) => {
  const { texts, language } = view;
  const refused = groups.flatMap(([first]) =>
    first === undefined || first.eligibility.eligible
      ? []
      : [{ type: first.type, why: first.eligibility, way: wayOut(first.eligibility, view) }],
  );
  if (refused.length === 0) return null;
  const byReason = [...Map.groupBy(refused, ({ why, way }) => `${why.reason} ${way}`).values()];
  return (
    <section class="card card--unavailable">
      <h3>{texts.certificates.unavailable}</h3>
      <dl class="refusals">
        {byReason.map((same) => (
          <div key={same[0]?.type.code}>
            <dt>
              {same[0] === undefined ? '' : texts.reasons[same[0].why.reason]} {same[0]?.way}
            </dt>
            <dd>{texts.certificates.list(same.map(({ type }) => titleText(type, language)))}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
