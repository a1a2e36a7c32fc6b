import assert from 'node:assert/strict';
import { checkCodeOf, decodeSealUrl, openSeal } from '#domain/seal/seal.ts';
import { readSheetCode } from '#test/support/read-sheet.ts';
import { arrive, inspect } from './inspect.ts';
import { until } from './walker.ts';
import type { Walk } from './world.ts';
import { awaitMail } from './world.ts';

export type TicketOf = { readonly number: string; readonly pin: string };

/** The ticket, once it is made: its number is the mailed one. */
export const readTicket = async (walk: Walk): Promise<TicketOf> => {
  const { walker } = walk;
  await walker.see('[data-ticket-number]', '', 120);
  await inspect(walker, 'ticket');
  const number = (await walker.attribute('[data-ticket-number]', 'data-ticket-number')).replaceAll(/\D/g, '');
  await walker.press('.ticket-pin summary');
  const pin = await walker.read('.ticket-pin .ticket-digits');
  const [, mailed] = await awaitMail(walk, /(\d{4}[ -]?\d{4}[ -]?\d{4})/);
  assert.equal(mailed?.replaceAll(/\D/g, ''), number);
  return { number, pin };
};

const TRAY = 'a[href*="/tray/"]';

/** At the copier: chain, number, PIN, coins, print. Returns the picture of the last sheet. */
export const printAtCopier = async ({ walker, development }: Walk, ticket: TicketOf): Promise<Buffer> => {
  await walker.open(development.copierUrl);
  await inspect(walker, 'copiers');
  await walker.press('a.button');
  // One menu after the other, each with one button that leads on, until the number is asked for.
  for (let menu = await walker.read('.screen'); !(await walker.sees('input[name=pin]')); ) {
    await walker.press('form.tiles button:enabled');
    const left = menu;
    await until('the next screen', async () => (menu = await walker.read('.screen')) !== left);
  }
  const before = await walker.count(TRAY);
  for (const [index, name] of ['a', 'b', 'c'].entries())
    await walker.type(`input[name=${name}]`, ticket.number.slice(index * 4, index * 4 + 4));
  await walker.type('input[name=pin]', ticket.pin);
  await walker.press('form[action$="/number"] button.next');
  const start = 'form[action$="/print"] button';
  await walker.see(start);
  await inspect(walker, 'copier');
  while (!(await walker.sees(`${start}:enabled`))) {
    const missing = await walker.read('.sums .missing dd');
    await walker.press('button[name=coin][value="500"]');
    await until('the coin', async () => (await walker.read('.sums .missing dd')) !== missing);
  }
  await walker.press(start);
  await until(
    'sheets',
    async () => (await walker.count(TRAY)) > before && !(await walker.sees('progress')),
    120,
  );
  const href = await walker.evaluate<string>(
    `[...document.querySelectorAll(${JSON.stringify(TRAY)})].at(-1).href`,
  );
  const sheet = Buffer.from(await (await fetch(href)).arrayBuffer());
  // Whoever leaves finishes, so that the next person finds the first menu.
  await walker.press('.screen form.stop button');
  await walker.see('form.tiles');
  return sheet;
};

/** The recipient's part: the sheet's QR, or without script its serial and check code, typed. */
export const verifySheet = async (walk: Walk, sheet: Buffer, holder: string): Promise<void> => {
  const { walker, development, texts } = walk;
  const address = readSheetCode(sheet) ?? '';
  assert.ok(
    address.startsWith(`${development.url}/verify#1`),
    `the QR of the sheet: ${address.slice(0, 40)}`,
  );
  if (walker.script) await walker.open(address);
  else {
    const seal = decodeSealUrl(address).bytes;
    await walker.open(`${development.url}/verify`);
    await arrive(walker, texts.verification.title);
    await walker.type('input[name=serial]', openSeal(seal).claims.serial);
    await walker.type('input[name=checkCode]', await checkCodeOf(seal));
    await walker.press('#typed-form button');
  }
  await walker.see('.verdict[data-verdict=valid]', texts.verification.words.valid);
  await walker.see('main', holder);
  await inspect(walker, 'verification');
  assert.ok(!(await walker.address()).href.includes('#'), 'the seal does not stay in the address bar');
};
