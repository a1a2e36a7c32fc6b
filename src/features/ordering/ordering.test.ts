import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { endOfTokyoDay, tokyoDate } from '#domain/dates.ts';
import { copiesField } from '#domain/order/draft.ts';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import { addAccount, CURRENT, copies, FINISHED, PERSON, setUp } from '#test/support/ordering.ts';
import { assessForPage } from './assess-draft.ts';
import { saveDraft } from './draft-store.ts';
import { expireOrder } from './jobs.ts';
import { readOrderLines } from './line-store.ts';
import { readOrder } from './order-store.ts';
import { countOrderedCopies } from './ordered-copies-store.ts';
import { placeOrder } from './place-order.ts';
import { checkLine, confirmDeadline } from './recheck-lines.ts';

test('two concurrent submits make one order, frozen and priced by each enrolment, which expires unpaid', () =>
  withDatabase(async ({ db }) => {
    const { clock, dependencies } = setUp(db);
    const accountId = await addAccount(db);
    await saveDraft(db, accountId, { destination: 'store', copies, typed: {}, key: 'one' }, clock.now());
    const submission = { accountId, personId: PERSON, language: 'ja', idempotencyKey: 'one' } as const;
    const [first, second] = await Promise.all([
      placeOrder(dependencies, submission),
      placeOrder(dependencies, submission),
    ]);
    assert.equal(first.id, second.id);
    assert.equal((await placeOrder(dependencies, submission)).id, first.id);
    assert.equal(first.total, 300 + 2 * 500 + 220);
    assert.equal(first.sheets, 5);
    assert.equal(first.printCharge, 300);
    const lines = await readOrderLines(db, first.id);
    assert.deepEqual(
      lines.map((line) => line.feeEach),
      [300, 500],
    );
    assert.equal(lines[0]?.snapshot.person.nameJa, '髙橋 𠮷人');
    await expireOrder(dependencies, first.id);
    assert.equal((await readOrder(db, first.id)).state, 'awaiting_payment');
    clock.advance({ minutes: 60 });
    await expireOrder(dependencies, first.id);
    assert.equal((await readOrder(db, first.id)).state, 'expired');
  }));

test('an order is to be paid before the year-end stop of its types, and what is paid is not refused by it', () =>
  withDatabase(async ({ db }) => {
    const { clock, dependencies: given } = setUp(db);
    const today = tokyoDate(clock.now());
    const stop = {
      from: today.add({ days: 1 }).toPlainMonthDay(),
      until: today.add({ days: 4 }).toPlainMonthDay(),
    };
    const certificateTypes = given.university.certificateTypes.map((type) => ({
      ...type,
      eligibility: [...type.eligibility, 'outside-year-end-stop' as const],
      conditions: { ...type.conditions, yearEndStop: stop, limits: { perDay: 3, perYear: 3 } },
    }));
    const dependencies = { ...given, university: { ...given.university, certificateTypes } };
    const accountId = await addAccount(db);
    clock.advance({ milliseconds: clock.now().until(endOfTokyoDay(today)).total('milliseconds') - 600_000 });
    await saveDraft(db, accountId, { destination: 'store', copies, typed: {}, key: 'one' }, clock.now());
    const submission = { accountId, personId: PERSON, language: 'ja', idempotencyKey: 'one' } as const;
    const order = await placeOrder(dependencies, submission);
    assert.deepEqual(
      [order.paymentDeadline, order.paymentLatest],
      [endOfTokyoDay(today), endOfTokyoDay(today)],
    );
    clock.advance({ hours: 1 });
    for (const line of await readOrderLines(db, order.id)) {
      assert.equal((await checkLine(dependencies, order, line)).answer, 'clear');
    }
  }));

test('one line that may not be ordered stops the order, and names its own field', () =>
  withDatabase(async ({ db }) => {
    const { clock, dependencies } = setUp(db);
    const accountId = await addAccount(db);
    const refused = copiesField(FINISHED, 'enrolment', 'ja');
    const draft = {
      destination: 'store',
      copies: { ...copies, [refused]: '1' },
      typed: {},
      key: 'one',
    } as const;
    const { problems } = await assessForPage(dependencies, PERSON, draft, clock.now());
    assert.deepEqual([...problems], [[refused, 'not-eligible']]);
    await saveDraft(db, accountId, draft, clock.now());
    const submission = { accountId, personId: PERSON, language: 'ja', idempotencyKey: 'one' } as const;
    await assert.rejects(placeOrder(dependencies, submission), { code: 'wrong-state' });
  }));

test('two orders placed at once keep a limit of copies together, and what was not issued is not counted', () =>
  withDatabase(async ({ db }) => {
    const { clock, dependencies: usual } = setUp(db);
    const accountId = await addAccount(db);
    const certificateTypes = usual.university.certificateTypes.map((type) => ({
      ...type,
      eligibility: ['within-limits' as const],
      conditions: { ...type.conditions, limits: { perDay: 3, perYear: 3 } },
    }));
    const dependencies = { ...usual, university: { ...usual.university, certificateTypes } };
    const field = copiesField(CURRENT, 'enrolment', 'ja');
    const draft = { destination: 'store', copies: { [field]: '2' }, typed: {} } as const;
    const place = async (key: string, rowsBySheet = async () => [0]) => {
      await saveDraft(db, accountId, { ...draft, key }, clock.now());
      const submission = { accountId, personId: PERSON, language: 'ja', idempotencyKey: key } as const;
      const preview = { ...dependencies.preview, rowsBySheet };
      return placeOrder({ ...dependencies, preview }, submission);
    };
    // While the first is looked at, another window changes the draft and places that.
    let second: ReturnType<typeof place> | undefined;
    const first = place('one', async () => {
      second ??= place('two');
      await second;
      return [0];
    });
    await assert.rejects(first, { code: 'wrong-state' });
    const placed = (await second) ?? assert.fail();
    assert.equal((await countOrderedCopies(db, PERSON, clock.now())).get('enrolment')?.today, 2);
    await db
      .updateTable('order_line')
      .set({ state: 'not_issued', state_reasons: ['declined'] })
      .where('order_id', '=', placed.id)
      .execute();
    assert.equal((await countOrderedCopies(db, PERSON, clock.now())).get('enrolment')?.today ?? 0, 0);
  }));

test('a recipient’s address that no relay takes is refused while it can still be mended', () =>
  withDatabase(async ({ db }) => {
    const { clock, dependencies } = setUp(db);
    const read = async (mail: string) => {
      const typed = { 'organisation.1': 'Firm', 'mail.1': mail, 'again.1': mail };
      const draft = { destination: 'digital', copies: {}, typed, key: 'one' } as const;
      const { delivery } = await assessForPage(dependencies, PERSON, draft, clock.now());
      return delivery;
    };
    for (const wrong of [
      'a<hr@firm.example>',
      'hr@firm.example,',
      'h r@firm.example',
      'hr@[192.0.2.1]',
      '"hr"@firm.example',
    ])
      assert.equal((await read(wrong))?.problems.get('mail.1'), 'mail', wrong);
    const right = (await read('ｈｒ@Firm.example'))?.delivery;
    assert.equal(right?.kind === 'digital' && right.recipients[0]?.mail, 'hr@firm.example');
  }));

test('a line of an order that cost nothing is not held for ever', () =>
  withDatabase(async ({ db }) => {
    const { clock, dependencies } = setUp(db);
    const order = { paidAt: null, namesDeadline: null, submittedAt: clock.now() };
    const deadline = confirmDeadline(dependencies, order);
    clock.advance({ hours: 24 * 5 });
    assert.ok(confirmDeadline(dependencies, order).equals(deadline));
  }));

test('1,000 random drafts cost what their copies say', async () => {
  const { clock, dependencies } = setUp(undefined as unknown as Database);
  const count = fc.integer({ min: 0, max: 10 });
  await fc.assert(
    fc.asyncProperty(count, count, count, async (a, b, c) => {
      const typed = {
        [copiesField(CURRENT, 'enrolment', 'en')]: String(a),
        [copiesField(CURRENT, 'transcript', 'ja')]: String(b),
        [copiesField(FINISHED, 'transcript', 'ja')]: String(c),
      };
      const draft = { destination: 'store', copies: typed, typed: {}, key: '' } as const;
      const { price, tooManySheets } = await assessForPage(dependencies, PERSON, draft, clock.now());
      assert.equal(price.total, 300 * (a + b) + 500 * c + (a + b + c === 0 ? 0 : 220));
      assert.equal(tooManySheets, a + 2 * b + 2 * c > 20);
    }),
    { numRuns: 1000 },
  );
});
