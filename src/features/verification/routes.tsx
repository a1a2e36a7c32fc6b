import { AkashiError } from '#domain/error.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, readForm, respond, textsFor } from '#features/http.tsx';
import { findSeal, listWithdrawn } from '#features/issuance/index.ts';
import type { Database } from '#platform/database/database.ts';
import { statusListPath, verificationPath } from './paths.ts';
import type { TypedCheck } from './views/verification-page.tsx';
import { VerificationPage } from './views/verification-page.tsx';

export type VerificationDependencies = {
  readonly db: Database;
  /** The address that is printed on the sheets, host and path without scheme. */
  readonly host: string;
  readonly universityName: { readonly ja: string; readonly en: string };
  /** Every seal key that ever signed, oldest first: old certificates keep verifying. */
  readonly sealKeys: readonly { readonly kid: string; readonly spkiBase64: string }[];
  /** The URL that a sheet's QR would hold for a seal. */
  readonly sealUrl: (seal: Uint8Array) => string;
  /** False when this reader has typed too many codes lately. */
  readonly allowTyped: (c: AppContext) => boolean;
};

/** The public page that a sheet's QR opens. It sets no cookie, asks no account and keeps no record of who checked. */
export const createVerificationRoutes = (dependencies: VerificationDependencies): Routes => {
  const { db } = dependencies;
  const routes = createRoutes();

  const show = (c: AppContext, typed: TypedCheck): Response =>
    respond(
      c,
      { title: textsFor(c).verification.title, scripts: ['main'] },
      <VerificationPage texts={textsFor(c).verification} dependencies={dependencies} typed={typed} />,
    );

  routes.get(verificationPath(), (c) => show(c, { state: 'empty', serial: '', checkCode: '' }));

  routes.post(verificationPath(), async (c) => {
    const form = await readForm(c);
    const serial = canonicalGroups(form.get('serial'));
    const checkCode = canonicalGroups(form.get('checkCode'));
    const typed = { serial: form.get('serial'), checkCode: form.get('checkCode') };
    if (!dependencies.allowTyped(c)) return show(c, { state: 'tooMany', ...typed });
    const seal = await findSeal(db, serial, checkCode);
    if (seal === null) return show(c, { state: 'unknown', ...typed });
    return show(c, { state: 'found', ...typed, url: dependencies.sealUrl(seal) });
  });

  routes.get(statusListPath(), async (c) => {
    const withdrawn = await listWithdrawn(db);
    c.header('Cache-Control', 'public, max-age=5');
    return c.json(
      withdrawn.map(({ serial, impression, status, since }) => ({
        serial,
        impression,
        state: status,
        since: since.toString(),
      })),
    );
  });
  return routes;
};

/** What people type for what is printed: any case, any dashes, full-width letters, O for 0, I and L for 1. */
const canonicalCode = (typed: string): string => {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  if (code.length > 40) throw new AkashiError('bad-request');
  return code.replace(/O/g, '0').replace(/[IL]/g, '1');
};

const canonicalGroups = (typed: string): string => {
  const code = canonicalCode(typed);
  return (code.match(/.{1,4}/g) ?? []).join('-');
};
