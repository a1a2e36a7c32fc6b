import { arrive, inspect } from './inspect.ts';
import { until } from './walker.ts';
import type { Walk } from './world.ts';
import { awaitMail } from './world.ts';

/** A fare discount, which is free and printed on campus only: chosen, confirmed, ordered without a payment. */
export const orderFareDiscount = async ({ walker, texts: { ordering: texts } }: Walk): Promise<void> => {
  await arrive(walker, texts.destination.title);
  await walker.choose('#destination-campus');
  await walker.press('main .actions button', texts.destination.next);
  await arrive(walker, texts.certificates.title);
  await walker.type('input[name$=".fare-discount.ja"]', '1');
  await walker.press('main .actions button', texts.certificates.next);
  await walker.see('#error-summary');
  await inspect(walker, 'no purpose');
  await walker.choose('input[value="homecoming"]');
  await walker.type('input[name="fare-discount.from"]', '京都');
  await walker.type('input[name="fare-discount.to"]', '博多');
  await walker.choose('input[type="checkbox"][value="yes"]');
  await walker.press('main .actions button', texts.certificates.next);
  await arrive(walker, texts.confirmation.title);
  await walker.press('main .actions button', texts.confirmation.free);
};

type Picture = (name: string) => Promise<void>;

/** Sent to a machine, taken back, sent again, released with the PIN at its panel; My orders then says that it is printed. */
export const printOnCampus = async (walk: Walk, picture: Picture): Promise<void> => {
  const { walker, texts, development } = walk;
  const { campus } = texts.printing;
  await walker.see('input[name="machine"]', '', 120);
  await inspect(walker, 'campus ticket');
  await picture('choose');
  await awaitMail(walk, /\d{4} \d{4} \d{4}/);
  const ticket = (await walker.address()).href;
  await walker.press('.ticket-pin summary');
  const pin = await walker.read('.ticket-pin .ticket-digits');
  await walker.press('main .actions button', campus.send);
  await walker.see('h2', campus.sentTo('').trim());
  await inspect(walker, 'at the machine');
  await picture('sent');
  await walker.press('main form button', campus.takeBack);
  await walker.see('main .actions button', campus.send);
  await inspect(walker, 'taken back');
  await picture('taken-back');
  await walker.press('main .actions button', campus.send);
  await walker.see('h2', campus.sentTo('').trim());
  await walker.open(`${development.url}/orders`);
  await walker.see('.order-state', texts.ordering.waiting.machine);
  await inspect(walker, 'orders, at the machine');
  await picture('orders');
  await walker.open(`${development.campusPrinterUrl}/main-library`);
  await walker.see('.what');
  await inspect(walker, 'panel of the printer');
  await picture('panel');
  await walker.type('input[name="pin"]', pin);
  await walker.press('form[action$="/release"] button');
  await until('the sheet', async () => (await walker.count('a[href*="/tray/"]')) > 0, 60);
  await picture('tray');
  await walker.open(`${development.url}/orders`);
  await until(
    'the order to be printed',
    async () => {
      await walker.open(`${development.url}/orders`);
      return walker.sees('.order-state', texts.ordering.states.printed);
    },
    60,
  );
  await walker.open(ticket);
  await arrive(walker, texts.printing.printedTitle);
};
