import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CampusWorld, DevelopmentPrinter } from '#test/support/campus.ts';
import { withCampusAt, withDevelopmentPrinter } from '#test/support/campus.ts';
import { closePrint } from '../close-print.ts';
import { takeBackPush } from './take-back-push.ts';

const withCampus = (work: (world: CampusWorld, printer: DevelopmentPrinter) => Promise<void>) =>
  withDevelopmentPrinter((printer) => withCampusAt(printer.uri, (world) => work(world, printer)));

test('what is sent waits for the PIN, comes out once it is typed, and the order is printed', () =>
  withCampus(async (world, { press }) => {
    const order = await world.addOrder(2, 'campus');
    await world.send(order);
    await world.follow(order);
    assert.equal(await world.stateOf(order), 'printing');
    assert.match(await press('release', { pin: order.ticket.pin === '0000' ? '0001' : '0000' }), /違います/);
    await world.follow(order);
    assert.equal(await world.stateOf(order), 'printing');
    await press('release', { pin: order.ticket.pin });
    await world.settle(order);
    assert.equal(await world.stateOf(order), 'printed');
    assert.equal([...(await press('language')).matchAll(/<img /g)].length, 2);
  }));

test('an order for campus has no number that a store copier knows, and lies at one machine at a time', () =>
  withCampus(async (world) => {
    const order = await world.addOrder(1, 'campus');
    await assert.rejects(world.lookUp(order.ticket), /404/);
    const sent = await Promise.allSettled([1, 2, 3, 4].map(() => world.send(order)));
    assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 1);
  }));

test('an order for a store is not sent to a machine on campus', () =>
  withCampus(async (world) => {
    const order = await world.addOrder(1);
    await assert.rejects(world.send(order), { code: 'wrong-state' });
    assert.equal(await world.stateOf(order), 'ready');
  }));

test('taken back before the PIN was typed, nothing is out: the order is ready again and can be sent anew', () =>
  withCampus(async (world, { press }) => {
    const order = await world.addOrder(1, 'campus');
    await world.send(order);
    await world.follow(order);
    await takeBackPush(world.db, world.dependencies, order.jobId);
    await world.settle(order);
    assert.equal(await world.stateOf(order), 'ready');
    assert.match(await press('release', { pin: order.ticket.pin }), /待っているものはありません/);
    await world.send(order);
    await world.follow(order);
    await press('release', { pin: order.ticket.pin });
    await world.settle(order);
    assert.equal(await world.stateOf(order), 'printed');
  }));

test('nobody came: when its time is over the machine is told to forget it', () =>
  withCampus(async (world, { press }) => {
    const order = await world.addOrder(1, 'campus');
    await world.send(order);
    await world.follow(order);
    world.clock.advance({ minutes: 61 });
    await world.settle(order);
    assert.equal(await world.stateOf(order), 'ready');
    assert.match(await press('release', { pin: order.ticket.pin }), /待っているものはありません/);
  }));

test('a job that is closed, as of a cancelled order, is called back from the machine', () =>
  withCampus(async (world, { press }) => {
    const order = await world.addOrder(1, 'campus');
    await world.send(order);
    await world.follow(order);
    await closePrint(world.dependencies, order.orderId);
    await world.settle(order);
    assert.match(await press('release', { pin: order.ticket.pin }), /待っているものはありません/);
  }));

test('busy and switched off are tried again; a machine without paper goes on when it has some', () =>
  withCampus(async (world, { press }) => {
    const order = await world.addOrder(1, 'campus');
    await press('switch', { trouble: 'off' });
    await world.send(order);
    await world.follow(order);
    assert.equal(await world.troubleOf(order), 'unreachable');
    await press('switch', { trouble: 'busy' });
    await world.follow(order);
    assert.equal(await world.troubleOf(order), 'busy');
    await press('switch', { trouble: 'none' });
    await world.follow(order);
    assert.equal(await world.troubleOf(order), null);
    await press('switch', { trouble: 'no-paper' });
    await press('release', { pin: order.ticket.pin });
    await world.follow(order);
    assert.equal(await world.troubleOf(order), 'stopped');
    await press('switch', { trouble: 'none' });
    await world.settle(order);
    assert.equal(await world.stateOf(order), 'printed');
    assert.deepEqual(world.reports, [
      { machine: 'library', trouble: 'unreachable' },
      { machine: 'library', trouble: 'stopped' },
    ]);
  }));

test('a machine that stays away leaves an order that was never sent as it was', () =>
  withCampus(async (world, { press }) => {
    const order = await world.addOrder(1, 'campus');
    await press('switch', { trouble: 'off' });
    await world.send(order);
    await world.follow(order);
    world.clock.advance({ minutes: 61 });
    await world.settle(order);
    assert.equal(await world.stateOf(order), 'ready');
  }));

test('after a jam the sheet may be out: partly printed, and the next sending prints another impression', () =>
  withCampus(async (world, { press }) => {
    const order = await world.addOrder(1, 'campus');
    const documentOf = () =>
      world.db.selectFrom('print_document').select('document_id').executeTakeFirstOrThrow();
    const first = await documentOf();
    await press('switch', { trouble: 'jam' });
    await world.send(order);
    await world.follow(order);
    await press('release', { pin: order.ticket.pin });
    await world.settle(order);
    assert.equal(await world.stateOf(order), 'partly_printed');
    assert.equal(await world.troubleOf(order), 'stopped');
    await press('switch', { trouble: 'none' });
    await world.send(order);
    assert.notDeepEqual(await documentOf(), first);
    await world.follow(order);
    await press('release', { pin: order.ticket.pin });
    await world.settle(order);
    assert.equal(await world.stateOf(order), 'printed');
  }));

test('a sending whose answer was lost is found at the printer; one that is not there may have been printed', () =>
  withCampus(async (world, { press }) => {
    const asSubmitted = () =>
      world.db
        .updateTable('campus_push_copy')
        .set({ state: 'submitted', printer_job: null })
        .where('state', '<>', 'ended')
        .execute();
    const found = await world.addOrder(1, 'campus');
    await world.send(found);
    await world.follow(found);
    await asSubmitted();
    await world.follow(found);
    await press('release', { pin: found.ticket.pin });
    await world.settle(found);
    assert.equal(await world.stateOf(found), 'printed');
    const lost = await world.addOrder(1, 'campus');
    await world.send(lost);
    await asSubmitted();
    await world.settle(lost);
    assert.equal(await world.stateOf(lost), 'partly_printed');
  }));

test('a machine that falls silent with a certificate of ours leaves the outcome unknown', () =>
  withCampus(async (world, { press }) => {
    const order = await world.addOrder(1, 'campus');
    await world.send(order);
    await world.follow(order);
    await press('switch', { trouble: 'off' });
    world.clock.advance({ minutes: 3 });
    await world.follow(order);
    const claim = await world.db.selectFrom('print_claim').select('id').executeTakeFirstOrThrow();
    await world.run('end-print-lease', { claimId: claim.id });
    assert.equal(await world.stateOf(order), 'outcome_unknown');
    await press('switch', { trouble: 'none' });
    await press('release', { pin: order.ticket.pin });
    await world.settle(order);
    assert.equal(await world.stateOf(order), 'printed');
  }));
