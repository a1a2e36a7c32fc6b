import type { Draft } from '#domain/order/draft.ts';
import type { Order } from '../order-store.ts';
import { destinationPath, orderPath } from '../paths.ts';
import type { ViewContext } from './order-state.tsx';
import { OrderState } from './order-state.tsx';

type Props = { view: ViewContext; draft: Draft; unfinished: readonly Order[]; problem: boolean };

export const DestinationPage = ({ view, draft, unfinished, problem }: Props) => {
  const { texts, language, dependencies } = view;
  const { destinations } = dependencies.university;
  return (
    <div class="stack">
      {unfinished.length === 0 ? null : (
        <section class="stack" aria-labelledby="unfinished">
          <h2 id="unfinished">{texts.unfinished}</h2>
          {unfinished.map((order) => (
            <article class="card" key={order.id}>
              <a href={orderPath(order.orderNumber)}>{order.orderNumber}</a>
              <OrderState order={order} view={view} />
            </article>
          ))}
        </section>
      )}
      <form method="post" action={destinationPath()} class="stack">
        <fieldset class="stack" aria-describedby={problem ? 'destination-error' : undefined}>
          <legend>{texts.destination.lead}</legend>
          {problem ? (
            <p class="field__error" id="destination-error" role="alert">
              {texts.destination.choose}
            </p>
          ) : null}
          {destinations.map((one) => (
            <label class={one.open ? 'card' : 'card card--unavailable'} key={one.kind}>
              <input
                type="radio"
                name="destination"
                value={one.kind}
                disabled={!one.open}
                checked={one.open && draft.destination === one.kind}
              />{' '}
              <strong>{language === 'ja' ? one.nameJa : one.nameEn}</strong>
              <span>{language === 'ja' ? one.descriptionJa : one.descriptionEn}</span>
              {one.open ? null : <span>{texts.destination.closed}</span>}
              {one.notes.map((note) => (
                <small key={note.en}>{note[language]}</small>
              ))}
            </label>
          ))}
        </fieldset>
        <button type="submit" class="button">
          {texts.destination.next}
        </button>
      </form>
    </div>
  );
};
