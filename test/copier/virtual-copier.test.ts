import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { startCopier } from '#dev/copier/copier.tsx';
import { listen } from '#dev/shared/listen.ts';
import { createCopierGateway } from '#features/printing/index.ts';
import type { CopierWorld } from '#test/support/copier-gateway.ts';
import { FIRST_KEY, withCopiers } from '#test/support/copier-gateway.ts';
import { emptyPage } from '#test/support/empty-page.ts';

type Machine = {
  readonly read: () => Promise<string>;
  readonly press: (act: string, fields?: Readonly<Record<string, string>>) => Promise<string>;
  readonly sheets: () => Promise<number>;
};

/** A copier of each chain before the real gateway, used by its forms alone, as a browser without script does. */
const withMachine = (code: string, work: (machine: Machine, world: CopierWorld) => Promise<void>) =>
  withCopiers(async (world) => {
    const gateway = createCopierGateway({ ...world.dependencies, readDocument: async () => emptyPage() });
    const service = await listen(createServer(getRequestListener(gateway.fetch)), 0);
    const network = { code, nameJa: 'ひなた', nameEn: 'Hinata', ...FIRST_KEY };
    const copier = await startCopier({ port: 0, gatewayUrl: service.url, networks: [network], pageMs: 0 });
    const read = async (): Promise<string> => (await fetch(`${copier.url}/${code}`)).text();
    try {
      await work(
        {
          read,
          press: async (act, fields = {}) =>
            (
              await fetch(`${copier.url}/${code}/${act}`, {
                method: 'POST',
                body: new URLSearchParams(fields),
              })
            ).text(),
          sheets: async () => [...(await read()).matchAll(/<img /g)].length,
        },
        world,
      );
    } finally {
      await copier.close();
      await service.close();
    }
  }, Temporal.Now.instant().round('second').toString());

/** Types number and PIN key by key, as on the touch panel, and pays exactly. */
const typeAndPay = async (
  { press }: Machine,
  { printNumber, pin }: { printNumber: string; pin: string },
  menus = 1,
): Promise<string> => {
  for (let menu = 0; menu < menus; menu += 1) await press('menu');
  let [number, typed] = ['', ''];
  for (const key of printNumber + pin) {
    const [a, b, c] = [number.slice(0, 4), number.slice(4, 8), number.slice(8)];
    await press('number', { a, b, c, pin: typed, key });
    if (number.length < 12) number += key;
    else typed += key;
  }
  const [a, b, c] = [number.slice(0, 4), number.slice(4, 8), number.slice(8)];
  await press('number', { a, b, c, pin: typed, key: 'next' });
  await press('coin', { coin: '50' });
  return press('coin', { coin: '10' });
};

const awaitText = async ({ read }: Machine, text: string): Promise<string> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const page = await read();
    if (page.includes(text)) return page;
    await setTimeout(50);
  }
  throw new Error(`never read: ${text}\n${await read()}`);
};

test('a number is typed on the keypad, paid with coins and printed, without script, in both languages', () =>
  withMachine('hinata-mart', async (machine, world) => {
    const { ticket } = await world.addOrder();
    assert.match(await machine.read(), /プリントサービス/);
    assert.match(await machine.press('language'), /Print service/);
    const paid = await typeAndPay(machine, ticket, 2);
    assert.match(paid, /60 yen/);
    await machine.press('print');
    await awaitText(machine, 'Please take your sheets.');
    assert.equal(await machine.sheets(), 1);
    await machine.press('take');
    assert.equal(await machine.sheets(), 0);
  }));

test('a wrong PIN keeps the screen and says so; the change comes back on cancelling', () =>
  withMachine('potopi-24', async (machine, world) => {
    const { ticket } = await world.addOrder();
    await machine.press('menu');
    const wrong = { a: '0000', b: '0000', c: '0000', pin: '0000', key: 'next' };
    assert.match(await machine.press('number', wrong), /もう一度お確かめください/);
    await machine.press('stop');
    await typeAndPay(machine, ticket);
    assert.match(await machine.press('stop'), /おつり 60円/);
  }));

test('after a jam or a power loss the same number prints again; what is reported late counts', () =>
  withMachine('madoka-store', async (machine, world) => {
    const { ticket, orderId } = await world.addOrder();
    await machine.press('switch', { trouble: 'jam', after: '0' });
    await typeAndPay(machine, ticket);
    await machine.press('print');
    await awaitText(machine, '紙づまりです');
    await machine.press('stop');
    await machine.press('switch', { trouble: 'power', after: '1' });
    await typeAndPay(machine, ticket);
    await machine.press('print');
    await awaitText(machine, '電源が切れました');
    assert.equal(await machine.sheets(), 1);
    assert.match(await machine.press('on', { report: 'yes' }), /電源が戻りました/);
    const order = world.db.selectFrom('certificate_order').select('state').where('id', '=', orderId);
    assert.equal((await order.executeTakeFirstOrThrow()).state, 'printed');
  }));

test('every button of the panel is 60 pixels or more', async () => {
  const { STYLE } = await import('#dev/shared/panel-style.ts');
  assert.match(STYLE, /button, \.button \{ min-block-size: 64px; min-inline-size: 64px;/);
  for (const [, size = ''] of STYLE.matchAll(
    /(?:button|key|next|coin|summary|label)[^{]*\{[^}]*(?:min-)?block-size: (\d+)px/g,
  ))
    assert.ok(size === '0' || size === '28' || Number(size) >= 60, size);
});
