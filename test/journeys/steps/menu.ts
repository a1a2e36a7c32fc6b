import { arrive, inspect } from './inspect.ts';
import type { Walk } from './world.ts';

type Entry = keyof Walk['texts']['frame']['menuEntries'];

/** The ⚙ menu at the top right (manual 2.3 and 3.1). */
export const openMenu = async ({ walker, texts }: Walk, entry: Entry): Promise<void> => {
  await walker.press('.menu summary');
  await walker.press('.menu__list a, .menu__list button', texts.frame.menuEntries[entry]);
};

export const pickLanguage = async ({ walker }: Walk, language: string): Promise<void> => {
  await walker.pick('#language', language);
  if (!walker.script) await walker.press('form.language button');
  await walker.see(`html[lang=${language}] h1`);
};

/** My orders says that the order is printed; its own page, receipt and way of asking are all there. */
export const lookAtOrder = async (walk: Walk): Promise<void> => {
  const { walker, texts } = walk;
  await openMenu(walk, 'myOrders');
  await arrive(walker, texts.ordering.orders.title);
  await walker.see('.order-state', texts.ordering.states.printed);
  await walker.press('main h2 a');
  await arrive(walker, texts.ordering.orders.number);
  await walker.press('main .actions a', texts.ordering.orders.receipt);
  await arrive(walker, texts.ordering.receipt.title);
};

/** Every entry of the menu, and the other language and back. */
export const useMenu = async (walk: Walk): Promise<void> => {
  const { walker, texts } = walk;
  await openMenu(walk, 'loginAndSecurity');
  await arrive(walker, texts.signIn.security.title);
  await openMenu(walk, 'manual');
  await walker.reach(/^\/manual/);
  await inspect(walker, 'manual');
  await pickLanguage(walk, walker.language === 'ja' ? 'en' : 'ja');
  await pickLanguage(walk, walker.language);
  await openMenu(walk, 'changeMailAddress');
  await arrive(walker, texts.mailAddress.change.title);
  await openMenu(walk, 'logOut');
  await arrive(walker, texts.signIn.signedOut.title);
  await walker.see('main', texts.signIn.signedOut.body);
};

const PUBLIC = [
  '/inquiries',
  '/browsers',
  '/legal/terms',
  '/legal/privacy',
  '/legal/commercial-transactions',
];

/** What everybody may read, and a page that is not there. */
export const readPublicPages = async ({ walker, development, texts }: Walk): Promise<void> => {
  for (const path of [...PUBLIC, '/legal/accessibility', '/verify']) {
    await walker.open(`${development.url}${path}`);
    await walker.see('main h1');
    await inspect(walker, path);
  }
  await walker.open(`${development.url}/no-such-page`);
  await arrive(walker, texts.errors.codes['not-found'].title);
};
