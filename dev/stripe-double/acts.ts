import type { Account, Charge, Dispute, Intent, Refund, Session } from './objects.ts';
import { konbiniAction, newId, seconds } from './objects.ts';

export type Emit = (type: string, object: unknown) => void;
export type StripeActs = ReturnType<typeof createStripeActs>;

const FEE_RATE = 0.036;
const DISPUTE_FEE = 1500;
const DISPUTE_DAYS = 7;

/** What payers, stores, banks and Stripe itself do to the objects, with the events Stripe sends for it. */
export const createStripeActs = (account: Account, emit: Emit) => {
  const intentOf = (session: Session): Intent => {
    const known = session.payment_intent === null ? undefined : account.intents.get(session.payment_intent);
    if (known !== undefined) return known;
    const intent: Intent = {
      id: newId('pi'),
      object: 'payment_intent',
      status: 'requires_payment_method',
      amount: session.amount_total,
      amount_received: 0,
      currency: session.currency,
      created: seconds(),
      latest_charge: null,
      livemode: false,
      metadata: account.intentMetadata.get(session.id) ?? {},
      next_action: null,
      payment_method_types: session.payment_method_types,
    };
    account.intents.set(intent.id, intent);
    session.payment_intent = intent.id;
    emit('payment_intent.created', intent);
    return intent;
  };
  const addCharge = (intent: Intent, type: string): Charge => {
    const { amount, currency, metadata } = intent;
    const charge: Charge = {
      id: newId('ch'),
      object: 'charge',
      status: 'succeeded',
      amount,
      amount_refunded: 0,
      currency,
      created: seconds(),
      metadata,
      paid: true,
      payment_intent: intent.id,
      payment_method_details: { type },
      refunded: false,
    };
    account.charges.set(charge.id, charge);
    const fee = Math.floor(amount * FEE_RATE);
    const id = newId('txn');
    account.transactions.set(id, {
      id,
      object: 'balance_transaction',
      type: type === 'card' ? 'charge' : 'payment',
      amount,
      fee,
      net: amount - fee,
      currency,
      created: seconds(),
      source: charge.id,
      payout: null,
    });
    return charge;
  };
  const receive = (session: Session, intent: Intent, type: string): void => {
    const charge = addCharge(intent, type);
    Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, next_action: null });
    intent.latest_charge = charge.id;
    const wasComplete = session.status === 'complete';
    Object.assign(session, { status: 'complete', payment_status: 'paid', url: null });
    emit('charge.succeeded', charge);
    emit('payment_intent.succeeded', intent);
    emit(wasComplete ? 'checkout.session.async_payment_succeeded' : 'checkout.session.completed', session);
  };
  const isKonbini = (session: Session): boolean => session.payment_method_types.includes('konbini');
  const settleRefund = (refund: Refund): void => {
    const charge = account.charges.get(refund.charge);
    if (charge === undefined) return;
    refund.status = 'succeeded';
    charge.amount_refunded += refund.amount;
    charge.refunded = charge.amount_refunded >= charge.amount;
    const id = newId('txn');
    const { amount, currency } = refund;
    const line = {
      id,
      object: 'balance_transaction' as const,
      type: 'refund' as const,
      amount: -amount,
      fee: 0,
    };
    const rest = { net: -amount, currency, created: seconds(), source: refund.id, payout: null };
    account.transactions.set(id, { ...line, ...rest });
    emit('charge.refunded', charge);
  };
  const adjust = (dispute: Dispute, amount: number, fee: number): void => {
    const id = newId('txn');
    account.transactions.set(id, {
      id,
      object: 'balance_transaction',
      type: 'adjustment',
      amount,
      fee,
      net: amount - fee,
      currency: dispute.currency,
      created: seconds(),
      source: dispute.id,
      payout: null,
    });
  };
  return {
    /** The payer's bank takes the money back; Stripe withdraws it at once. */
    dispute: (session: Session): void => {
      const intent = intentOf(session);
      const charge = account.charges.get(intent.latest_charge ?? '');
      if (charge === undefined) return;
      const dispute: Dispute = {
        id: newId('du'),
        object: 'dispute',
        status: 'needs_response',
        amount: charge.amount,
        charge: charge.id,
        created: seconds(),
        currency: charge.currency,
        evidence_details: { due_by: seconds() + DISPUTE_DAYS * 86_400 },
        metadata: {},
        payment_intent: intent.id,
      };
      account.disputes.set(dispute.id, dispute);
      adjust(dispute, -dispute.amount, DISPUTE_FEE);
      emit('charge.dispute.created', dispute);
      emit('charge.dispute.funds_withdrawn', dispute);
    },
    decideDispute: (session: Session, status: 'won' | 'lost'): void => {
      for (const dispute of account.disputes.values()) {
        if (dispute.payment_intent !== session.payment_intent || dispute.status !== 'needs_response')
          continue;
        Object.assign(dispute, { status, evidence_details: { due_by: null } });
        if (status === 'won') {
          adjust(dispute, dispute.amount, 0);
          emit('charge.dispute.funds_reinstated', dispute);
        }
        emit('charge.dispute.closed', dispute);
      }
    },
    succeed: (session: Session): void => {
      if (session.status === 'open' && !isKonbini(session)) receive(session, intentOf(session), 'card');
      const intent = intentOf(session);
      if (isKonbini(session) && intent.status === 'requires_action') receive(session, intent, 'konbini');
    },
    /** Money that came although the session had ended. */
    succeedLate: (session: Session): void => {
      const intent = intentOf(session);
      if (intent.status !== 'succeeded') receive(session, intent, isKonbini(session) ? 'konbini' : 'card');
    },
    decline: (session: Session): void => emit('payment_intent.payment_failed', intentOf(session)),
    /** The person chose konbini: the session is complete, and nobody has paid. */
    issueSlips: (session: Session): void => {
      if (session.status !== 'open') return;
      const intent = intentOf(session);
      intent.status = 'requires_action';
      intent.next_action = konbiniAction(account.konbiniDays.get(session.id) ?? 3);
      Object.assign(session, { status: 'complete', url: null });
      emit('payment_intent.requires_action', intent);
      emit('checkout.session.completed', session);
    },
    expireSession: (session: Session): void => {
      Object.assign(session, { status: 'expired', url: null });
      emit('checkout.session.expired', session);
    },
    expire: (session: Session): void => {
      if (session.status === 'open') {
        Object.assign(session, { status: 'expired', url: null });
        emit('checkout.session.expired', session);
        return;
      }
      const intent = intentOf(session);
      if (intent.status !== 'requires_action') return;
      Object.assign(intent, { status: 'requires_payment_method', next_action: null });
      emit('payment_intent.payment_failed', intent);
      emit('checkout.session.async_payment_failed', session);
    },
    cancelIntent: (intent: Intent): void => {
      Object.assign(intent, { status: 'canceled', next_action: null });
      emit('payment_intent.canceled', intent);
    },
    addRefund: (refund: Refund, end: Refund['status']): void => {
      account.refunds.set(refund.id, refund);
      if (end === 'succeeded') settleRefund(refund);
      else refund.status = end;
      emit('refund.created', refund);
    },
    endRefunds: (session: Session, end: 'succeeded' | 'failed'): void => {
      for (const refund of account.refunds.values()) {
        if (refund.payment_intent !== session.payment_intent || refund.status !== 'pending') continue;
        if (end === 'succeeded') settleRefund(refund);
        refund.status = end;
        emit(end === 'failed' ? 'refund.failed' : 'refund.updated', refund);
      }
    },
    closeDay: (): void => {
      const open = [...account.transactions.values()].filter(({ payout }) => payout === null);
      if (open.length === 0) return;
      const amount = open.reduce((sum, { net }) => sum + net, 0);
      const payout = { id: newId('po'), object: 'payout', status: 'paid', amount, currency: 'jpy' } as const;
      const whole = { ...payout, created: seconds(), arrival_date: seconds() };
      account.payouts.set(payout.id, whole);
      for (const line of open) line.payout = payout.id;
      const id = newId('txn');
      const line = {
        id,
        object: 'balance_transaction' as const,
        type: 'payout' as const,
        amount: -amount,
        fee: 0,
      };
      const rest = {
        net: -amount,
        currency: 'jpy',
        created: seconds(),
        source: payout.id,
        payout: payout.id,
      };
      account.transactions.set(id, { ...line, ...rest });
      emit('payout.paid', whole);
    },
  };
};
