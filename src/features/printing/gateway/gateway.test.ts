import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { readOrder } from '#features/ordering/index.ts';
import type { CopierWorld, Lease, Ticket } from '#test/support/copier-gateway.ts';
import { FOREIGN_KEY, NEXT_KEY, sha256, withCopiers } from '#test/support/copier-gateway.ts';

const claim = async ({ call, lookUp }: CopierWorld, ticket: Ticket): Promise<Lease> => {
  const { claimToken } = await lookUp(ticket);
  const response = await call('POST', '/claims', { claimToken, device: 'd' });
  assert.equal(response.status, 200);
  return (await response.json()) as Lease;
};

test('a jam leaves the rest, which then prints; the same report has the same answer, another is refused', () =>
  withCopiers(async (world) => {
    const { call, db } = world;
    const { orderId, ticket } = await world.addOrder(2);
    assert.equal((await world.lookUp(ticket)).priceYen, 120);
    const lease = await claim(world, ticket);
    const report = {
      fence: 1,
      impressions: [
        { document: 1, result: 'completed', pages: 1 },
        { document: 2, result: 'failed', pages: 0 },
      ],
    };
    for (let time = 0; time < 2; time += 1) {
      const answer = await call('POST', `/claims/${lease.claim}/outcome`, report);
      assert.deepEqual(await answer.json(), { completed: 1, remaining: 1 });
    }
    const other = { ...report, impressions: report.impressions.slice(0, 1) };
    assert.equal((await call('POST', `/claims/${lease.claim}/outcome`, other)).status, 409);
    const again = await claim(world, ticket);
    assert.ok(again.fence > lease.fence);
    const rest = { fence: again.fence, impressions: [{ document: 2, result: 'completed', pages: 1 }] };
    assert.ok((await call('POST', `/claims/${again.claim}/outcome`, rest)).ok);
    assert.equal((await readOrder(db, orderId)).state, 'printed');
  }));

test('a download is resumed where it broke off, and its hash is known before', () =>
  withCopiers(async (world) => {
    const { ticket } = await world.addOrder();
    const lease = await claim(world, ticket);
    const path = `/claims/${lease.claim}/documents/1`;
    const get = (headers: Record<string, string>) => world.call('GET', path, undefined, { headers });
    const whole = await get({});
    const etag = whole.headers.get('etag') ?? '';
    const bytes = Buffer.from(await whole.arrayBuffer());
    assert.equal(sha256(bytes), lease.documents[0]?.sha256);
    assert.equal(whole.headers.get('copier-sha256'), sha256(bytes));
    const digest = createHash('sha256').update(bytes).digest('base64');
    assert.equal(whole.headers.get('repr-digest'), `sha-256=:${digest}:`);
    const parts: Buffer[] = [];
    for (let from = 0; from < bytes.length; from += 100) {
      const part = await get({ range: `bytes=${from}-${from + 99}`, 'if-range': etag });
      assert.equal(part.status, 206);
      parts.push(Buffer.from(await part.arrayBuffer()));
    }
    assert.deepEqual(Buffer.concat(parts), bytes);
    assert.equal((await get({ range: 'bytes=-5' })).headers.get('content-length') ?? '5', '5');
    assert.equal((await get({ range: 'bytes=0-9', 'if-range': '"other"' })).status, 200);
    assert.equal((await get({ range: 'bytes=999999-' })).status, 416);
    const foreign = await world.call('GET', path, undefined, { key: FOREIGN_KEY });
    assert.equal(foreign.status, 404);
  }));

test('progress renews the lease; without it the lease ends, and a late outcome counts while its fence is the last', () =>
  withCopiers(async (world) => {
    const { call, clock } = world;
    const { orderId, ticket } = await world.addOrder();
    const lease = await claim(world, ticket);
    const progress = (fence: number, pages: number) =>
      call('POST', `/claims/${lease.claim}/pages`, { fence, pages });
    for (let minute = 0; minute < 5; minute += 1) {
      clock.advance({ seconds: 100 });
      assert.equal((await progress(lease.fence, 1)).status, 200);
      const { claimToken } = await world.lookUp(ticket, 'other');
      assert.equal((await call('POST', '/claims', { claimToken, device: 'other' })).status, 409);
    }
    assert.equal((await progress(lease.fence + 1, 1)).status, 409);
    clock.advance({ seconds: 121 });
    assert.equal((await progress(lease.fence, 1)).status, 410);
    await world.run('end-print-lease', { claimId: lease.claim });
    assert.equal((await readOrder(world.db, orderId)).state, 'outcome_unknown');
    const done = { fence: lease.fence, impressions: [{ document: 1, result: 'completed', pages: 1 }] };
    assert.equal((await call('POST', `/claims/${lease.claim}/outcome`, done)).status, 200);
    assert.equal((await readOrder(world.db, orderId)).state, 'printed');
  }));

test('a request is signed by an active key, within 300 seconds, with a nonce that was never used', () =>
  withCopiers(async ({ call, clock, addOrder }) => {
    const { ticket } = await addOrder();
    const wanted = { ...ticket, device: 'd' };
    const at = (seconds: number) => String(Math.floor(clock.now().epochMilliseconds / 1000) + seconds);
    const status = async (sent: Parameters<typeof call>[3]) =>
      (await call('POST', '/lookups', wanted, sent)).status;
    assert.equal(await status({}), 200);
    assert.equal(await status({ key: NEXT_KEY }), 200);
    assert.equal(await status({ key: { keyId: 'k3', secret: 's3' } }), 401);
    assert.equal(await status({ key: { keyId: 'k1', secret: 's2' } }), 401);
    assert.equal(await status({ headers: { 'copier-signature': '00' } }), 401);
    for (const seconds of [-300, 300]) {
      assert.equal(await status({ headers: { 'copier-time': at(seconds) } }), 200);
      assert.equal(await status({ headers: { 'copier-time': at(seconds + Math.sign(seconds)) } }), 401);
    }
    const nonce = { headers: { 'copier-nonce': 'n'.repeat(20), 'copier-time': at(290) } };
    assert.equal(await status(nonce), 200);
    assert.equal(await status(nonce), 401);
    assert.equal(await status({ ...nonce, key: NEXT_KEY }), 200);
    // As late as its time allows, it is still remembered.
    clock.advance({ seconds: 580 });
    assert.equal(await status(nonce), 401);
    assert.equal(await status({ headers: { 'copier-nonce': 'short' } }), 401);
  }));

test('five wrong PINs replace number and PIN at once; the owner is mailed, and the extension is not used up', () =>
  withCopiers(async ({ call, db, run, addOrder, dependencies }) => {
    const { ticket, jobId, orderId } = await addOrder();
    const pin = ticket.pin === '0000' ? '0001' : '0000';
    for (let miss = 1; miss <= 5; miss += 1) {
      const answer = await call('POST', '/lookups', { ...ticket, pin, device: `d${miss}` });
      assert.equal(answer.status, 404);
    }
    assert.equal((await call('POST', '/lookups', { ...ticket, device: 'd9' })).status, 404);
    await run('replace-print-number', { jobId });
    assert.equal((await call('POST', '/lookups', { ...ticket, device: 'd9' })).status, 404);
    const job = await db
      .selectFrom('print_job')
      .selectAll()
      .where('id', '=', jobId)
      .executeTakeFirstOrThrow();
    assert.equal(job.extended_at, null);
    const next = dependencies.secrets.open(jobId, job.secrets);
    assert.notEqual(next.printNumber, ticket.printNumber);
    assert.equal((await call('POST', '/lookups', { ...next, device: 'd9' })).status, 200);
    const mails = await db.selectFrom('mail_outbox').select(['subject', 'reference']).execute();
    assert.deepEqual(
      mails.filter(({ subject }) => subject.startsWith('新しい印刷予約番号')).map((one) => one.reference),
      [orderId],
    );
  }));

test('a right PIN in between does not end the count of wrong ones', () =>
  withCopiers(async ({ call, addOrder }) => {
    const { ticket } = await addOrder();
    const pin = ticket.pin === '0000' ? '0001' : '0000';
    const statuses: number[] = [];
    for (const typed of [pin, pin, ticket.pin, pin, pin, ticket.pin, pin, ticket.pin]) {
      const device = `d${statuses.length}`;
      statuses.push((await call('POST', '/lookups', { ...ticket, pin: typed, device })).status);
    }
    assert.deepEqual(statuses, [404, 404, 200, 404, 404, 200, 404, 404]);
  }));

test('five misses pause a device for ten minutes, and no other', () =>
  withCopiers(async ({ call, clock, addOrder }) => {
    const { ticket } = await addOrder();
    const nobody = { printNumber: '000000000000', pin: '0000', device: 'd' };
    const together = await Promise.all(Array.from({ length: 30 }, () => call('POST', '/lookups', nobody)));
    const statuses = together.map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 404).length, 5);
    assert.equal(statuses.filter((status) => status === 429).length, 25);
    assert.equal((await call('POST', '/lookups', { ...ticket, device: 'd' })).status, 429);
    assert.equal((await call('POST', '/lookups', { ...ticket, device: 'other' })).status, 200);
    clock.advance({ minutes: 10, seconds: 1 });
    assert.equal((await call('POST', '/lookups', { ...ticket, device: 'd' })).status, 200);
  }));

test('a network that guesses is slowed and an alarm raised, once in ten minutes; it is never locked', () =>
  withCopiers(async ({ call, db, clock, addOrder, waited, alarms }) => {
    const { ticket } = await addOrder();
    const at = clock.now();
    const rows = Array.from({ length: 450 }, (_, n) => ({ network: 'hinata', device: `x${n}`, at }));
    await db.insertInto('copier_miss').values(rows).execute();
    for (let n = 0; n < 3; n += 1)
      await call('POST', '/lookups', { printNumber: '000000000000', pin: '0000', device: 'd' });
    assert.deepEqual(alarms, [{ network: 'hinata', misses: 450 }]);
    const answer = await call('POST', '/lookups', { ...ticket, device: 'd' });
    assert.equal(answer.status, 200);
    assert.deepEqual(waited, [500, 500, 500, 500]);
    await call('POST', '/lookups', { ...ticket, device: 'd' }, { key: FOREIGN_KEY });
    assert.equal(waited.length, 4);
    clock.advance({ minutes: 11 });
    assert.equal((await call('POST', '/lookups', { ...ticket, device: 'd' })).status, 200);
    assert.equal(waited.length, 4);
  }));
