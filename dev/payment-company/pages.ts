import type { Context } from 'hono';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Company } from './api.ts';
import type { Checkout } from './checkout-store.ts';
import { currentCheckout } from './checkout-store.ts';
import { STYLE } from './style.ts';
import type { Language } from './texts.ts';
import { TEXTS } from './texts.ts';

export const CARDS = {
  success: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  extra: '4000 0000 0000 3220',
} as const;
export const CONFIRMATION_CODE = '123456';

type Markup = ReturnType<typeof html>;
const POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const page = (c: Context, language: Language, content: Markup, refresh?: string) => {
  c.header('Content-Security-Policy', POLICY);
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cache-Control', 'no-store');
  const texts = TEXTS[language];
  return c.html(html`<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${texts.company}</title>
${refresh === undefined ? '' : html`<meta http-equiv="refresh" content="3; url=${refresh}">`}
<link rel="stylesheet" href="/payment.css"></head><body><main><p class="company">${texts.company}</p>
<p class="note">${texts.sandbox}</p>${content}</main></body></html>`);
};

const summary = (checkout: Checkout, language: Language): Markup => {
  const texts = TEXTS[language];
  return html`<section><h1>${texts.payTo}: ${checkout.merchant}</h1>
<p class="amount">${texts.amount(checkout.amount)}</p><p class="note">${checkout.description}</p></section>`;
};

const cardForm = (checkout: Checkout, language: Language, number: string, error: string): Markup => {
  const texts = TEXTS[language];
  const other = language === 'ja' ? 'en' : 'ja';
  const links = (['success', 'declined', 'extra'] as const).map(
    (kind) => html`<li><a href="?language=${language}&card=${kind}"><span>${texts[kind]}</span>
<span>${CARDS[kind]}</span></a></li>`,
  );
  return html`${summary(checkout, language)}<section><form method="post" action="/pay/${checkout.id}?language=${language}">
${error === '' ? '' : html`<p class="error" role="alert">${error}</p>`}<label for="card">${texts.card}</label>
<input id="card" name="card" inputmode="numeric" autocomplete="off" required value="${number}">
<button>${texts.pay(texts.amount(checkout.amount))}</button></form>
<a class="button quiet" href="${checkout.cancelUrl}">${texts.back}</a></section>
<section><h2>${texts.cards}</h2><ul class="cards">${links}</ul></section>
<p><a lang="${other}" href="?language=${other}">${other === 'ja' ? '日本語' : 'English'}</a></p>`;
};

const codeForm = (checkout: Checkout, language: Language, error: string): Markup => {
  const texts = TEXTS[language];
  return html`${summary(checkout, language)}<section><h2>${texts.confirm}</h2><p>${texts.confirmLead}</p>
<p class="code">${CONFIRMATION_CODE}</p>${error === '' ? '' : html`<p class="error" role="alert">${error}</p>`}
<form method="post" action="/pay/${checkout.id}/confirm?language=${language}"><label for="code">${texts.code}</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
<button>${texts.approve}</button></form><a class="button quiet" href="/pay/${checkout.id}?language=${language}">${texts.back}</a></section>`;
};

const finished = (c: Context, checkout: Checkout, language: Language) => {
  const texts = TEXTS[language];
  const paid = checkout.state === 'succeeded';
  const target = paid ? checkout.returnUrl : checkout.cancelUrl;
  const lead = paid ? '' : html`<p>${texts.closedLead}</p>`;
  const content = html`${summary(checkout, language)}<section><h2>${paid ? texts.paid : texts.closed}</h2>${lead}
<a class="button" href="${target}">${texts.return}</a></section>`;
  // A link and a refresh, not a redirect: `form-action 'self'` would stop a form's answer from leaving this origin.
  return page(c, language, content, paid ? target : undefined);
};

const fieldOf = async (c: Context, name: string): Promise<string> => {
  const value = (await c.req.parseBody())[name];
  return typeof value === 'string' ? value.replace(/\s/g, '') : '';
};

/** The hosted payment page. It needs no script. */
export const createPages = ({ store, webhooks }: Company): Hono => {
  const pages = new Hono();
  const languageOf = (c: Context, checkout: Checkout): Language => {
    const asked = c.req.query('language');
    return asked === 'ja' || asked === 'en' ? asked : checkout.language;
  };
  type Show = (c: Context, checkout: Checkout, language: Language) => Response | Promise<Response>;
  const withOpen =
    (show: Show) =>
    (c: Context): Response | Promise<Response> => {
      const checkout = currentCheckout(store, c.req.param('id') ?? '');
      if (checkout === undefined) return c.text(`${TEXTS.ja.missing} / ${TEXTS.en.missing}`, 404);
      const language = languageOf(c, checkout);
      return checkout.state === 'open' ? show(c, checkout, language) : finished(c, checkout, language);
    };
  const succeed: Show = (c, checkout, language) => {
    // The body was awaited since the state was looked at: a second press of the button must not pay again.
    if (checkout.state === 'open') {
      checkout.state = 'succeeded';
      webhooks.emit('checkout.succeeded', checkout.id);
    }
    return finished(c, checkout, language);
  };

  pages.get('/payment.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  pages.get(
    '/pay/:id',
    withOpen((c, checkout, language) => {
      const kind = c.req.query('card') ?? '';
      const number = Object.hasOwn(CARDS, kind) ? CARDS[kind as keyof typeof CARDS] : '';
      return page(c, language, cardForm(checkout, language, number, ''));
    }),
  );
  pages.post(
    '/pay/:id',
    withOpen(async (c, checkout, language) => {
      const number = await fieldOf(c, 'card');
      const is = (kind: keyof typeof CARDS): boolean => number === CARDS[kind].replaceAll(' ', '');
      if (is('success')) return succeed(c, checkout, language);
      if (is('extra')) return c.redirect(`/pay/${checkout.id}/confirm?language=${language}`, 303);
      if (is('declined')) webhooks.emit('checkout.declined', checkout.id);
      const error = is('declined') ? TEXTS[language].refused : TEXTS[language].unknown;
      return page(c, language, cardForm(checkout, language, '', error));
    }),
  );
  pages.get(
    '/pay/:id/confirm',
    withOpen((c, checkout, language) => page(c, language, codeForm(checkout, language, ''))),
  );
  pages.post(
    '/pay/:id/confirm',
    withOpen(async (c, checkout, language) => {
      if ((await fieldOf(c, 'code')) === CONFIRMATION_CODE) return succeed(c, checkout, language);
      return page(c, language, codeForm(checkout, language, TEXTS[language].wrongCode));
    }),
  );
  return pages;
};
