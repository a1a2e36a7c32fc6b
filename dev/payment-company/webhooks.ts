import { startDelivery } from '../shared/webhook-delivery.ts';
import type { Chaos } from './chaos.ts';
import type { CheckoutStore } from './checkout-store.ts';
import { newId } from './checkout-store.ts';

export type Webhooks = { emit: (type: string, checkoutId: string) => void; close: () => Promise<void> };

type Options = {
  readonly store: CheckoutStore;
  readonly url: string;
  readonly secret: string;
  readonly chaos: Chaos;
};

export const startWebhooks = ({ store, url, secret, chaos }: Options): Webhooks => {
  const { undelivered, checkouts } = store.state;
  const delivery = startDelivery({
    undelivered,
    bodyOf: ({ id: event, type, checkoutId }) => {
      const { id = '', reference = '' } = checkouts[checkoutId] ?? {};
      return JSON.stringify({ id: event, type, checkout: { id, reference } });
    },
    header: 'Payment-Signature',
    url,
    secret,
    chaos,
    save: store.save,
  });
  return {
    emit: (type, checkoutId) => delivery.emit({ id: newId('evt'), type, checkoutId }),
    close: delivery.close,
  };
};
