import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KyselyPlugin } from 'kysely';
import type { CopierCall, CopierWorld } from '#test/support/copier-gateway.ts';
import { FIRST_KEY, FOREIGN_KEY, withCopiers } from '#test/support/copier-gateway.ts';

type Work = { readonly statements: string[]; pins: number };

/** The gateway, and what it did for each request: its statements in order and how often it looked at a PIN. */
const observed = ({ db, dependencies, callOn }: CopierWorld): { call: CopierCall; work: Work } => {
  const work: Work = { statements: [], pins: 0 };
  const watch: KyselyPlugin = {
    transformQuery: ({ node }) => {
      work.statements.push(node.kind);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const { secrets } = dependencies;
  const checkPin: typeof secrets.checkPin = (job, pin) => {
    work.pins += 1;
    return secrets.checkPin(job, pin);
  };
  return { call: callOn({ db: db.withPlugin(watch), secrets: { ...secrets, checkPin } }), work };
};

test('unknown, wrong PIN, expired, printed, replaced and foreign: one answer after the same work', () =>
  withCopiers(async (world) => {
    const { clock, db, addOrder } = world;
    const { call, work } = observed(world);
    const [expired, printed, replacing] = [await addOrder(), await addOrder(), await addOrder()];
    const at = clock.now();
    const change = (jobId: string, columns: object) =>
      db.updateTable('print_job').set(columns).where('id', '=', jobId).execute();
    await change(expired.jobId, { deadline: at.subtract({ seconds: 1 }) });
    await change(printed.jobId, { finished_at: at });
    await change(replacing.jobId, { replacing: true });
    const live = await addOrder();
    const wrong = live.ticket.pin === '0000' ? '0001' : '0000';
    const cases = {
      unknown: { ticket: { printNumber: '000000000000', pin: '0000' }, key: FIRST_KEY },
      'no number at all': { ticket: { printNumber: '', pin: '' }, key: FIRST_KEY },
      'wrong PIN': { ticket: { ...live.ticket, pin: wrong }, key: FIRST_KEY },
      'wrong PIN, foreign': { ticket: { ...live.ticket, pin: wrong }, key: FOREIGN_KEY },
      foreign: { ticket: live.ticket, key: FOREIGN_KEY },
      expired: { ticket: expired.ticket, key: FIRST_KEY },
      printed: { ticket: printed.ticket, key: FIRST_KEY },
      replacing: { ticket: replacing.ticket, key: FIRST_KEY },
    };
    // Whoever asks first in a minute has old nonces forgotten, whatever they ask for.
    await call('POST', '/lookups', { ...cases.unknown.ticket, device: 'first' }, { key: FIRST_KEY });
    const seen = new Map<string, string>();
    for (const [name, { ticket, key }] of Object.entries(cases)) {
      work.statements.length = 0;
      work.pins = 0;
      const response = await call(
        'POST',
        '/lookups',
        { ...ticket, device: name.replaceAll(/\W/g, '-') },
        { key },
      );
      const headers = JSON.stringify([...response.headers]);
      seen.set(
        name,
        [response.status, headers, await response.text(), work.pins, ...work.statements].join('\n'),
      );
    }
    assert.deepEqual(new Set(seen.values()).size, 1, JSON.stringify([...seen], null, 1));
    assert.match([...seen.values()][0] ?? '', /^404/);
    assert.equal(work.pins, 1);
  }));
