import type { ComponentChildren } from 'preact';
import type { StoreChain } from '#domain/destination/destination.ts';
import { stopsBetween } from '#domain/destination/destination.ts';
import { coinsFor } from '#domain/fee/coins.ts';
import { groupsOf } from '#domain/print-number/print-number.ts';
import type { Order } from '#features/ordering/index.ts';
import type { Catalog } from '#messages/catalog.ts';
import { formatInstant, formatYen } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { configuredLanguage, nameIn } from '#platform/i18n/language.ts';
import { CopyButton } from '#ui/components/copy-button.tsx';
import { Facts } from '#ui/components/facts.tsx';
import { Tabs } from '#ui/components/tabs.tsx';

export type TicketProps = {
  readonly texts: Catalog['printing'];
  readonly language: Language;
  readonly order: Order;
  readonly printNumber: string;
  readonly pin: string;
  /** Sheets still to be printed. */
  readonly sheets: number;
  /** SVG text made by us, without style attributes. */
  readonly qr: string;
  readonly deadline: Temporal.Instant;
  readonly chains: readonly StoreChain[];
  readonly now: Temporal.Instant;
  readonly notice: string | null;
};

/**
 * The page people stand with before the copier: the number first, then what to bring, do and know. Everything is in it
 * when it is shown, so that it still helps where there is no network, and on paper.
 */
export const Ticket = (props: TicketProps) => {
  const { texts, language } = props;
  return (
    <div class="ticket">
      {props.notice === null ? (
        <p>{texts.lead}</p>
      ) : (
        <p role="status" class="card">
          {props.notice}
        </p>
      )}
      <TicketNumber {...props} label={texts.number} />
      <TicketFacts {...props} charge={[texts.bring, <Charge {...props} />]} />
      <Tabs
        name="chain"
        legend={texts.chains}
        tabs={props.chains.map((chain) => ({
          id: chain.code,
          title: nameIn(chain, language),
          content: <Chain chain={chain} {...props} />,
        }))}
      />
    </div>
  );
};

type NumberProps = Pick<TicketProps, 'texts' | 'printNumber' | 'pin'> & {
  readonly label: string;
  /** Only where a machine has a reader. */
  readonly qr?: string;
};

/** Number and PIN, large and ready to be copied. */
export const TicketNumber = ({ texts, label, printNumber, pin, qr }: NumberProps) => (
  <section class="ticket-number" aria-labelledby="ticket-number">
    <h2 id="ticket-number">{label}</h2>
    <p class="ticket-digits" data-ticket-number={printNumber}>
      {groupsOf(printNumber).map((group, index) => (
        <span key={index}>{index === 0 ? group : ` ${group}`}</span>
      ))}
    </p>
    <CopyButton text={printNumber} label={texts.copy} copied={texts.copied} />
    <details class="ticket-pin">
      <summary>{texts.showPin}</summary>
      <p>
        {texts.pin} <strong class="ticket-digits">{pin}</strong>
      </p>
    </details>
    {qr === undefined ? null : (
      <figure class="ticket-qr">
        <div role="img" aria-label={texts.qr} dangerouslySetInnerHTML={{ __html: qr }} />
        <figcaption>{texts.qrHint}</figcaption>
      </figure>
    )}
  </section>
);

const Charge = ({ texts, language, order, sheets }: TicketProps) => {
  const each = Math.round(order.printCharge / order.sheets);
  const money = (amount: number): string => formatYen(amount, language);
  const coins = coinsFor(each * sheets).map(([coin, count]) => texts.coin(money(coin), count));
  return (
    <>
      {texts.sum(sheets, money(each), money(each * sheets))}
      <br />
      {texts.coins(coins)}
    </>
  );
};

const Chain = ({ chain, texts, language, now, deadline }: TicketProps & { chain: StoreChain }) => (
  <>
    <ol>
      {chain.steps.map((step) => (
        <li key={step.ja}>{step[configuredLanguage(language)]}</li>
      ))}
    </ol>
    {stopsBetween(chain, now, deadline).map((stop) => (
      <p class="ticket-stop" key={stop.from.toString()}>
        {texts.stop(
          formatInstant(stop.from, language),
          formatInstant(stop.until, language),
          language === 'ja' ? stop.reasonJa : stop.reasonEn,
        )}
      </p>
    ))}
  </>
);

type TicketFactsProps = Pick<TicketProps, 'texts' | 'language' | 'order' | 'deadline'> & {
  readonly charge: readonly [name: string, value: ComponentChildren];
};

/** What it costs at the machine, until when it prints, and of which order it is. */
export const TicketFacts = ({ texts, language, order, deadline, charge }: TicketFactsProps) => (
  <Facts
    facts={[
      charge,
      [
        texts.deadline,
        <>
          <time datetime={deadline.toString()}>{texts.until(formatInstant(deadline, language))}</time>
          <br />
          {texts.after}
        </>,
      ],
      [texts.orderNumber, order.orderNumber],
    ]}
  />
);
