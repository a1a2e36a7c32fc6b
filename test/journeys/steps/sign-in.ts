import assert from 'node:assert/strict';
import { arrive, inspect } from './inspect.ts';
import type { Walk } from './world.ts';
import { awaitMail } from './world.ts';

/** The campus's page of what is sent about one; without script the way back is one more button. */
export const acceptConsent = async ({ walker }: Walk): Promise<void> => {
  await walker.press('button[value=accept]');
  if (!walker.script) await walker.press('form[action$="/saml/acs"] button');
};

/** Manual 2.1 steps 1 and 2: user name and password at the campus. */
export const enterCampus = async (walk: Walk, user: string): Promise<void> => {
  const { walker } = walk;
  await walker.see('#username');
  await inspect(walker, 'campus sign-in');
  await walker.type('#username', user);
  await walker.type('#password', `demo-${user}`);
  await walker.press('button[value=password]');
  await walker.see('button[value=accept]');
  await inspect(walker, 'campus consent');
  await acceptConsent(walk);
};

export const startPage = async ({ walker, development, texts }: Walk): Promise<void> => {
  await walker.open(development.url);
  await arrive(walker, texts.information.start.title);
};

export const signIn = async (walk: Walk, user: string): Promise<void> => {
  await startPage(walk);
  await walk.walker.press('main a.button', walk.texts.information.start.login);
  await enterCampus(walk, user);
};

/** Asked at the first login, before anything else; not to be passed without agreeing. */
export const agreeToTerms = async ({ walker, texts }: Walk): Promise<void> => {
  await arrive(walker, texts.terms.title);
  await walker.press('main button', texts.terms.next);
  await walker.see('#error-summary', texts.terms.mustAgree);
  assert.equal(await walker.evaluate('document.activeElement?.id'), 'error-summary');
  await inspect(walker, 'terms not agreed to');
  await walker.choose('#agree');
  await walker.press('main button', texts.terms.next);
};

/** Manual 2.1 steps 4 to 6: the address twice, Check, and the page that waits for the mail. */
export const askForAddress = async (walk: Walk): Promise<void> => {
  const { walker, address } = walk;
  const texts = walk.texts.mailAddress;
  await arrive(walker, texts.setting.title);
  await walker.see('.notice', texts.note.heading);
  await walker.type('input[name=address]', address);
  await walker.type('input[name=check]', `x${address}`);
  await walker.press('main button', texts.check);
  await walker.see('#error-summary', texts.errors.mismatch);
  await inspect(walker, 'addresses that differ');
  assert.deepEqual(await walker.values('input[name=address], input[name=check]'), [address, `x${address}`]);
  await walker.type('input[name=check]', address);
};

export const sendAddress = async ({ walker, texts: { mailAddress: texts } }: Walk): Promise<void> => {
  await walker.press('main button', texts.check);
  await arrive(walker, texts.waiting.title);
  await walker.see('main', texts.waiting.sent);
};

/** Manual 2.1 steps 7 and 8: the one-time URL of the mail, and the way to the login page. */
export const openMailedUrl = async (walk: Walk): Promise<void> => {
  const { walker } = walk;
  const texts = walk.texts.mailAddress;
  const [url] = await awaitMail(walk, /http:\/\/\S+\/mail-address\/confirm\/\S+/);
  await walker.open(url);
  await arrive(walker, texts.confirm.title);
  await walker.press('main button', texts.confirm.set);
  await arrive(walker, texts.complete.title);
};

export const moveToLogin = async (walk: Walk): Promise<void> => {
  const { walker, texts } = walk;
  await walker.press('main a.button', texts.mailAddress.complete.button);
  // Still signed in here, so that the campus is not asked again.
  await walker.see('h1', texts.ordering.destination.title);
};

/** The first visit, from the start page to the first page of an order. */
export const comeIn = async (walk: Walk, user: string): Promise<void> => {
  await signIn(walk, user);
  await agreeToTerms(walk);
  await askForAddress(walk);
  await sendAddress(walk);
  await openMailedUrl(walk);
  await moveToLogin(walk);
};
