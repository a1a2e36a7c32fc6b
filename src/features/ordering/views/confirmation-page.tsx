import { yen } from '#domain/money.ts';
import { correctionPath } from '#features/corrections/index.ts';
import { messagesFor } from '#messages/messages.ts';
import { formatDate, formatInstant, formatYen } from '#platform/i18n/format.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';
import { Facts } from '#ui/components/facts.tsx';
import type { Assessment, WishedLine } from '../assess-draft.ts';
import { missingGlyphsOf } from '../assess-draft.ts';
import { certificatesPath, confirmationPath, previewPath } from '../paths.ts';
import { certificateText, copiesText, titleText } from './certificate-text.ts';
import { DeliverySummary } from './delivery-summary.tsx';
import { NamesWait } from './names-wait.tsx';
import type { ViewContext } from './order-state.tsx';
import type { FeeLine } from './price-table.tsx';
import { PriceTable } from './price-table.tsx';
import { programmeText } from './programme-text.ts';

type Props = {
  view: ViewContext;
  assessment: Assessment;
  idempotencyKey: string;
  paymentDeadline: Temporal.Instant;
  /** If it is paid for on the day it is ordered. */
  printDeadline: Temporal.Instant;
  /** The draft was changed elsewhere while an older confirmation was open. */
  changed: boolean;
  reference: string;
  /** Until when the office decides about a name that cannot be printed, if it is submitted now. */
  namesDeadline: Temporal.Instant;
};

export const ConfirmationPage = ({
  view,
  assessment,
  idempotencyKey,
  paymentDeadline,
  printDeadline,
  changed,
  reference,
  namesDeadline,
}: Props) => {
  const { language } = view;
  const texts = view.texts.confirmation;
  const { person } = assessment.register;
  const { total } = assessment.price;
  const glyphs = missingGlyphsOf(assessment);
  const button = total === 0 ? texts.free : texts.pay(formatYen(total, language));
  const facts = [
    [texts.nameJa, person.nameJa],
    [texts.nameRoman, person.nameRoman ?? '—'],
    [texts.birthDate, formatDate(person.birthDate, language)],
    ...(reference === '' ? [] : [[view.texts.certificates.referenceShort, reference] as const]),
  ] as const;
  return (
    <div class="stack">
      {changed ? (
        <p class="notice" role="alert">
          {texts.changed}
        </p>
      ) : null}
      {glyphs.length === 0 ? null : (
        <NamesWait glyphs={glyphs} deadline={namesDeadline} view={view} submitted={false} />
      )}
      <h2>{texts.person}</h2>
      <Facts facts={facts} />
      <p>
        {texts.wrong} <a href={correctionPath()}>{texts.wrongLink}</a>
      </p>
      <h2>{texts.certificates}</h2>
      {assessment.lines.map((line, index) => (
        <Line key={line.offer.field} line={line} number={index + 1} draftKey={idempotencyKey} view={view} />
      ))}
      <DeliverySummary
        delivery={assessment.delivery?.delivery ?? null}
        view={view}
        titleOf={(field) => titleOf(assessment, field, view)}
      />
      <PriceTable view={view} amounts={assessment.price} lines={feeLines(assessment, view)} />
      <h2>{texts.deadlines}</h2>
      <ul>
        {total === 0 || glyphs.length > 0 ? null : (
          <li>{texts.payWithin(formatInstant(paymentDeadline, language))}</li>
        )}
        {assessment.delivery === null && glyphs.length === 0 ? (
          <li>{texts.printWithin(formatInstant(printDeadline, language))}</li>
        ) : null}
        <li>{texts.cancelling}</li>
      </ul>
      <form method="post" action={confirmationPath()} class="stack">
        <input type="hidden" name="key" value={idempotencyKey} />
        <input type="hidden" name="total" value={String(total)} />
        <div class="actions">
          <LinkButton kind="secondary" href={certificatesPath()}>
            {texts.back}
          </LinkButton>
          <Button>{glyphs.length === 0 ? button : messagesFor(language).names.submit}</Button>
        </div>
      </form>
    </div>
  );
};

const titleOf = ({ lines }: Assessment, field: string, view: ViewContext): string => {
  const offer = lines.find((line) => line.offer.field === field)?.offer;
  return offer === undefined ? '' : certificateText(offer.type, offer.language, view);
};

const feeLines = ({ lines, price }: Assessment, view: ViewContext): FeeLine[] =>
  lines.map(({ snapshot, offer, copies }, index) => ({
    label: copiesText(snapshot, { printed: offer.language, copies }, view),
    amount: price.lines[index]?.issuanceFee ?? yen(0),
  }));

/** Millimetres. The page keeps the place of a sheet free from the beginning: what stands below must not move when it comes. */
const A4 = { width: 210, height: 297 };

type LineProps = { line: WishedLine; number: number; draftKey: string; view: ViewContext };

const Line = ({ line, number, draftKey, view }: LineProps) => {
  const { texts, language } = view;
  const { snapshot, offer, copies, sheetsPerCopy } = line;
  const title = titleText(snapshot, language);
  const { studentNumber } = snapshot.enrolment;
  return (
    <article class="card stack">
      <h3>{copiesText(snapshot, { printed: offer.language, copies }, view)}</h3>
      <p>
        {programmeText(snapshot.enrolment, language)} · {texts.certificates.studentNumber(studentNumber)}
      </p>
      <p>{texts.total.sheets(sheetsPerCopy * copies)}</p>
      {Array.from({ length: sheetsPerCopy }, (_, page) => (
        <img
          key={page}
          class="preview"
          width={A4.width}
          height={A4.height}
          src={previewPath(draftKey, number, page + 1)}
          alt={texts.confirmation.previewAlt(title, page + 1)}
          loading="lazy"
        />
      ))}
    </article>
  );
};
