import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sumYen, yen } from '../money.ts';
import { feeClassOf } from './fee-class.ts';
import type { Fees } from './fees.ts';
import type { OrderLineToPrice } from './price-order.ts';
import { priceOrder } from './price-order.ts';

const fees: Fees = {
  systemFee: yen(220),
  printChargePerSheet: yen(60),
  taxClasses: { issuanceFee: 'untaxed', systemFee: 'standard-10', postage: 'standard-10' },
};
const transcript = { current: yen(300), graduate: yen(500) };

const line: fc.Arbitrary<OrderLineToPrice> = fc.record({
  fee: fc.record({ current: fc.nat(2000).map(yen), graduate: fc.nat(2000).map(yen) }),
  feeClass: fc.constantFrom('current', 'graduate'),
  copies: fc.integer({ min: 1, max: 20 }),
  sheets: fc.integer({ min: 1, max: 8 }),
});
const lines = fc.array(line, { maxLength: 8 });

test("a master's student pays the graduate's fee for the bachelor's certificate", () => {
  assert.equal(feeClassOf({ status: 'enrolled' }), 'current');
  assert.equal(feeClassOf({ status: 'graduated' }), 'graduate');
  const price = priceOrder(fees, {
    destination: 'store',
    lines: [
      { fee: transcript, feeClass: 'current', copies: 2, sheets: 1 },
      { fee: transcript, feeClass: 'graduate', copies: 1, sheets: 2 },
    ],
  });
  assert.equal(price.issuanceFee, 1100);
  assert.equal(price.total, 1320);
  assert.equal(price.sheets, 4);
  assert.equal(price.printCharge, 240);
  assert.deepEqual(price.taxes, [
    { taxClass: 'untaxed', amount: 1100 },
    { taxClass: 'standard-10', amount: 220 },
  ]);
});

test('the system fee is taken once an order, and never of a free one', () => {
  fc.assert(
    fc.property(lines, fc.nat(3000).map(yen), (list, postage) => {
      const price = priceOrder(fees, { destination: 'post', lines: list, postage });
      const free = price.issuanceFee + price.postage === 0;
      assert.equal(price.systemFee, free ? 0 : 220);
      assert.equal(price.total === 0, free);
    }),
  );
});

test('total, lines and tax subtotals agree', () => {
  fc.assert(
    fc.property(lines, (list) => {
      const price = priceOrder(fees, { destination: 'store', lines: list });
      assert.equal(sumYen(price.lines.map((priced) => priced.issuanceFee)), price.issuanceFee);
      assert.equal(sumYen(price.taxes.map((tax) => tax.amount)), price.total);
      assert.equal(price.printCharge, price.sheets * 60);
    }),
  );
});

test('one more copy costs one more fee and as many more sheets', () => {
  fc.assert(
    fc.property(line, (one) => {
      const price = (copies: number) =>
        priceOrder(fees, { destination: 'store', lines: [{ ...one, copies }] });
      const more = price(one.copies + 1);
      const before = price(one.copies);
      assert.equal(more.issuanceFee - before.issuanceFee, one.fee[one.feeClass]);
      assert.equal(more.sheets - before.sheets, one.sheets);
    }),
  );
});

test('only the store has a print charge, and half a copy is refused', () => {
  const one = { fee: transcript, feeClass: 'current', copies: 1, sheets: 1 } as const;
  assert.equal(priceOrder(fees, { destination: 'campus', lines: [one] }).printCharge, null);
  assert.throws(
    () => priceOrder(fees, { destination: 'store', lines: [{ ...one, copies: 0.5 }] }),
    RangeError,
  );
});
