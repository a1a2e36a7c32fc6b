import { formatDate, formatInstant, formatYen } from '#platform/i18n/format.ts';
import type { Assessment, WishedLine } from '../assess-draft.ts';
import { certificatesPath, confirmationPath, previewPath } from '../paths.ts';
import type { ViewContext } from './order-state.tsx';
import { PriceTable } from './price-table.tsx';

type Props = {
  view: ViewContext;
  assessment: Assessment;
  idempotencyKey: string;
  paymentDeadline: Temporal.Instant;
  /** If it is paid for on the day it is ordered. */
  printDeadline: Temporal.Instant;
};

export const ConfirmationPage = ({
  view,
  assessment,
  idempotencyKey,
  paymentDeadline,
  printDeadline,
}: Props) => {
  const { language } = view;
  const texts = view.texts.confirmation;
  const { person } = assessment.register;
  const { total } = assessment.price;
  const facts = [
    [texts.nameJa, person.nameJa],
    [texts.nameRoman, person.nameRoman ?? '—'],
    [texts.birthDate, formatDate(person.birthDate, language)],
  ] as const;
  return (
    <div class="stack">
      <h2>{texts.person}</h2>
      <dl class="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{texts.wrong}</p>
      <h2>{texts.certificates}</h2>
      {assessment.lines.map((line, index) => (
        <Line key={line.offer.field} line={line} number={index + 1} view={view} />
      ))}
      <PriceTable view={view} amounts={assessment.price} />
      <h2>{texts.deadlines}</h2>
      <p>{texts.payWithin(formatInstant(paymentDeadline, language))}</p>
      <p>{texts.printWithin(formatInstant(printDeadline, language))}</p>
      <p>{texts.cancelling}</p>
      <form method="post" action={confirmationPath()} class="stack">
        <input type="hidden" name="key" value={idempotencyKey} />
        <button type="submit" class="button">
          {total === 0 ? texts.free : texts.pay(formatYen(total, language))}
        </button>
      </form>
      <a href={certificatesPath()}>{texts.back}</a>
    </div>
  );
};

const Line = ({ line, number, view }: { line: WishedLine; number: number; view: ViewContext }) => {
  const { texts, language } = view;
  const { snapshot, offer, copies, sheetsPerCopy } = line;
  const title = language === 'ja' ? snapshot.titleJa : snapshot.titleEn;
  const { facultyJa, facultyEn, programmeJa, programmeEn, studentNumber } = snapshot.enrolment;
  const programme = language === 'ja' ? `${facultyJa} ${programmeJa}` : `${facultyEn}, ${programmeEn}`;
  return (
    <article class="card stack">
      <h3>{texts.confirmation.line(title, texts.certificates[offer.language], copies)}</h3>
      <p>
        {programme} · {texts.certificates.studentNumber(studentNumber)}
      </p>
      <p>{texts.total.sheets(sheetsPerCopy * copies)}</p>
      {Array.from({ length: sheetsPerCopy }, (_, page) => (
        <img
          key={page}
          class="preview"
          src={previewPath(number, page + 1)}
          alt={texts.confirmation.previewAlt(title, page + 1)}
          loading="lazy"
        />
      ))}
    </article>
  );
};
