import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Company } from '#test/support/payment-companies.ts';
import { COMPANIES, startCompany } from '#test/support/payment-companies.ts';
import { CHECKOUTS } from '#test/support/payment-conformance/checkouts.ts';
import { FAILURES } from '#test/support/payment-conformance/failures.ts';
import { PAYERS } from '#test/support/payment-conformance/payers.ts';
import { REFUNDS } from '#test/support/payment-conformance/refunds.ts';
import { SETTLEMENTS } from '#test/support/payment-conformance/settlements.ts';
import { WEBHOOKS } from '#test/support/payment-conformance/webhooks.ts';

const CASES = [...CHECKOUTS, ...PAYERS, ...REFUNDS, ...WEBHOOKS, ...SETTLEMENTS, ...FAILURES];
const MISBEHAVE = {
  duplicate: 0.3,
  reorder: 0.3,
  delayMs: 5,
  forge: 0.3,
  serverErrorAfterSuccess: 0.3,
  dropResponse: 0.2,
};

test('there are at least 60 cases, each with its own name', () => {
  assert.ok(CASES.length >= 60);
  assert.equal(new Set(CASES.map(([name]) => name)).size, CASES.length);
});

for (const name of COMPANIES) {
  describe(name, () => {
    let company: Company;
    let chaotic: Company;
    before(async () => {
      [company, chaotic] = await Promise.all([startCompany(name), startCompany(name, MISBEHAVE)]);
    });
    after(async () => {
      await company.close();
      await chaotic.close();
    });
    for (const [what, run] of CASES) test(what, () => run(company, chaotic));
  });
}
