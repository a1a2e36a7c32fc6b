import assert from 'node:assert/strict';
import { yen } from '#domain/money.ts';
import { formatYen } from '#platform/i18n/format.ts';
import { arrive, inspect } from './inspect.ts';
import { acceptConsent } from './sign-in.ts';
import type { Walk } from './world.ts';

export const chooseStore = async ({ walker, texts: { ordering: texts } }: Walk): Promise<void> => {
  await arrive(walker, texts.destination.title);
  await walker.press('main .actions button', texts.destination.next);
  await walker.see('#error-summary', texts.destination.choose);
  await inspect(walker, 'no destination');
  await walker.choose('#destination-store');
};

/** Enrolment and transcript, Japanese and English, one copy each: four certificates and the system fee. */
export const chooseCertificates = async ({ walker, texts: { ordering: texts } }: Walk): Promise<void> => {
  await walker.press('main .actions button', texts.destination.next);
  await arrive(walker, texts.certificates.title);
  await walker.press('main .actions button', texts.certificates.next);
  await walker.see('#error-summary', texts.certificates.none);
  await inspect(walker, 'no certificates');
  for (const line of ['enrolment', 'transcript'])
    for (const language of ['ja', 'en']) await walker.type(`input[name$=".${line}.${language}"]`, '1');
  // A script adds up while one types; without one the button does.
  if (!walker.script) await walker.press('main .actions button', texts.certificates.recalculate);
  await walker.see('#total', formatYen(yen(1420), walker.language));
};

/** The session ends while a form is open: what was typed in it is there again after signing in. */
export const loseSession = async (walk: Walk): Promise<void> => {
  const { walker, texts } = walk;
  const typed = '.stepper input';
  const before = await walker.values(typed);
  await walker.forgetCookie('akashi-session');
  await walker.press('main .actions button', texts.ordering.certificates.next);
  await arrive(walker, texts.errors.codes['session-expired'].title);
  await walker.press('main a.button', texts.errors.toSignIn);
  await acceptConsent(walk);
  await walker.see('h1', texts.ordering.certificates.title);
  assert.deepEqual(await walker.values(typed), before);
};

export const confirm = async ({ walker, texts: { ordering: texts } }: Walk): Promise<void> => {
  await walker.press('main .actions button', texts.certificates.next);
  await arrive(walker, texts.confirmation.title);
  assert.ok((await walker.count('main img')) >= 4);
  // A picture without a size pushes what one has just reached out of sight when it comes.
  assert.equal(await walker.count('main img:not([width][height])'), 0);
};

export const placeOrder = async ({ walker, texts: { ordering: texts } }: Walk): Promise<void> => {
  await walker.press('main .actions button', texts.confirmation.pay(formatYen(yen(1420), walker.language)));
};

/** A good card at the payment company, which sends the payer back by itself or by a link. */
export const pay = async ({ walker, texts: { payment: texts } }: Walk): Promise<void> => {
  await arrive(walker, texts.title);
  await walker.press('main .actions button', texts.pay(formatYen(yen(1420), walker.language)));
  await arrive(walker, texts.continueTitle);
  await walker.press('main a.button', texts.continueLink);
  await walker.reach(/^\/pay\//);
  await inspect(walker, 'payment company');
  await walker.press('a[href*="card=success"]');
  await walker.press('form button');
  await walker.reach(/^\/orders\//, 60);
};
