import { html } from 'hono/html';
import type { CheckoutStore } from './checkout-store.ts';
import type { Markup } from './frame.ts';
import { languageLink } from './frame.ts';
import type { Language } from './texts.ts';
import { TEXTS } from './texts.ts';

const NEWEST = 50;

type Row = { readonly number: string; readonly amount: number; readonly state: string };

const table = (title: string, rows: readonly Row[], language: Language): Markup => {
  const texts = TEXTS[language];
  if (rows.length === 0) return html`<section><h2>${title}</h2><p>${texts.none}</p></section>`;
  const lines = rows.map(({ number, amount, state }) => {
    const word = texts.states[state as keyof typeof texts.states];
    return html`<tr><td>${number}</td><td class="sum">${texts.amount(amount)}</td><td>${word}</td></tr>`;
  });
  return html`<section><h2>${title}</h2><table><thead><tr><th>${texts.reference}</th><th>${texts.value}</th>
<th>${texts.state}</th></tr></thead><tbody>${lines}</tbody></table></section>`;
};

/** What the company knows, for whoever tries the service out: payments, refunds, payouts. */
export const deskView = ({ state }: CheckoutStore, language: Language): Markup => {
  const texts = TEXTS[language];
  const newest = <One>(all: readonly One[]): One[] => all.slice(-NEWEST).toReversed();
  const payments = newest(Object.values(state.checkouts)).map(({ description, amount, state: now }) => {
    return { number: description, amount, state: now };
  });
  const refunds = newest(Object.values(state.refunds)).map(({ checkoutId, amount, state: now }) => {
    return { number: state.checkouts[checkoutId]?.description ?? '', amount, state: now };
  });
  const payouts = newest(state.settlements).map(({ paidOutAt, amount }) => {
    return { number: paidOutAt.slice(0, 10), amount, state: 'paid_out' };
  });
  return html`<section><h1>${texts.desk}</h1><a href="/counter?language=${language}">${texts.counter}</a></section>
${table(texts.payments, payments, language)}${table(texts.refunds, refunds, language)}
${table(texts.settlements, payouts, language)}<section><form method="post" action="/close-day?language=${language}">
<button>${texts.closeDay}</button></form></section>${languageLink(language)}`;
};
