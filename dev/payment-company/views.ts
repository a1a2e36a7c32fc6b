import { html } from 'hono/html';
import type { Checkout } from './checkout-store.ts';
import type { Markup } from './frame.ts';
import { languageLink } from './frame.ts';
import type { Language } from './texts.ts';
import { TEXTS } from './texts.ts';

export const CARDS = {
  success: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  extra: '4000 0000 0000 3220',
} as const;
export const CONFIRMATION_CODE = '123456';

export const summary = (checkout: Checkout, language: Language): Markup => {
  const texts = TEXTS[language];
  return html`<section><h1>${texts.payTo}: ${checkout.merchant}</h1>
<p class="amount">${texts.amount(checkout.amount)}</p><p class="note">${checkout.description}</p></section>`;
};

const back = (checkout: Checkout, language: Language): Markup =>
  html`<a class="button quiet" href="${checkout.cancelUrl}">${TEXTS[language].back}</a>`;

const alert = (error: string): Markup | '' =>
  error === '' ? '' : html`<p class="error" role="alert">${error}</p>`;

export const cardForm = (checkout: Checkout, language: Language, number: string, error: string): Markup => {
  const texts = TEXTS[language];
  const links = (['success', 'declined', 'extra'] as const).map(
    (kind) => html`<li><a href="?language=${language}&card=${kind}"><span>${texts[kind]}</span>
<span>${CARDS[kind]}</span></a></li>`,
  );
  return html`${summary(checkout, language)}<section><form method="post" action="/pay/${checkout.id}?language=${language}">
${alert(error)}<label for="card">${texts.card}</label>
<input id="card" name="card" inputmode="numeric" autocomplete="off" required value="${number}">
<button>${texts.pay(texts.amount(checkout.amount))}</button></form>
${back(checkout, language)}</section>
<section><h2>${texts.cards}</h2><ul class="cards">${links}</ul></section>${languageLink(language)}`;
};

export const codeForm = (checkout: Checkout, language: Language, error: string): Markup => {
  const texts = TEXTS[language];
  return html`${summary(checkout, language)}<section><h2>${texts.confirm}</h2><p>${texts.confirmLead}</p>
<p class="code">${CONFIRMATION_CODE}</p>${alert(error)}
<form method="post" action="/pay/${checkout.id}/confirm?language=${language}"><label for="code">${texts.code}</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
<button>${texts.approve}</button></form><a class="button quiet" href="/pay/${checkout.id}?language=${language}">${texts.back}</a></section>`;
};

/** One button: a wallet's approval, or the giving of numbers for cash. */
export const buttonForm = (
  checkout: Checkout,
  language: Language,
  words: { readonly title: string; readonly lead: string; readonly button: string },
): Markup => html`${summary(checkout, language)}<section><h2>${words.title}</h2><p>${words.lead}</p>
<form method="post" action="/pay/${checkout.id}?language=${language}"><button>${words.button}</button></form>
${back(checkout, language)}</section>${languageLink(language)}`;

export const CHAIN_NAMES: Readonly<Record<string, { readonly ja: string; readonly en: string }>> = {
  'hinata-mart': { ja: 'ひなたマート', en: 'Hinata Mart' },
  'potopi-24': { ja: 'ポトピ24', en: 'Potopi 24' },
  'madoka-store': { ja: 'まどかストア', en: 'Madoka Store' },
};

export const slipsView = (checkout: Checkout, language: Language): Markup => {
  const texts = TEXTS[language];
  const rows = checkout.slips.map(
    ({ chain, number, confirmation }) => html`<li><span>${CHAIN_NAMES[chain]?.[language] ?? chain}</span>
<span class="code">${number}</span>${confirmation === null ? '' : html`<span>${texts.confirmation} ${confirmation}</span>`}</li>`,
  );
  return html`${summary(checkout, language)}<section><h2>${texts.slips}</h2><p>${texts.slipsLead}</p>
<ul class="cards">${rows}</ul><a class="button" href="${checkout.returnUrl}">${texts.return}</a></section>
<section><a class="button quiet" href="/counter?language=${language}&number=${checkout.slips[0]?.number ?? ''}">${texts.counter}</a></section>`;
};

export const counterForm = (
  language: Language,
  words: { readonly number: string; readonly error: string; readonly done: string },
): Markup => {
  const texts = TEXTS[language];
  return html`<section><h1>${texts.counter}</h1><p>${texts.counterLead}</p>
${words.done === '' ? '' : html`<p role="status"><strong>${words.done}</strong></p>`}${alert(words.error)}
<form method="post" action="/counter?language=${language}"><label for="number">${texts.number}</label>
<input id="number" name="number" inputmode="numeric" autocomplete="off" required value="${words.number}">
<button>${texts.takeCash}</button></form></section>${languageLink(language)}`;
};
