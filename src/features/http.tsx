import type { Context } from 'hono';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { VNode } from 'preact';
import { AkashiError } from '#domain/error.ts';
import type { Catalog } from '#messages/catalog.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';
import type { Frame } from '#ui/layout.tsx';
import { renderPage } from '#ui/layout.tsx';

/** What the web shell puts on every request before a feature sees it. */
export type AppEnv = {
  Variables: {
    requestId: string;
    language: Language;
    frame: Frame;
    /** Set by sign-in; read it through `currentSession` of that feature. */
    session: unknown;
  };
};
export type AppContext = Context<AppEnv>;
export type Routes = Hono<AppEnv>;

export const createRoutes = (): Routes => new Hono<AppEnv>();

/** The catalogue in the reader's language. */
export const textsFor = (c: AppContext): Catalog => messagesFor(c.get('language'));

export type Page = {
  readonly title: string;
  readonly status?: ContentfulStatusCode;
  /** The slim line "2 of 5 Certificates". */
  readonly step?: { readonly now: number; readonly of: number; readonly name: string };
  /** Names of browser modules (files of `src/client/`) that improve this page. */
  readonly scripts?: readonly string[];
};

/** Answers with a whole page in the university's frame. */
export const respond = (c: AppContext, page: Page, content: VNode): Response =>
  c.html(
    renderPage(c.get('frame'), { ...page, failed: page.status === 422 }, content),
    page.status ?? 200,
  ) as Response;

export type PostedForm = {
  /** The first value of a field; empty where there is none. */
  readonly get: (name: string) => string;
  /** Every value of a repeated field. */
  readonly all: (name: string) => string[];
  /** Every field that is text, in order; files are left out. */
  readonly fields: readonly (readonly [string, string])[];
};

/** A form of these fields, of which only text counts; throws `bad-request` for text that cannot be stored. */
export const formOf = (entries: Iterable<readonly [string, unknown]>): PostedForm => {
  const fields = [...entries].filter((field): field is [string, string] => typeof field[1] === 'string');
  // PostgreSQL holds no NUL, and no keyboard types one.
  if (fields.flat().some((text) => text.includes('\0'))) throw new AkashiError('bad-request');
  const all = (wanted: string): string[] =>
    fields.filter(([name]) => name === wanted).map(([, value]) => value);
  return { get: (wanted) => all(wanted)[0] ?? '', all, fields };
};

const URL_ENCODED = /^application\/x-www-form-urlencoded *(;|$)/i;

/** The form that pages send is read from its text: `formData` has all of the request built anew before. */
const entriesOf = async ({ req }: AppContext): Promise<Iterable<readonly [string, unknown]>> =>
  URL_ENCODED.test(req.header('content-type') ?? '') ? new URLSearchParams(await req.text()) : req.formData();

/** The fields of a posted form as text; throws `bad-request` for what is no form, and for text that cannot be stored. */
export const readForm = async (c: AppContext): Promise<PostedForm> =>
  formOf(
    await entriesOf(c).catch((cause: unknown) => {
      throw new AkashiError('bad-request', {}, { cause });
    }),
  );
