import { Hono } from 'hono';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { REFUSALS, sendDeliveryReport } from './delivery-report.ts';
import type { MailStore, StoredMail } from './mail-store.ts';
import { STYLE } from './style.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
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

/** The mail in one line: its first words, without the addresses of pages. */
const beginning = (text: string): string =>
  text
    .replace(/https?:\/\/\S+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 90);

const List = ({ mails, to }: { mails: StoredMail[]; to: string | undefined }) => (
  <Page title="受信箱 Inbox">
    <form class="search" method="get" action="/">
      <label>
        宛先 To <input name="to" value={to ?? ''} inputMode="email" autocomplete="off" />
      </label>
      <button type="submit">表示 Show</button>
    </form>
    {mails.length === 0 ? (
      <p class="empty">
        メールはまだありません。サービスが送ったメールは、ここに届きます。
        <br />
        No mail yet. Every mail that the service sends arrives here.
      </p>
    ) : null}
    <ul class="mails">
      {mails.map((mail) => (
        <li key={mail.id}>
          <a href={`/mails/${mail.id}`}>
            <span class="to">{mail.to}</span>
            <time>{time(mail)}</time>
            <strong>{mail.subject}</strong>
            <span class="beginning">{beginning(mail.text)}</span>
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

const Headers = ({ mail }: { mail: StoredMail }) => (
  <details>
    <summary>ヘッダー Headers</summary>
    <dl>
      <dt>Return-Path</dt>
      <dd>{mail.returnPath}</dd>
      {Object.entries(mail.headers).flatMap(([name, value]) => [
        <dt key={`${name} name`}>{name}</dt>,
        <dd key={name}>{value}</dd>,
      ])}
    </dl>
  </details>
);

const Refuse = ({ mail }: { mail: StoredMail }) => (
  <details>
    <summary>配信不能にする Send a delivery report</summary>
    <p>
      このメールが届かなかったことにして、配信不能通知を送り返します。
      <br />
      Reports to the service that this mail could not be delivered.
    </p>
    <form class="refuse" method="post" action={`/mails/${mail.id}/report`}>
      {REFUSALS.map(([status, label]) => (
        <button key={status} type="submit" name="status" value={status}>
          {status} {label}
        </button>
      ))}
    </form>
  </details>
);

type View = 'text' | 'html';

const Detail = (props: { mail: StoredMail; view: View; reports: boolean; said: string | null }) => {
  const { mail, view } = props;
  const tab = (name: View, label: string) => (
    <a href={`/mails/${mail.id}?view=${name}`} aria-current={view === name ? 'page' : undefined}>
      {label}
    </a>
  );
  return (
    <Page title={mail.subject}>
      <h1>{mail.subject}</h1>
      {props.said === null ? null : <p role="status">{props.said}</p>}
      <dl>
        <dt>差出人 From</dt>
        <dd>{mail.from}</dd>
        <dt>宛先 To</dt>
        <dd>{mail.to}</dd>
        <dt>日時 Date</dt>
        <dd>{time(mail)}</dd>
      </dl>
      {mail.html === '' ? null : (
        <nav class="tabs" aria-label="表示 View">
          {tab('text', 'テキスト Text')}
          {tab('html', 'HTML')}
        </nav>
      )}
      {view === 'html' && mail.html !== '' ? (
        <iframe
          title="HTML"
          src={`/mails/${mail.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      ) : (
        <Text text={mail.text} />
      )}
      <Headers mail={mail} />
      {props.reports && mail.returnPath ? <Refuse mail={mail} /> : null}
    </Page>
  );
};

/** The web pages of the inbox and `GET /api/messages?to=` for tests, newest first. */
export const createInboxPages = (store: MailStore, reportUrl?: string): Hono => {
  const app = new Hono();
  const page = (content: VNode): string => `<!doctype html>${render(content)}`;
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', POLICY);
    c.header('Cache-Control', 'no-store');
  });
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/', (c) => {
    const to = c.req.query('to')?.trim() || undefined;
    return c.html(page(<List mails={store.list(to)} to={to} />));
  });
  const detail = (mail: StoredMail, view: View, said: string | null = null): string =>
    page(<Detail mail={mail} view={view} reports={reportUrl !== undefined} said={said} />);
  app.get('/mails/:id', (c) => {
    const mail = store.find(c.req.param('id'));
    if (mail === undefined) return c.notFound();
    return c.html(detail(mail, c.req.query('view') === 'html' ? 'html' : 'text'));
  });
  app.post('/mails/:id/report', async (c) => {
    const mail = store.find(c.req.param('id'));
    const status = String((await c.req.formData()).get('status'));
    const isKnown = REFUSALS.some(([known]) => known === status);
    if (mail === undefined || reportUrl === undefined || !isKnown) return c.notFound();
    const said = await sendDeliveryReport(reportUrl, mail, status).catch((error: Error) => error.message);
    return c.html(detail(mail, 'text', `通知を送りました Reported: ${said}`));
  });
  app.get('/mails/:id/html', (c) => {
    const mail = store.find(c.req.param('id'));
    if (mail === undefined) return c.notFound();
    c.header('Content-Security-Policy', MAIL_POLICY);
    return c.html(`<base target="_blank">${mail.html}`);
  });
  app.get('/api/messages', (c) => c.json(store.list(c.req.query('to'))));
  return app;
};
