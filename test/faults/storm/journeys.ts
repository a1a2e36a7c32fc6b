import { setTimeout } from 'node:timers/promises';
import type { Ticket } from '#test/support/copier-gateway.ts';
import { awaitSome } from './insist.ts';
import type { Person } from './people.ts';
import type { StormWorld } from './world.ts';

const LOOK_AGAIN_MS = 5000;

const orderNumberIn = (path: string): string => /^\/orders\/([^/]+)/.exec(path)?.[1] ?? '';

/** Destination, certificates, details where there are any, confirmation: the order's number. */
const order = async (
  { seen, copies }: StormWorld,
  person: Person,
  destination: 'store' | 'digital',
  details: Readonly<Record<string, string>> = {},
): Promise<string> => {
  await person.post('/order/destination', { destination });
  await person.post('/order/certificates', { [copies]: '1', action: 'next' });
  if (destination === 'digital') await person.post('/order/delivery', { ...details, action: 'next' });
  const { html } = await person.get('/order/confirmation');
  const key = /name="key" value="([^"]+)"/.exec(html)?.[1] ?? '';
  if (key === '') throw new Error('the draft was not kept');
  seen.note('draft kept', `${person.accountId} ${key}`);
  let number = '';
  await person.post('/order/confirmation', { key }, ({ location }) => {
    number = orderNumberIn(location ?? '');
    if (number === '') throw new Error(`nothing was ordered: ${location}`);
    seen.note('ordered', `${person.accountId} ${key}`, number);
  });
  return number;
};

const payFor = async ({ seen, pay }: StormWorld, person: Person, number: string): Promise<void> => {
  const { html } = await person.post(`/orders/${number}/payment`, { method: 'card' });
  const checkoutId = /\/pay\/(chk_[\w-]+)/.exec(html)?.[1] ?? '';
  if (checkoutId === '') throw new Error(`no way to the company from the payment of ${number}`);
  seen.note('payment begun', checkoutId, number);
  await pay(checkoutId);
  seen.note('paid', checkoutId, number);
};

const awaitTicket = async ({ seen }: StormWorld, person: Person, number: string): Promise<Ticket> => {
  const ticket = await awaitSome(`the print number of ${number}`, async () => {
    const { html } = await person.get(`/orders/${number}/done`);
    const printNumber = /data-ticket-number="(\d+)"/.exec(html)?.[1];
    const pin = /<strong class="ticket-digits">(\d+)</.exec(html)?.[1];
    return printNumber === undefined || pin === undefined ? null : { printNumber, pin };
  });
  seen.note('ticket shown', number, `${ticket.printNumber} ${ticket.pin}`);
  return ticket;
};

/** One try at a machine: false when it has to be tried again, after a jam or because another claim holds the paper. */
const printOnce = async (
  { machine, random }: StormWorld,
  ticket: Ticket,
  device: string,
): Promise<boolean> => {
  const offer = await machine.lookUp(ticket, device);
  if (offer === null) throw new Error(`the print number ${ticket.printNumber} does not work`);
  const lease = await machine.claim(offer, device);
  if (lease === null) return false;
  const result = random() < 0.08 ? 'partial' : 'completed';
  return (await machine.print(lease, result)) && result === 'completed';
};

const printAtLast = async (world: StormWorld, ticket: Ticket, device: string): Promise<void> => {
  while (!(await printOnce(world, ticket, device))) await setTimeout(LOOK_AGAIN_MS);
};

const cancel = async ({ seen }: StormWorld, person: Person, number: string): Promise<void> => {
  await person.post(`/orders/${number}/cancel`, {}, ({ location }) => {
    if (location !== `/orders/${number}`) throw new Error(`${number} was not cancelled: ${location}`);
    seen.note('cancelled', number);
  });
};

export type Ending = 'prints' | 'keeps the number' | 'cancels before paying' | 'cancels after paying';

/** Orders and pays for a certificate at a store, up to an ending. */
export const buyAtStore = async (
  world: StormWorld,
  person: Person,
  { device, ending }: { readonly device: string; readonly ending: Ending },
): Promise<void> => {
  const number = await order(world, person, 'store');
  if (ending === 'cancels before paying') return cancel(world, person, number);
  await payFor(world, person, number);
  const ticket = await awaitTicket(world, person, number);
  if (ending === 'cancels after paying') return cancel(world, person, number);
  if (ending === 'keeps the number') return;
  if (!(await printOnce(world, ticket, device))) world.later(() => printAtLast(world, ticket, device));
};

/** Has a certificate sent to somebody, who opens and downloads it. */
export const sendOnline = async (world: StormWorld, person: Person, recipient: string): Promise<void> => {
  const { seen, mailbox } = world;
  const fields = { organisation: 'Northern University', mail: recipient, again: recipient, language: 'en' };
  const details = Object.fromEntries(Object.entries(fields).map(([name, text]) => [`${name}.1`, text]));
  const number = await order(world, person, 'digital', details);
  await payFor(world, person, number);
  const link = await awaitSome(`the mail to ${recipient}`, () =>
    mailbox.find(recipient, /\/delivery\/[\w-]{20,}/),
  );
  await person.post(`${link}/open`, {}, () => seen.note('delivery opened', recipient, number));
  const { html } = await person.post(`${link}/download`, { document: '1' });
  if (!html.startsWith('%PDF-')) throw new Error(`no file for ${recipient}`);
  seen.note('delivery downloaded', recipient, number);
};

/** Registers a mail address. A request sent twice makes the first one's link void: the newest mail counts. */
export const registerAddress = async (world: StormWorld, name: string): Promise<void> => {
  const { seen, mailbox } = world;
  const address = `${name}@example.jp`;
  const person = await world.enter(name, null);
  await person.post('/mail-address', { address, check: address }, () =>
    seen.note('address asked for', address, person.accountId),
  );
  await awaitSome(`the confirmation of ${address}`, async () => {
    const link = await mailbox.find(address, /\/mail-address\/confirm\/[\w-]+/);
    if (link === null) return null;
    return person.post(link, {}).catch((error: unknown) => {
      if (String(error).includes('answered 410')) return null;
      throw error;
    });
  });
  seen.note('address confirmed', address, person.accountId);
};
