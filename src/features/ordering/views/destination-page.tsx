import type { Availability } from '#domain/destination/availability.ts';
import { availabilityOf } from '#domain/destination/availability.ts';
import type { Destination } from '#domain/destination/destination.ts';
import type { Draft } from '#domain/order/draft.ts';
import type { PersonRegister } from '#domain/person/person.ts';
import { OwnerField } from '#features/sign-in/index.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import { Button } from '#ui/components/button.tsx';
import { ChoiceCard } from '#ui/components/choice-card.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import type { Order } from '../order-store.ts';
import { destinationPath, orderPath } from '../paths.ts';
import { StopList, stopsOf } from './destination-stops.tsx';
import { destinationName, priceOf, readyText } from './destination-terms.ts';
import type { ViewContext } from './order-state.tsx';
import { OrderState } from './order-state.tsx';
import { PurposeHelper } from './purpose-helper.tsx';

type Props = {
  view: ViewContext;
  draft: Draft;
  register: PersonRegister;
  unfinished: readonly Order[];
  problem: boolean;
  errorSummary: string;
};

export const DestinationPage = ({ view, draft, register, unfinished, problem, errorSummary }: Props) => {
  const { texts, dependencies } = view;
  const { destinations } = dependencies.university;
  const now = dependencies.clock.now();
  const offered = destinations.map((one) => ({ one, may: availabilityOf(one, register.enrolments, now) }));
  const first = offered.find(({ may }) => may.available)?.one.kind ?? 'store';
  return (
    <div class="stack">
      <ErrorSummary
        title={errorSummary}
        problems={problem ? [{ field: `destination-${first}`, message: texts.destination.choose }] : []}
      />
      {unfinished.length === 0 ? null : (
        <section class="stack" aria-labelledby="unfinished">
          <h2 id="unfinished">{texts.unfinished}</h2>
          {unfinished.map((order) => (
            <article class="card" key={order.id} aria-label={order.orderNumber}>
              <p>
                <a href={orderPath(order.orderNumber)}>
                  {texts.orders.number} {order.orderNumber}
                </a>
              </p>
              <OrderState order={order} view={view} />
            </article>
          ))}
        </section>
      )}
      <form method="post" action={destinationPath()} class="stack">
        <OwnerField accountId={view.accountId} />
        <fieldset aria-describedby={problem ? 'destination-error' : undefined}>
          <legend>{texts.destination.lead}</legend>
          {problem ? (
            <p class="field__error" id="destination-error">
              {texts.destination.choose}
            </p>
          ) : null}
          {offered.map(({ one, may }) => (
            <DestinationCard key={one.kind} one={one} may={may} chosen={draft.destination} view={view} />
          ))}
        </fieldset>
        <PurposeHelper texts={texts.purposes} title={(kind) => destinationName(kind, view)} />
        <div class="actions">
          <Button>{texts.destination.next}</Button>
        </div>
      </form>
    </div>
  );
};

type CardProps = {
  one: Destination;
  may: Availability;
  chosen: Draft['destination'];
  view: ViewContext;
};

const DestinationCard = ({ one, may, chosen, view }: CardProps) => {
  const { texts, language, dependencies } = view;
  const stops = stopsOf(one, dependencies.university, dependencies.clock.now());
  return (
    <ChoiceCard
      type="radio"
      name="destination"
      id={`destination-${one.kind}`}
      value={one.kind}
      disabled={!may.available}
      checked={may.available && chosen === one.kind}
      title={destinationName(one.kind, view)}
      line={language === 'ja' ? one.descriptionJa : one.descriptionEn}
      aside={
        may.available ? (
          <>
            <strong>{priceOf(one, view)}</strong>
            <span>{readyText(one, view)}</span>
          </>
        ) : undefined
      }
    >
      {may.available ? null : <span class="choice__reason">{texts.destination.unavailable[may.reason]}</span>}
      {one.notes.length === 0 ? null : (
        <ul>
          {one.notes.map((note) => (
            <li key={note.en}>{note[configuredLanguage(language)]}</li>
          ))}
        </ul>
      )}
      {may.available ? <StopList stops={stops} view={view} /> : null}
    </ChoiceCard>
  );
};
