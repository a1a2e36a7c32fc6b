import assert from 'node:assert/strict';
import { lookAtOrder, readPublicPages, useMenu } from './menu.ts';
import { chooseCertificates, chooseStore, confirm, loseSession, pay, placeOrder } from './ordering.ts';
import { printAtCopier, readTicket, verifySheet } from './printing.ts';
import { comeIn } from './sign-in.ts';
import type { Walk } from './world.ts';

/** What the README shows; `picture` is called where a picture is worth having. */
export const walkMainJourney = async (
  walk: Walk,
  picture: (name: string) => Promise<void> = async () => {},
): Promise<{ sheet: Buffer }> => {
  const { walker, development } = walk;
  await comeIn(walk, 'a0123456');
  await chooseStore(walk);
  await chooseCertificates(walk);
  await loseSession(walk);
  await confirm(walk);
  await placeOrder(walk);
  await pay(walk);
  const ticket = await readTicket(walk);
  await picture('4-print-number');
  const sheet = await printAtCopier(walk, ticket);
  await verifySheet(walk, sheet, '佐藤 美咲');
  await picture('5-verification');
  await walker.open(`${development.url}/orders`);
  await lookAtOrder(walk);
  await useMenu(walk);
  await readPublicPages(walk);
  assert.deepEqual(walker.complaints(), []);
  return { sheet };
};
