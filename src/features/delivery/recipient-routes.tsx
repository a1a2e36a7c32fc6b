import type { AppContext, Routes } from '#features/http.tsx';
import { readForm, respond, textsFor } from '#features/http.tsx';
import { configuredLanguage } from '#platform/i18n/language.ts';
import { attachment } from '#platform/web/content-disposition.ts';
import { hasOpenCode } from './code-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { downloadDocuments } from './download-documents.ts';
import { extendLink } from './extend-link.ts';
import { askCode, enterCode, maySee } from './one-time-code.ts';
import { openDelivery } from './open-delivery.ts';
import * as paths from './paths.ts';
import type { ClosedLink, OpenLink } from './read-link.ts';
import { readLink } from './read-link.ts';
import { linkEnd } from './send-order.ts';
import { RecipientPage } from './views/recipient-page.tsx';
import type { CodeNews } from './views/recipient-props.ts';

/** Shows that the code was entered in this browser; of several sendings the newest one opened. */
const GRANT_COOKIE = 'akashi-delivery';
const GRANT_SECONDS = 3600;
const CLOSED_STATUS = { unknown: 404, replaced: 410, recalled: 410, expired: 410, withdrawn: 410 } as const;

/** Enough for its owner to recognise, too little for somebody who was passed the link. */
const masked = (address: string): string =>
  `${[...address][0] ?? ''}•••${address.slice(address.lastIndexOf('@'))}`;

const showClosed = (c: AppContext, kind: ClosedLink): Response => {
  const { title, body } = textsFor(c).delivery.links[kind];
  return respond(c, { title, status: CLOSED_STATUS[kind] }, <p>{body}</p>);
};

/**
 * What a recipient does, signed in nowhere. GET and HEAD only look; opening, downloading and extending are posts, so that
 * a scanner that follows every link of a mail opens nothing.
 */
export const addRecipientRoutes = (routes: Routes, dependencies: DeliveryDependencies): void => {
  const { db, clock, cookies } = dependencies;
  const tokenOf = (c: AppContext): string => c.req.param('token') ?? '';
  const grantOf = (c: AppContext): string | undefined => cookies.get(c, GRANT_COOKIE);
  const backTo = (c: AppContext): Response => c.redirect(paths.recipientPath(tokenOf(c)), 303);

  const show = async (
    c: AppContext,
    { delivery, documents, withdrawn }: OpenLink,
    news: Pick<CodeNews, 'typed' | 'problem'> = { typed: '', problem: null },
  ): Promise<Response> => {
    const language = c.get('language');
    const { delivery: texts, frame } = textsFor(c);
    const mailed = delivery.asksCode && (await hasOpenCode(db, delivery.id, clock.now()));
    const failed = news.problem !== null;
    return respond(
      c,
      { title: texts.page.title, ...(failed ? { status: 422 as const } : {}) },
      <RecipientPage
        texts={texts.page}
        token={tokenOf(c)}
        universityName={dependencies.universityName[configuredLanguage(language)]}
        verificationPath={dependencies.verificationPath}
        shown={await maySee(dependencies, delivery, grantOf(c))}
        code={{ ...news, mailed, address: masked(delivery.mail) }}
        errorSummary={frame.errorSummary}
        extendUntil={
          delivery.extendedAt === null ? linkEnd(delivery.linkUntil, dependencies.linkMonths) : null
        }
        {...{ language, delivery, documents, withdrawn }}
      />,
    );
  };
  const showAgain = async (c: AppContext, news?: Pick<CodeNews, 'typed' | 'problem'>): Promise<Response> => {
    const link = await readLink(dependencies, tokenOf(c));
    return link.kind === 'open' ? show(c, link, news) : showClosed(c, link.kind);
  };

  routes.get(paths.recipientPath(':token'), (c) => showAgain(c));

  routes.post(paths.openPath(':token'), async (c) => {
    const link = await openDelivery(dependencies, tokenOf(c));
    if (link.kind !== 'open') return showClosed(c, link.kind);
    if (!link.delivery.asksCode) return backTo(c);
    const typed = (await readForm(c)).get('code').slice(0, 40);
    const entered = await enterCode(dependencies, tokenOf(c), typed);
    if (entered.kind === 'right') {
      cookies.set(c, GRANT_COOKIE, entered.grant, { maxAgeSeconds: GRANT_SECONDS });
      return backTo(c);
    }
    if (entered.kind === 'wrong') return showAgain(c, { typed, problem: entered });
    return showAgain(c, { typed: '', problem: entered.kind === 'no-code' ? 'no-code' : null });
  });

  routes.post(paths.askCodePath(':token'), async (c) => {
    const asked = await askCode(dependencies, tokenOf(c));
    return asked === 'too-many' ? showAgain(c, { typed: '', problem: 'too-many' }) : backTo(c);
  });

  routes.post(paths.downloadPath(':token'), async (c) => {
    const which = (await readForm(c)).get('document');
    const file = await downloadDocuments(dependencies, { token: tokenOf(c), which, grant: grantOf(c) });
    if (file.kind === 'closed') return backTo(c);
    if (file.kind !== 'file') return showClosed(c, file.kind);
    return c.body(Uint8Array.from(file.bytes), 200, {
      'Content-Type': file.type,
      'Content-Disposition': attachment(file.name),
      'Content-Length': String(file.bytes.length),
      // A post is answered whole: a range would be a second download that nobody pressed a button for.
      'Accept-Ranges': 'none',
    });
  });

  routes.post(paths.extendPath(':token'), async (c) => {
    await extendLink(dependencies, { token: tokenOf(c), grant: grantOf(c) });
    return backTo(c);
  });
};
