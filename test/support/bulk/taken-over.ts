import { GROWN } from './grown-tables.ts';
import { TAKEN_OVER_EACH } from './journeys.ts';
import type { Grown } from './multiply.ts';

/** Twenty sheets are one line of one order, which has cost nothing here; the first of them brings both. */
const TOGETHER: Pick<Grown, 'only'> = { only: `b.n % ${TAKEN_OVER_EACH} = 1` };
const NOTHING = { issuance_fee_yen: '0', system_fee_yen: '0', total_yen: '0' };

const KEPT: Readonly<Record<string, Partial<Grown>>> = {
  certificate_order: { own: { ...NOTHING, sheets: `${TAKEN_OVER_EACH}` }, ...TOGETHER },
  order_line: { own: { copies: `${TAKEN_OVER_EACH}`, fee_each_yen: '0' }, ...TOGETHER },
  issued_certificate: { own: { copy: `(b.n - 1) % ${TAKEN_OVER_EACH} + 1` } },
  certificate_seal: {},
  typed_record: {},
  log_leaf: {},
};

/**
 * What a university brings with it of a certificate that another service issued: what the issuance register and those who
 * verify need. Nobody ordered, paid for or printed it here.
 */
export const TAKEN_OVER: readonly Grown[] = GROWN.flatMap((grown) => {
  const kept = KEPT[grown.table];
  return kept === undefined ? [] : [{ ...grown, ...kept, own: { ...grown.own, ...kept.own } }];
});
