import type { Checkout, CheckoutStore } from './checkout-store.ts';
import { currentCheckout, isPayableState, newSlips, refundsOf } from './checkout-store.ts';
import type { Webhooks } from './webhooks.ts';

export type Acts = ReturnType<typeof createActs>;

/** What payers, stores and wallets do to a checkout; each act looks at the state first and can be repeated. */
export const createActs = (store: CheckoutStore, webhooks: Webhooks) => {
  const move = (checkout: Checkout, state: Checkout['state'], type: string): void => {
    checkout.state = state;
    if (state === 'succeeded') checkout.paidAt = new Date(store.now()).toISOString();
    webhooks.emit(type, checkout.id);
  };
  return {
    succeed: (checkout: Checkout): void => {
      if (isPayableState(checkout.state)) move(checkout, 'succeeded', 'checkout.succeeded');
    },
    /** Cash that the store took in, although the number had run out or was withdrawn. */
    succeedLate: (checkout: Checkout): void => {
      if (checkout.state !== 'succeeded') move(checkout, 'succeeded', 'checkout.succeeded');
    },
    decline: (checkout: Checkout): void => webhooks.emit('checkout.declined', checkout.id),
    authorise: (checkout: Checkout): void => {
      if (checkout.state === 'open') move(checkout, 'authorised', 'checkout.authorised');
    },
    issueSlips: (checkout: Checkout): void => {
      if (checkout.state !== 'open') return;
      checkout.slips = newSlips();
      move(checkout, 'awaiting_cash', 'checkout.slips-issued');
    },
    cancel: (checkout: Checkout): void => {
      if (isPayableState(checkout.state)) move(checkout, 'cancelled', 'checkout.cancelled');
    },
    expire: (checkout: Checkout): void => {
      checkout.expiresAt = new Date(0).toISOString();
      if (currentCheckout(store, checkout.id)?.state === 'expired')
        webhooks.emit('checkout.expired', checkout.id);
    },
    /** Refunds that were pending end as told. */
    endRefunds: (checkout: Checkout, state: 'succeeded' | 'failed'): void => {
      for (const refund of refundsOf(store, checkout.id))
        if (refund.state === 'pending') refund.state = state;
      webhooks.emit(`refund.${state}`, checkout.id);
    },
  };
};
