import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeResponse } from '#dev/identity-provider/response.ts';
import type { PlannedAttribute, ResponsePlan } from '#dev/identity-provider/response-plan.ts';
import type { ErrorCode } from '#domain/error.ts';
import { ERROR_STATUS } from '#domain/error.ts';
import { messagesFor } from '#messages/messages.ts';
import { openBrowser } from '#test/support/browser.ts';
import {
  beginAt,
  createCampus,
  encryptionCertificatesOf,
  rightPlan,
  STUDENT,
} from '#test/support/saml-campus.ts';
import { withService } from '#test/support/service.ts';
import { OTHER_STUDENT } from '#test/support/sign-in.ts';
import { inspect } from './steps/inspect.ts';
import { openPlaywright } from './steps/playwright-engine.ts';
import { sendForm } from './steps/send-form.ts';
import { walkerOn } from './steps/walker.ts';

const NOBODY: readonly PlannedAttribute[] = [
  {
    name: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6',
    friendlyName: 'eduPersonPrincipalName',
    values: ['nobody@akatsuki.example'],
  },
];

/** The student, under an identifier that is never given to anybody else. */
const IDENTIFIED: readonly PlannedAttribute[] = [
  ...STUDENT,
  {
    name: 'urn:oasis:names:tc:SAML:attribute:pairwise-id',
    friendlyName: 'pairwise-id',
    values: ['now@akatsuki.example'],
  },
];

type Answer = {
  readonly code: ErrorCode;
  /** Of the request that it answers. */
  readonly query?: string;
  readonly change: Partial<ResponsePlan>;
  /** Told to somebody who is signed in already. */
  readonly signedIn?: boolean;
};

/** An answer of the campus for every page that a refused sign-in can end at. */
const ANSWERS: readonly Answer[] = [
  { code: 'sign-in-failed', change: { signResponse: false } },
  { code: 'sign-in-expired', change: { inResponseTo: '_another' } },
  {
    code: 'sign-in-cancelled',
    change: {
      withAssertion: false,
      status: { code: 'Responder', inner: 'AuthnFailed', message: 'the person cancelled' },
    },
  },
  { code: 'second-factor-missing', query: '?strong=1', change: {} },
  { code: 'sign-in-incomplete', change: { attributes: [] } },
  { code: 'person-unknown', change: { attributes: NOBODY } },
  { code: 'another-person', query: '?fresh=1', change: { attributes: OTHER_STUDENT }, signedIn: true },
];

/** Where pictures of every refusal go when somebody wants to look at them all. */
const PICTURES = process.env['AKASHI_REFUSAL_PICTURES'];

test('every refused sign-in is a page that a person can go on from, in both languages and sizes', async () => {
  const campus = createCampus('idp');
  await withService({ university: { identityProviders: [campus.configured] } }, async (service) => {
    const { address, baseUrl, db } = service;
    const [encryptionCertificate = ''] = await encryptionCertificatesOf(address);
    const browser = await openBrowser();
    try {
      for (const [language, width] of [
        ['ja', 390],
        ['en', 1280],
      ] as const) {
        const context = { locale: language, viewport: { width, height: 844 } };
        const { engine, page } = await openPlaywright(browser, { name: `refused in ${language}`, context });
        const walker = walkerOn(engine, language);
        const cookie = async (): Promise<string> =>
          (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
        /** The campus's answer to a request of this browser, posted as the browser does. */
        const answer = async (query: string, change: Partial<ResponsePlan>): Promise<void> => {
          await page.goto(`${address}/browsers`);
          const begun = await beginAt(address, `/sign-in${query}`, await cookie());
          const cookies = begun.cookie.split('; ').map((pair) => {
            const [name = '', value = ''] = pair.split('=');
            return { name, value, url: address };
          });
          await page.context().addCookies(cookies);
          const plan = rightPlan(campus, { baseUrl, encryptionCertificate }, begun.requestId);
          const xml = await writeResponse({ ...plan, ...change });
          await sendForm(page, '/saml/acs', 'SAMLResponse', Buffer.from(xml).toString('base64'));
        };
        const isTold = async (code: ErrorCode): Promise<void> => {
          const texts = messagesFor(language).errors;
          await walker.see('h1', texts.codes[code].title);
          assert.match(await walker.read('main code'), /^[\w-]{8,}$/, code);
          assert.ok(await walker.sees('main a.button'), `${code} leads nowhere`);
          assert.doesNotMatch(await walker.read('main'), /SAML|xml|Error:/i, code);
          await inspect(walker, code);
          if (PICTURES === undefined) return;
          mkdirSync(PICTURES, { recursive: true });
          writeFileSync(join(PICTURES, `${code}-${language}.png`), await engine.screenshot());
        };
        const signIn = async (): Promise<void> => {
          await answer('', {});
          await walker.see('h1', messagesFor(language).terms.title);
        };
        for (const { code, query = '', change, signedIn } of ANSWERS) {
          if (signedIn === true) await signIn();
          await answer(query, change);
          await isTold(code);
          await page.context().clearCookies();
        }
        // A principal name that the university gave to somebody else.
        await signIn();
        await db.updateTable('account').set({ targeted_id: 'pairwise-id:before@akatsuki.example' }).execute();
        await page.context().clearCookies();
        await answer('', { attributes: IDENTIFIED });
        await isTold('name-reassigned');
        // The account keeps the language of its first reader.
        await db.updateTable('account').set({ targeted_id: null, language: 'en' }).execute();
        assert.deepEqual(walker.complaints(), []);
        await engine.close();
      }
      const told = [...ANSWERS.map(({ code }) => code), 'name-reassigned'];
      const ofSignIn = Object.keys(ERROR_STATUS).filter((code) =>
        /^(sign-in|second|another|name|person)-/.test(code),
      );
      assert.deepEqual(told.toSorted(), ofSignIn.toSorted());
    } finally {
      await browser.close();
    }
  });
});
