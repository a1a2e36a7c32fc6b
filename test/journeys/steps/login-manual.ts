import { arrive, inspect } from './inspect.ts';
import { openMenu, pickLanguage } from './menu.ts';
import { acceptConsent, agreeToTerms, moveToLogin, sendAddress, startPage } from './sign-in.ts';
import type { Walk } from './world.ts';
import { awaitMail } from './world.ts';

/** The steps of the login manual, as it numbers them; 2.1 has no step 3. */
export const MANUAL_STEPS = [
  ...['2.1-1', '2.1-2', '2.1-4', '2.1-5', '2.1-6', '2.1-7', '2.1-8'],
  ...['2.2-1', '2.2-2'],
  ...['2.3-1', '2.3-2', '2.3-3', '2.3-4', '2.3-5', '2.3-6'],
  ...['2.4-1', '2.4-2', '2.4-3'],
  ...['3.1-1', '3.1-2'],
] as const;

/** Called when a step's screen is before the reader. */
export type Picture = (step: string) => Promise<void>;

const USER = 'm0234567';

/** 2.1 steps 1 and 2, and 2.2 steps 1 and 2: the Note, Login, user name and password. */
const logIn = async (walk: Walk, section: string, picture: Picture): Promise<void> => {
  const { walker, texts } = walk;
  await startPage(walk);
  await walker.see('main', texts.information.start.noteHeading);
  await picture(`${section}-2`);
  await walker.press('main a.button', texts.information.start.login);
  await walker.type('#username', USER);
  await walker.type('#password', `demo-${USER}`);
  await picture(`${section}-1`);
  await walker.press('button[value=password]');
  await acceptConsent(walk);
};

/** 2.1 step 7 and 2.3 step 5: the mail, its one-time URL, and the button on that page. */
const openMail = async (walk: Walk, step: string, button: string, picture: Picture): Promise<void> => {
  const { walker, development, address } = walk;
  const pattern = /http:\/\/\S+\/mail-address\/confirm\/\S+/;
  const [url] = await awaitMail(walk, pattern);
  const answer = await fetch(`${development.inboxUrl}/api/messages?to=${address}`);
  const mails = (await answer.json()) as { id: string; text: string }[];
  await walker.open(`${development.inboxUrl}/mails/${mails.find(({ text }) => pattern.test(text))?.id}`);
  await walker.see('body', url);
  await picture(step);
  await walker.open(url);
  await arrive(walker, walk.texts.mailAddress.confirm.title);
  await walker.press('main button', button);
};

/** The Note between the fields and the button that sends them. */
const readNote = async ({ walker, texts }: Walk): Promise<void> => {
  await walker.see('.notice', texts.mailAddress.note.heading);
  await walker.evaluate(`document.querySelector('.notice').scrollIntoView()`);
};

const changeAddress = async (walk: Walk, picture: Picture): Promise<void> => {
  const { walker, texts: all } = walk;
  const texts = all.mailAddress;
  await walker.press('.menu summary');
  await walker.see('.menu__list a', all.frame.menuEntries.changeMailAddress);
  await picture('2.3-1');
  await walker.press('.menu__list a', all.frame.menuEntries.changeMailAddress);
  await arrive(walker, texts.change.title);
  const changed = { ...walk, address: `new-${walk.address}` };
  await walker.type('input[name=address]', changed.address);
  await walker.type('input[name=check]', changed.address);
  await picture('2.3-2');
  await readNote(walk);
  await picture('2.3-3');
  await walk.wait();
  await sendAddress(changed);
  await picture('2.3-4');
  await openMail(changed, '2.3-5', texts.confirm.change, picture);
  await arrive(walker, texts.changed.title);
  await picture('2.3-6');
};

const switchLanguage = async (walk: Walk, picture: Picture): Promise<void> => {
  const { walker, development, texts } = walk;
  await walker.open(`${development.url}/order/destination`);
  await arrive(walker, texts.ordering.destination.title);
  await walker.see('#language');
  await picture('2.4-1');
  await pickLanguage(walk, walker.language === 'ja' ? 'en' : 'ja');
  await picture('2.4-2');
  // The screens that follow are in the chosen language too.
  await walker.press('.menu summary');
  await walker.press('.menu__list a[href="/orders"]');
  await walker.see(`html:not([lang=${walker.language}]) h1`);
  await picture('2.4-3');
  await pickLanguage(walk, walker.language);
};

/** Does what the login manual says, step by step, on a service that has never seen this person. */
export const walkLoginManual = async (walk: Walk, picture: Picture): Promise<void> => {
  const { walker, texts } = walk;
  await logIn(walk, '2.1', picture);
  await agreeToTerms(walk);
  await arrive(walker, texts.mailAddress.setting.title);
  await walker.type('input[name=address]', walk.address);
  await walker.type('input[name=check]', walk.address);
  await picture('2.1-4');
  await readNote(walk);
  await picture('2.1-5');
  await sendAddress(walk);
  await picture('2.1-6');
  await openMail(walk, '2.1-7', texts.mailAddress.confirm.set, picture);
  await arrive(walker, texts.mailAddress.complete.title);
  await picture('2.1-8');
  await moveToLogin(walk);
  await openMenu(walk, 'logOut');
  await walker.see('h1', texts.signIn.signedOut.title);
  for (const cookie of ['akashi-session', 'akashi-development-identity-provider'])
    await walker.forgetCookie(cookie);
  await logIn(walk, '2.2', picture);
  await arrive(walker, texts.ordering.destination.title);
  await changeAddress(walk, picture);
  await switchLanguage(walk, picture);
  await walker.press('.menu summary');
  await picture('3.1-1');
  await walker.press('.menu__list a', texts.frame.menuEntries.manual);
  await walker.reach(/^\/manual/);
  await inspect(walker, 'manual');
  await picture('3.1-2');
};
