import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Language } from './texts.ts';
import { TEXTS } from './texts.ts';

export type Markup = ReturnType<typeof html>;
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A whole page; `refresh` is where it goes by itself after some seconds. */
export const page = (
  c: Context,
  language: Language,
  content: Markup,
  refresh?: { readonly seconds: number; readonly url: string },
) => {
  c.header('Content-Security-Policy', POLICY);
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cache-Control', 'no-store');
  const texts = TEXTS[language];
  const meta = refresh === undefined ? '' : `${refresh.seconds}; url=${refresh.url}`;
  return c.html(html`<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${texts.company}</title>
${meta === '' ? '' : html`<meta http-equiv="refresh" content="${meta}">`}
<link rel="stylesheet" href="/payment.css"></head><body><main><p class="company">${texts.company}</p>
<p class="note">${texts.sandbox}</p>${content}</main></body></html>`);
};

export const fieldOf = async (c: Context, name: string): Promise<string> => {
  const value = (await c.req.parseBody())[name];
  return typeof value === 'string' ? value.normalize('NFKC').replace(/[\s-]/g, '') : '';
};

export const languageLink = (language: Language): Markup => {
  const other = language === 'ja' ? 'en' : 'ja';
  return html`<p><a lang="${other}" href="?language=${other}">${other === 'ja' ? '日本語' : 'English'}</a></p>`;
};
