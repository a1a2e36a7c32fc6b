import type { Catalog } from '#messages/catalog.ts';
import { formatInstant } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { LinkButton } from '#ui/components/button.tsx';
import { Facts } from '#ui/components/facts.tsx';
import type { SentDelivery } from '../delivery-store.ts';
import type { DescribedDocument } from '../describe-documents.ts';
import { formatEnd } from '../format-end.ts';
import { personalCopyPath, recallPath, resendPath } from '../paths.ts';
import { isCorrectable, isResendable } from '../resend-delivery.ts';
import { documentTitle } from './document-title.ts';

export type ShownDelivery = {
  readonly delivery: SentDelivery;
  readonly documents: readonly DescribedDocument[];
};

export type SectionProps = {
  readonly texts: Catalog['delivery']['section'];
  readonly language: Language;
  readonly orderNumber: string;
  readonly now: Temporal.Instant;
  readonly deliveries: readonly ShownDelivery[];
  /** The documents of which the owner may keep a copy, by the number in its address. */
  readonly copies: readonly DescribedDocument[];
};

/** On the order's page: to whom it was sent, what became of it, and what can still be done. */
export const DeliverySection = (props: SectionProps) => (
  <>
    <section class="stack" aria-labelledby="deliveries">
      <h2 id="deliveries">{props.texts.title}</h2>
      {props.deliveries.map((one) => (
        <DeliveryCard key={one.delivery.id} {...props} {...one} />
      ))}
    </section>
    {props.copies.length === 0 ? null : (
      <section class="stack" aria-labelledby="copies">
        <h2 id="copies">{props.texts.copies}</h2>
        <p>{props.texts.copiesHint}</p>
        <ul>
          {props.copies.map((one, index) => (
            <li key={one.documentId}>
              <a href={personalCopyPath(props.orderNumber, index + 1)}>
                {props.texts.copy(documentTitle(one, props.language))}
              </a>
            </li>
          ))}
        </ul>
      </section>
    )}
  </>
);

/** A document, and when it was fetched where it was. */
const documentText = (one: DescribedDocument, { texts, language }: SectionProps): string => {
  const title = documentTitle(one, language);
  return one.downloadedAt === null
    ? title
    : texts.downloaded(title, formatInstant(one.downloadedAt, language));
};

const TAGS = { sent: 'waiting', opened: 'waiting', downloaded: 'good', expired: 'bad', recalled: 'quiet' };

const timesOf = ({ texts, language, delivery }: SectionProps & ShownDelivery) => {
  const at = (time: Temporal.Instant | null): string =>
    time === null ? texts.notYet : formatInstant(time, language);
  const end = formatEnd(delivery.linkUntil, language);
  const until = delivery.extendedAt === null ? end : `${end} ${texts.extended}`;
  if (delivery.state === 'recalled')
    return [
      [texts.sentAt, at(delivery.sentAt)],
      [texts.recalledAt, at(delivery.recalledAt)],
    ] as const;
  return [
    [texts.sentAt, at(delivery.sentAt)],
    [texts.openedAt, at(delivery.openedAt)],
    [texts.downloadedAt, at(delivery.downloadedAt)],
    [texts.until, until],
  ] as const;
};

const DeliveryCard = (props: SectionProps & ShownDelivery) => {
  const { texts, orderNumber, now, delivery, documents } = props;
  const { state, organisation, position } = delivery;
  return (
    <article class="card stack" aria-labelledby={`delivery-${position}`}>
      <h3 id={`delivery-${position}`}>
        {organisation} <span class={`tag tag-${TAGS[state]}`}>{texts.states[state]}</span>
      </h3>
      <p>
        {delivery.mail}
        {delivery.asksCode ? ` · ${texts.code}` : ''}
      </p>
      {delivery.bouncedAt === null ? null : (
        <p class="field__error" role="status">
          {texts.bounced}
        </p>
      )}
      <Facts facts={timesOf(props)} />
      {documents.length === 0 ? null : (
        <ul aria-label={texts.documents}>
          {documents.map((one) => (
            <li key={one.position}>{documentText(one, props)}</li>
          ))}
        </ul>
      )}
      <div class="actions">
        {state === 'sent' ? (
          <LinkButton kind="secondary" href={recallPath(orderNumber, position)}>
            {texts.recall}
            <span class="visually-hidden"> {organisation}</span>
          </LinkButton>
        ) : null}
        {isResendable(delivery, now) ? (
          <LinkButton kind="secondary" href={resendPath(orderNumber, position)}>
            {isCorrectable(delivery) ? texts.correct : texts.resend}
            <span class="visually-hidden"> {organisation}</span>
          </LinkButton>
        ) : null}
      </div>
    </article>
  );
};
