import type { Context } from 'hono';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Company } from './api.ts';
import type { Checkout } from './checkout-store.ts';
import { closeDay, currentCheckout } from './checkout-store.ts';
import { deskView } from './desk.ts';
import { fieldOf, page } from './frame.ts';
import { STYLE } from './style.ts';
import type { Language } from './texts.ts';
import { TEXTS } from './texts.ts';
import {
  buttonForm,
  CARDS,
  CONFIRMATION_CODE,
  cardForm,
  codeForm,
  counterForm,
  slipsView,
  summary,
} from './views.ts';

const CAPTURE_AFTER_MS = 1500;

const finished = (c: Context, checkout: Checkout, language: Language) => {
  const texts = TEXTS[language];
  const paid = checkout.state === 'succeeded';
  const target = paid ? checkout.returnUrl : checkout.cancelUrl;
  const lead = paid ? '' : html`<p>${texts.closedLead}</p>`;
  const content = html`${summary(checkout, language)}<section><h2>${paid ? texts.paid : texts.closed}</h2>${lead}
<a class="button" href="${target}">${texts.return}</a></section>`;
  // A link and a refresh, not a redirect: `form-action 'self'` would stop a form's answer from leaving this origin.
  return page(c, language, content, paid ? { seconds: 3, url: target } : undefined);
};

const waiting = (c: Context, checkout: Checkout, language: Language) => {
  const texts = TEXTS[language];
  const content = html`${summary(checkout, language)}<section><h2>${texts.authorised}</h2>
<p>${texts.authorisedLead}</p></section>`;
  return page(c, language, content, { seconds: 1, url: `/pay/${checkout.id}?language=${language}` });
};

type Show = (c: Context, checkout: Checkout, language: Language) => Response | Promise<Response>;

/** The hosted payment page, the counter of a store, the company's desk. None needs script. */
export const createPages = ({ store, acts }: Company): Hono => {
  const pages = new Hono();
  const languageOf = (c: Context, otherwise: Language = 'ja'): Language => {
    const asked = c.req.query('language');
    return asked === 'ja' || asked === 'en' ? asked : otherwise;
  };
  const withCheckout =
    (show: Show) =>
    (c: Context): Response | Promise<Response> => {
      const checkout = currentCheckout(store, c.req.param('id') ?? '');
      if (checkout === undefined) return c.text(`${TEXTS.ja.missing} / ${TEXTS.en.missing}`, 404);
      return show(c, checkout, languageOf(c, checkout.language));
    };
  const show: Show = (c, checkout, language) => {
    const texts = TEXTS[language];
    if (checkout.state === 'authorised') return waiting(c, checkout, language);
    if (checkout.state === 'awaiting_cash') return page(c, language, slipsView(checkout, language));
    if (checkout.state !== 'open') return finished(c, checkout, language);
    if (checkout.method === 'qrWallet') {
      const words = { title: texts.wallet, lead: texts.walletLead, button: texts.walletApprove };
      return page(c, language, buttonForm(checkout, language, words));
    }
    if (checkout.method === 'storeCash') {
      const words = { title: texts.cash, lead: texts.cashLead, button: texts.cashIssue };
      return page(c, language, buttonForm(checkout, language, words));
    }
    const kind = c.req.query('card') ?? '';
    const number = Object.hasOwn(CARDS, kind) ? CARDS[kind as keyof typeof CARDS] : '';
    return page(c, language, cardForm(checkout, language, number, ''));
  };
  const payByCard: Show = async (c, checkout, language) => {
    const number = await fieldOf(c, 'card');
    const is = (kind: keyof typeof CARDS): boolean => number === CARDS[kind].replaceAll(' ', '');
    if (is('success')) {
      acts.succeed(checkout);
      return show(c, checkout, language);
    }
    if (is('extra')) return c.redirect(`/pay/${checkout.id}/confirm?language=${language}`, 303);
    if (is('declined')) acts.decline(checkout);
    const error = is('declined') ? TEXTS[language].refused : TEXTS[language].unknown;
    return page(c, language, cardForm(checkout, language, '', error));
  };
  const press: Show = (c, checkout, language) => {
    if (checkout.state !== 'open') return show(c, checkout, language);
    if (checkout.method === 'card') return payByCard(c, checkout, language);
    if (checkout.method === 'storeCash') acts.issueSlips(checkout);
    if (checkout.method === 'qrWallet') {
      acts.authorise(checkout);
      // The wallet's bank agrees first; the money follows by itself.
      setTimeout(() => acts.succeed(checkout), CAPTURE_AFTER_MS).unref();
    }
    return c.redirect(`/pay/${checkout.id}?language=${language}`, 303);
  };

  pages.get('/payment.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  pages.get('/pay/:id', withCheckout(show));
  pages.post('/pay/:id', withCheckout(press));
  pages.get(
    '/pay/:id/confirm',
    withCheckout((c, checkout, language) =>
      checkout.state === 'open' && checkout.method === 'card'
        ? page(c, language, codeForm(checkout, language, ''))
        : show(c, checkout, language),
    ),
  );
  pages.post(
    '/pay/:id/confirm',
    withCheckout(async (c, checkout, language) => {
      if (checkout.state !== 'open') return show(c, checkout, language);
      if ((await fieldOf(c, 'code')) !== CONFIRMATION_CODE) {
        return page(c, language, codeForm(checkout, language, TEXTS[language].wrongCode));
      }
      acts.succeed(checkout);
      return show(c, checkout, language);
    }),
  );
  pages.get('/counter', (c) => {
    const number = c.req.query('number') ?? '';
    return page(c, languageOf(c), counterForm(languageOf(c), { number, error: '', done: '' }));
  });
  pages.post('/counter', async (c) => {
    const language = languageOf(c);
    const texts = TEXTS[language];
    const number = await fieldOf(c, 'number');
    const known = Object.values(store.state.checkouts).find(({ slips }) =>
      slips.some((slip) => slip.number === number),
    );
    const checkout = known === undefined ? undefined : currentCheckout(store, known.id);
    if (checkout?.state !== 'awaiting_cash') {
      return page(c, language, counterForm(language, { number, error: texts.noNumber, done: '' }));
    }
    acts.succeed(checkout);
    const done = texts.cashTaken(texts.amount(checkout.amount));
    return page(c, language, counterForm(language, { number: '', error: '', done }));
  });
  pages.get('/', (c) => page(c, languageOf(c), deskView(store, languageOf(c))));
  pages.post('/close-day', (c) => {
    closeDay(store);
    return c.redirect(`/?language=${languageOf(c)}`, 303);
  });
  return pages;
};
