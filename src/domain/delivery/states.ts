import { AkashiError } from '../error.ts';
import type { OrderEvent, OrderState } from '../order/states.ts';
import { ORDER_EDGES } from '../order/states.ts';

export const DELIVERY_STATES = ['sent', 'opened', 'downloaded', 'expired', 'recalled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * What one sending to one recipient may do. Calling back ends with the first opening: what somebody has seen cannot be
 * unseen. Its link may be replaced (`resend`) as long as it has not lapsed.
 */
export const DELIVERY_EDGES = [
  { from: 'sent', event: 'open', to: 'opened' },
  { from: 'sent', event: 'recall', to: 'recalled' },
  { from: 'sent', event: 'lapse', to: 'expired' },
  { from: 'sent', event: 'resend', to: 'sent' },
  { from: 'opened', event: 'download', to: 'downloaded' },
  { from: 'opened', event: 'lapse', to: 'expired' },
  { from: 'opened', event: 'resend', to: 'opened' },
  { from: 'downloaded', event: 'resend', to: 'downloaded' },
  { from: 'recalled', event: 'resend', to: 'sent' },
] as const satisfies readonly { from: DeliveryState; event: string; to: DeliveryState }[];

export type DeliveryEvent = (typeof DELIVERY_EDGES)[number]['event'];

/** Whether a sending allows `event` now. */
export const mayDeliver = (state: DeliveryState, event: DeliveryEvent): boolean =>
  DELIVERY_EDGES.some((edge) => edge.from === state && edge.event === event);

/** The state after `event`; throws `wrong-state` where the table has no such edge. */
export const nextDeliveryState = (state: DeliveryState, event: DeliveryEvent): DeliveryState => {
  const edge = DELIVERY_EDGES.find((candidate) => candidate.from === state && candidate.event === event);
  if (edge === undefined) throw new AkashiError('wrong-state', { state, event });
  return edge.to;
};

export type DeliveryProgress = { readonly state: DeliveryState; readonly wasOpened: boolean };

/** What an order is, by all its sendings: those called back do not count unless there are no others. */
export const orderStateOf = (deliveries: readonly DeliveryProgress[]): OrderState => {
  const live = deliveries.filter(({ state }) => state !== 'recalled');
  if (live.length === 0) return 'recalled';
  if (live.every(({ state }) => state === 'downloaded')) return 'downloaded';
  if (!live.some(({ state }) => state === 'sent' || state === 'opened')) return 'link_expired';
  return live.some(({ wasOpened }) => wasOpened) ? 'opened' : 'sent';
};

const OWN: readonly OrderEvent[] = ['open', 'download', 'recall', 'expire-link', 'send', 'send-again'];

/** The event of the order's table that leads from one state to another; throws `wrong-state` where none does. */
export const orderEventBetween = (from: OrderState, to: OrderState): OrderEvent => {
  const edge = ORDER_EDGES.find((one) => one.from === from && one.to === to && OWN.includes(one.event));
  if (edge === undefined) throw new AkashiError('wrong-state', { from, to });
  return edge.event;
};
