import { createHmac, randomUUID } from 'node:crypto';
import { AkashiError } from '#domain/error.ts';
import type {
  Checkout,
  CompanyRefund,
  PaymentProvider,
  Settlement,
  SettlementItem,
} from '#features/payment/providers/provider.ts';

type Held = Omit<Checkout, 'refunds'> & { readonly method: string };
/** What befalls the next call: nothing, the answer is lost after the deed, or the request before it. */
export type Fault = 'none' | 'lost-answer' | 'lost-request';

/** A company without a wire, for the many histories of a property: its whole truth can be looked into. */
export type MemoryCompany = {
  readonly provider: PaymentProvider;
  readonly checkouts: Map<string, Held>;
  readonly refunds: CompanyRefund[];
  readonly settlements: Settlement[];
  fault: Fault;
  nextRefund: CompanyRefund['state'];
  pay: (checkoutId: string, paidAt: Temporal.Instant) => void;
  give: (checkoutId: string) => void;
  endRefunds: (state: 'succeeded' | 'failed') => void;
  closeDay: (at: Temporal.Instant) => void;
  /** A signed message about a checkout; the same number gives the same event. */
  message: (event: string, checkoutId: string) => { readonly body: string; readonly signature: string };
};

const SECRET = 'memory';
const sign = (body: string): string => createHmac('sha256', SECRET).update(body).digest('hex');

export const createMemoryCompany = (): MemoryCompany => {
  const checkouts = new Map<string, Held>();
  const byKey = new Map<string, string>();
  const refundOf = new Map<string, { checkoutId: string; refund: CompanyRefund }>();
  const refunds: CompanyRefund[] = [];
  const settlements: Settlement[] = [];
  const settled = new Set<string>();
  const find = (id: string): Held => {
    const one = checkouts.get(id);
    if (one === undefined) throw new AkashiError('wrong-state', { reason: 'no such checkout' });
    return one;
  };
  const shown = (id: string): Checkout => ({
    ...find(id),
    refunds: [...refundOf.values()].filter(({ checkoutId }) => checkoutId === id).map(({ refund }) => refund),
  });
  const call = async <Result>(deed: () => Result): Promise<Result> => {
    const fault = company.fault;
    company.fault = 'none';
    if (fault === 'lost-request') throw new AkashiError('unavailable');
    const result = deed();
    if (fault === 'lost-answer') throw new AkashiError('unavailable');
    return result;
  };
  const set = (id: string, change: Partial<Held>): void => void checkouts.set(id, { ...find(id), ...change });
  const replaceRefund = (id: string, state: CompanyRefund['state']): void => {
    const held = refundOf.get(id);
    if (held === undefined) return;
    const refund = { ...held.refund, state };
    refundOf.set(id, { ...held, refund });
    refunds.splice(
      refunds.findIndex((one) => one.id === id),
      1,
      refund,
    );
  };

  const provider: PaymentProvider = {
    // Of its own in each history: what one has paid out says nothing of where another begins to look.
    name: `memory-${randomUUID()}`,
    capabilities: () => ({
      methods: ['card', 'storeCash', 'qrWallet'],
      refundable: ['card', 'qrWallet'],
      cashChains: [],
    }),
    create: ({ idempotencyKey, reference, method, amount }) =>
      call(() => {
        const id = byKey.get(idempotencyKey) ?? `chk_${randomUUID()}`;
        byKey.set(idempotencyKey, id);
        const common = { id, reference, method, amount, currency: 'JPY', url: 'http://127.0.0.1:1/' };
        if (!checkouts.has(id)) checkouts.set(id, { ...common, state: 'open', paidAt: null, slips: [] });
        return shown(id);
      }),
    get: (id) => call(() => shown(id)),
    cancel: (id) =>
      call(() => {
        if (find(id).state === 'open') set(id, { state: 'closed' });
        return shown(id);
      }),
    refund: ({ idempotencyKey, checkoutId, reference, amount }) =>
      call(() => {
        const known = [...refundOf.values()].find(({ refund }) => refund.id === `ref_${idempotencyKey}`);
        if (known !== undefined) return known.refund;
        const left = shown(checkoutId)
          .refunds.filter(({ state }) => state !== 'failed')
          .reduce((sum, refund) => sum - refund.amount, find(checkoutId).amount);
        if (find(checkoutId).state !== 'paid' || amount > left) {
          throw new AkashiError('wrong-state', { reason: 'too much' });
        }
        const refund = { id: `ref_${idempotencyKey}`, reference, amount, state: company.nextRefund };
        company.nextRefund = 'succeeded';
        refundOf.set(refund.id, { checkoutId, refund });
        refunds.push(refund);
        return refund;
      }),
    verifyWebhook: async (body, header) => {
      if (header('signature') !== sign(body)) return null;
      const { event, checkoutId, reference } = JSON.parse(body) as Record<string, string>;
      return { eventId: event ?? '', checkoutId: checkoutId ?? null, reference: reference ?? null };
    },
    settlements: (since) =>
      call(() => settlements.filter(({ paidOutAt }) => Temporal.Instant.compare(paidOutAt, since) >= 0)),
  };
  const company: MemoryCompany = {
    provider,
    checkouts,
    refunds,
    settlements,
    fault: 'none',
    nextRefund: 'succeeded',
    pay: (id, paidAt) => {
      if (find(id).state !== 'paid') set(id, { state: 'paid', paidAt });
    },
    give: (id) => {
      if (find(id).state === 'open')
        set(id, { slips: [{ chain: 'a', number: '123456', confirmation: null }] });
    },
    endRefunds: (state) => {
      for (const { id, state: now } of [...refunds]) if (now === 'pending') replaceRefund(id, state);
    },
    closeDay: (paidOutAt) => {
      const paid = [...checkouts.values()].filter(({ id, state }) => state === 'paid' && !settled.has(id));
      const back = refunds.filter(({ id, state }) => state === 'succeeded' && !settled.has(id));
      const items: SettlementItem[] = [
        ...paid.map(({ id, reference, amount }) => ({
          id,
          kind: 'payment' as const,
          reference,
          amount,
          fee: 20,
        })),
        ...back.map(({ id, amount }) => {
          const reference = find(refundOf.get(id)?.checkoutId ?? '').reference;
          return { id, kind: 'refund' as const, reference, amount, fee: 0 };
        }),
      ];
      if (items.length === 0) return;
      for (const { id } of items) settled.add(id);
      const amount = items.reduce(
        (sum, { kind, amount: yen, fee }) => sum + (kind === 'payment' ? yen : -yen) - fee,
        0,
      );
      settlements.push({ id: `set_${randomUUID()}`, paidOutAt, amount, items });
    },
    message: (event, checkoutId) => {
      const { reference } = find(checkoutId);
      const body = JSON.stringify({ event, checkoutId, reference });
      return { body, signature: sign(body) };
    },
  };
  return company;
};
