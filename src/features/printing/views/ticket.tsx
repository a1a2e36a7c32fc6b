import type { StoreChain } from '#domain/destination/destination.ts';
import { stopsBetween } from '#domain/destination/destination.ts';
import { groupsOf } from '#domain/print-number/print-number.ts';
import type { Order } from '#features/ordering/index.ts';
import type { Catalog } from '#messages/messages.ts';
import { formatInstant, formatYen } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';

export type TicketProps = {
  readonly texts: Catalog['printing'];
  readonly language: Language;
  readonly order: Order;
  readonly printNumber: string;
  readonly pin: string;
  /** SVG text made by us, without style attributes. */
  readonly qr: string;
  readonly deadline: Temporal.Instant;
  readonly chains: readonly StoreChain[];
  readonly now: Temporal.Instant;
  readonly notice: string | null;
};

/** The page people stand with before the copier: the number first, then what to bring, do and know. */
export const Ticket = (props: TicketProps) => {
  const { texts, language, order, deadline } = props;
  const each = formatYen(Math.round(order.printCharge / order.sheets), language);
  return (
    <div class="ticket">
      {props.notice === null ? <p>{texts.lead}</p> : <p role="status">{props.notice}</p>}
      <section class="ticket-number" aria-labelledby="ticket-number">
        <h2 id="ticket-number">{texts.number}</h2>
        <p class="ticket-digits" data-ticket-number={props.printNumber}>
          {groupsOf(props.printNumber).map((group, index) => (
            <span key={index}>{index === 0 ? group : ` ${group}`}</span>
          ))}
        </p>
        <button type="button" hidden data-ticket-copy data-copied={texts.copied}>
          {texts.copy}
        </button>
        <p role="status" data-ticket-status />
        <details class="ticket-pin">
          <summary>{texts.showPin}</summary>
          <p>
            {texts.pin} <strong class="ticket-digits">{props.pin}</strong>
          </p>
        </details>
        <figure class="ticket-qr">
          <div role="img" aria-label={texts.qr} dangerouslySetInnerHTML={{ __html: props.qr }} />
          <figcaption>{texts.qrHint}</figcaption>
        </figure>
      </section>
      <dl class="ticket-facts">
        <dt>{texts.bring}</dt>
        <dd>
          {texts.sum(order.sheets, each, formatYen(order.printCharge, language))}
          <br />
          {texts.coins}
        </dd>
        <dt>{texts.deadline}</dt>
        <dd>
          <time datetime={deadline.toString()}>{texts.until(formatInstant(deadline, language))}</time>
          <br />
          {texts.after}
        </dd>
        <dt>{texts.orderNumber}</dt>
        <dd>{order.orderNumber}</dd>
      </dl>
      <section aria-labelledby="ticket-chains">
        <h2 id="ticket-chains">{texts.chains}</h2>
        {props.chains.map((chain, index) => (
          <Chain key={chain.code} chain={chain} open={index === 0} {...props} />
        ))}
      </section>
    </div>
  );
};

const Chain = ({
  chain,
  open,
  texts,
  language,
  now,
  deadline,
}: TicketProps & { chain: StoreChain; open: boolean }) => (
  <details class="ticket-chain" name="chain" open={open}>
    <summary>{language === 'ja' ? chain.nameJa : chain.nameEn}</summary>
    <ol>
      {chain.steps.map((step) => (
        <li key={step.ja}>{step[language]}</li>
      ))}
    </ol>
    {stopsBetween(chain, now, deadline).map((stop) => (
      <p key={stop.from.toString()}>
        {texts.stop(
          formatInstant(stop.from, language),
          formatInstant(stop.until, language),
          language === 'ja' ? stop.reasonJa : stop.reasonEn,
        )}
      </p>
    ))}
  </details>
);
