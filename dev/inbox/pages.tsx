import { Hono } from 'hono';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import type { MailStore, StoredMail } from './mail-store.ts';
import { STYLE } from './style.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
/** A mail's own HTML runs nothing and fetches nothing; its own styles are all it may have. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox";

const Page = ({ title, children }: { title: string; children: unknown }) => (
  <html lang="ja">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <link rel="stylesheet" href="/style.css" />
    </head>
    <body>
      <header>
        <a href="/">受信箱 Inbox</a>
        <span>開発用 for development</span>
      </header>
      <main>{children as VNode}</main>
    </body>
  </html>
);

const time = (mail: StoredMail): string =>
  Temporal.Instant.from(mail.receivedAt)
    .toZonedDateTimeISO('Asia/Tokyo')
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
    .replace('T', ' ');

const List = ({ mails }: { mails: StoredMail[] }) => (
  <Page title="受信箱 Inbox">
    {mails.length === 0 ? <p>まだメールはありません。No mail yet.</p> : null}
    <ul class="mails">
      {mails.map((mail) => (
        <li key={mail.id}>
          <a href={`/mails/${mail.id}`}>
            <strong>{mail.subject}</strong>
            <span>{mail.to}</span>
            <time>{time(mail)}</time>
          </a>
        </li>
      ))}
    </ul>
  </Page>
);

/** Plain text with its URLs as links, as mail programs show it. */
const Text = ({ text }: { text: string }) => (
  <pre>
    {text
      .split(/(https?:\/\/[^\s<>"]+)/)
      .map((part, index) => (index % 2 === 1 ? <a href={part}>{part}</a> : part))}
  </pre>
);

const Detail = ({ mail }: { mail: StoredMail }) => (
  <Page title={mail.subject}>
    <h1>{mail.subject}</h1>
    <dl>
      <dt>差出人 From</dt>
      <dd>{mail.from}</dd>
      <dt>宛先 To</dt>
      <dd>{mail.to}</dd>
      <dt>日時 Date</dt>
      <dd>{time(mail)}</dd>
    </dl>
    <Text text={mail.text} />
    {mail.html === '' ? null : (
      <details>
        <summary>HTML</summary>
        <iframe title="HTML" src={`/mails/${mail.id}/html`} sandbox="allow-popups" />
      </details>
    )}
  </Page>
);

/** The web pages of the inbox and `GET /api/messages?to=` for tests, newest first. */
export const createInboxPages = (store: MailStore): Hono => {
  const app = new Hono();
  const page = (content: VNode): string => `<!doctype html>${render(content)}`;
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', POLICY);
    c.header('Cache-Control', 'no-store');
  });
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/', (c) => c.html(page(<List mails={store.list()} />)));
  app.get('/mails/:id', (c) => {
    const mail = store.find(c.req.param('id'));
    return mail === undefined ? c.notFound() : c.html(page(<Detail mail={mail} />));
  });
  app.get('/mails/:id/html', (c) => {
    const mail = store.find(c.req.param('id'));
    if (mail === undefined) return c.notFound();
    c.header('Content-Security-Policy', MAIL_POLICY);
    return c.html(mail.html);
  });
  app.get('/api/messages', (c) => c.json(store.list(c.req.query('to'))));
  return app;
};
