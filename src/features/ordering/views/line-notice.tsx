import type { ChangedFact } from '#domain/certificate/changed-facts.ts';
import type { CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import { PAID_STATES } from '#domain/order/states.ts';
import { messagesFor } from '#messages/messages.ts';
import { formatDate, formatInstant } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { DataTable } from '#ui/components/data-table.tsx';
import { isCharged } from '../charged-line.ts';
import type { OrderLine } from '../line-store.ts';
import type { Order } from '../order-store.ts';
import { confirmLinePath, declineLinePath } from '../paths.ts';
import { programmeText } from './programme-text.ts';
import { refusalText } from './refusal-text.ts';

type LineNoticeProps = {
  readonly order: Order;
  readonly line: OrderLine;
  readonly language: Language;
  readonly deadline: Temporal.Instant;
};

const valueOf = (fact: ChangedFact, snapshot: CertificateSnapshot, language: Language): string => {
  const { person, enrolment } = snapshot;
  switch (fact) {
    case 'name':
      return [person.nameJa, person.nameRoman].filter((name) => name !== null).join(' / ');
    case 'birth-date':
      return formatDate(Temporal.PlainDate.from(person.birthDate), language);
    case 'programme':
      return programmeText(enrolment, language);
    case 'status':
      return '';
  }
};

/** Beneath a line on the order's page: what changed and the two answers, or why it was not issued. */
export const LineNotice = ({ order, line, language, deadline }: LineNoticeProps) => {
  const texts = messagesFor(language).heldLines;
  if (line.state === 'not_issued') {
    const [reason = 'other', remark] = line.reasons;
    return (
      <section class="note stack">
        <h3>{texts.refusedTitle}</h3>
        <p>{texts.because(refusalText(reason, language))}</p>
        {remark === undefined ? null : <p>{messagesFor(language).names.because(remark)}</p>}
        <p>{isCharged(order, line) ? texts.refunded : texts.notCharged}</p>
      </section>
    );
  }
  const { proposed } = line;
  // Of an order whose money goes back nothing is asked any more.
  if (line.state !== 'held' || proposed === null || !PAID_STATES.includes(order.state)) return null;
  const changed = line.reasons as readonly ChangedFact[];
  const compared = changed.filter((fact) => fact !== 'status');
  return (
    <section class="note stack">
      <h3>{texts.title}</h3>
      <p>{texts.held}</p>
      {compared.length === 0 ? null : (
        <DataTable
          caption={texts.compare}
          columns={[texts.item, texts.before, texts.now].map((label) => ({ label }))}
          rows={compared.map((fact) => [
            texts.facts[fact],
            valueOf(fact, line.snapshot, language),
            valueOf(fact, proposed, language),
          ])}
        />
      )}
      {changed.includes('status') ? <p>{texts.statusChanged}</p> : null}
      <p>{texts.confirmBy(formatInstant(deadline, language))}</p>
      <div class="actions">
        <form method="post" action={confirmLinePath(order.orderNumber, line.id)}>
          <button type="submit" class="button">
            {texts.confirm}
          </button>
        </form>
        <form method="post" action={declineLinePath(order.orderNumber, line.id)}>
          <button type="submit" class="button button--secondary">
            {texts.decline}
          </button>
        </form>
      </div>
    </section>
  );
};
