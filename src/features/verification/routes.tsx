import { createHash } from 'node:crypto';
import { AkashiError } from '#domain/error.ts';
import type { LogKeys } from '#domain/transparency/check-logged.ts';
import { decodeVerifier } from '#domain/transparency/note.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, readForm } from '#features/http.tsx';
import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';
import { isLanguage, LANGUAGES } from '#platform/i18n/language.ts';
import { rememberFor } from '#platform/remember.ts';
import { sendPacked } from '#platform/web/packed.ts';
import { ICON_PATH } from '#ui/icon.ts';
import { renderPage } from '#ui/layout.tsx';
import { LARGEST_BUCKET, prefixLength } from './bucket.ts';
import type { PublishedKeys, VerificationDependencies } from './dependencies.ts';
import { judgeTyped } from './judge-typed.ts';
import { manifestPath, offlineWorkerPath, recordsPath, statusListPath, verificationPath } from './paths.ts';
import { openStatusList } from './read-status-list.ts';
import { estimateRecords, readBucket } from './typed-record-store.ts';
import type { TypedCheck } from './views/verification-page.tsx';
import { VerificationPage } from './views/verification-page.tsx';

const NOTHING_TYPED: TypedCheck = { state: 'empty', serial: '', checkCode: '' };
const SCRIPT = 'verification/main';
const WORKER = 'verification/offline-worker';

const decodeLogKeys = async ({ log, witness }: PublishedKeys['logKeys']): Promise<LogKeys> => ({
  log: await Promise.all(log.map(decodeVerifier)),
  witness: witness === null ? null : await decodeVerifier(witness),
});

const languageOf = (c: AppContext): Language => {
  const asked = c.req.query('language');
  return isLanguage(asked) ? asked : c.get('language');
};

/** The public page that a sheet's QR opens. It sets no cookie, asks no account and keeps no record of who checked. */
export const createVerificationRoutes = (dependencies: VerificationDependencies): Routes => {
  const { db, clock, assets, publishedKeys } = dependencies;
  const routes = createRoutes();
  const statusList = openStatusList(db, clock);
  // A prefix grows by a letter when there are some thirty times as many records: a minute makes no difference.
  const records = rememberFor(clock, { minutes: 1 }, () => estimateRecords(db));

  const page = async (c: AppContext, typed: TypedCheck): Promise<string> => {
    const language = languageOf(c);
    const texts = messagesFor(language);
    return renderPage(
      {
        ...c.get('frame'),
        language,
        texts,
        menu: [],
        languageInAddress: verificationPath(),
      },
      { title: texts.verification.title, scripts: [SCRIPT], manifest: manifestPath() },
      <VerificationPage
        texts={texts.verification}
        language={language}
        dependencies={dependencies}
        keys={await publishedKeys()}
        recordPrefix={prefixLength(await records())}
        typed={typed}
      />,
    );
  };

  routes.get(verificationPath(), async (c) => {
    c.header('Cache-Control', 'no-cache');
    c.header('Vary', 'Accept-Language, Cookie');
    return c.html(await page(c, NOTHING_TYPED));
  });

  routes.post(verificationPath(), async (c) => {
    const form = await readForm(c);
    const typed = { serial: form.get('serial'), checkCode: form.get('checkCode') };
    if (!dependencies.allowTyped(c)) return c.html(await page(c, { state: 'tooMany', ...typed }), 429);
    const { sealKeys, logKeys } = await publishedKeys();
    const keys = { sealKeys, logKeys: await decodeLogKeys(logKeys) };
    const answer = await judgeTyped({ ...dependencies, ...keys, now: clock.now() }, typed);
    return c.html(await page(c, { ...answer, ...typed }), answer.state === 'found' ? 200 : 422);
  });

  routes.get(statusListPath(), async (c) => {
    c.header('Cache-Control', 'public, max-age=5');
    return sendPacked(c, await statusList(), 'application/json');
  });

  routes.get(`${recordsPath()}/:prefix{-|[0-9A-Z]{1,4}}`, async (c) => {
    if (!dependencies.allowRecords(c)) throw new AkashiError('too-many-requests');
    const named = c.req.param('prefix');
    const records = await readBucket(db, named === '-' ? '' : named, LARGEST_BUCKET + 1);
    if (records.length > LARGEST_BUCKET) throw new AkashiError('too-large');
    c.header('Cache-Control', 'public, max-age=30');
    return c.json(records);
  });

  routes.get(offlineWorkerPath(), async (c) => {
    const pages = Object.keys(LANGUAGES).map((language) => `${verificationPath()}?language=${language}`);
    const scripts = ['frame', SCRIPT].flatMap((name) => assets.family(name));
    const files = [...new Set([ICON_PATH, assets.stylesheet, ...scripts])];
    const version = createHash('sha256')
      .update(JSON.stringify([files, await publishedKeys(), assets.family(WORKER)]))
      .digest('base64url')
      .slice(0, 12);
    c.header('Content-Type', 'text/javascript; charset=utf-8');
    c.header('Cache-Control', 'no-cache');
    c.header('Service-Worker-Allowed', verificationPath());
    const kept = `self.kept=${JSON.stringify({ version, pages, files })};`;
    // A classic worker: not every browser in use takes modules here.
    return c.body(`${kept}\nimportScripts(${JSON.stringify(assets.scripts.get(WORKER))});`);
  });
  routes.get(manifestPath(), (c) => {
    const { title, lead } = messagesFor(c.get('language')).verification;
    c.header('Content-Type', 'application/manifest+json');
    c.header('Cache-Control', 'public, max-age=86400');
    return c.body(
      JSON.stringify({
        name: title,
        short_name: title,
        description: lead,
        lang: c.get('language'),
        id: verificationPath(),
        start_url: verificationPath(),
        scope: verificationPath(),
        display: 'standalone',
        icons: [{ src: ICON_PATH, sizes: 'any', type: 'image/svg+xml' }],
      }),
    );
  });
  return routes;
};
