import { AkashiError } from '../error.ts';

const UNPAID_STATES = ['awaiting_names', 'awaiting_payment', 'expired', 'paid_late', 'cancelled'] as const;

const PAID = [
  'paid',
  'preparing',
  'held',
  'ready',
  'printing',
  'partly_printed',
  'outcome_unknown',
  'printed',
  'printed_unconfirmed',
  'lapsed',
  'to_print',
  'to_ship',
  'shipped',
  'delivered',
  'ready_for_pickup',
  'handed_over',
  'to_send',
  'sent',
  'opened',
  'downloaded',
  'link_expired',
  'recalled',
] as const;

const RETURNING_STATES = ['refund_ready', 'refund_submitted', 'refunded'] as const;

/** Every state a submitted order can be in. A draft is not yet an order. */
export const ORDER_STATES = [...UNPAID_STATES, ...PAID, ...RETURNING_STATES] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** States in which the order is paid for and its money not on the way back. */
export const PAID_STATES: readonly OrderState[] = PAID;

/**
 * The one table of what an order may do: from a state, by an event, to the next. What is not in it cannot happen.
 * `submit` makes the order, so its edge begins nowhere; `give-up` ends one for which nothing was paid.
 */
export const ORDER_EDGES = [
  { from: null, event: 'submit', to: 'awaiting_payment' },
  { from: null, event: 'submit-free', to: 'paid' },
  // A name that no font prints waits for a person, before anything is paid.
  { from: null, event: 'submit-unprintable', to: 'awaiting_names' },
  { from: 'awaiting_names', event: 'settle-names', to: 'awaiting_payment' },
  { from: 'awaiting_names', event: 'settle-names-free', to: 'paid' },
  { from: 'awaiting_names', event: 'refuse-names', to: 'cancelled' },
  { from: 'awaiting_names', event: 'cancel', to: 'cancelled' },
  { from: 'awaiting_payment', event: 'settle', to: 'paid' },
  { from: 'awaiting_payment', event: 'expire', to: 'expired' },
  { from: 'awaiting_payment', event: 'cancel', to: 'cancelled' },
  { from: 'expired', event: 'settle-late', to: 'paid_late' },
  { from: 'cancelled', event: 'settle-late', to: 'paid_late' },
  { from: 'paid_late', event: 'accept-late', to: 'paid' },
  { from: 'paid_late', event: 'return-money', to: 'refund_ready' },
  { from: 'paid', event: 'prepare', to: 'preparing' },
  { from: 'paid', event: 'return-money', to: 'refund_ready' },
  { from: 'paid', event: 'give-up', to: 'cancelled' },
  { from: 'preparing', event: 'make-ready', to: 'ready' },
  { from: 'preparing', event: 'hold', to: 'held' },
  { from: 'preparing', event: 'return-money', to: 'refund_ready' },
  { from: 'preparing', event: 'give-up', to: 'cancelled' },
  { from: 'held', event: 'prepare', to: 'preparing' },
  { from: 'held', event: 'return-money', to: 'refund_ready' },
  { from: 'held', event: 'give-up', to: 'cancelled' },
  { from: 'ready', event: 'begin-printing', to: 'printing' },
  { from: 'ready', event: 'lapse', to: 'lapsed' },
  { from: 'ready', event: 'cancel', to: 'refund_ready' },
  { from: 'ready', event: 'give-up', to: 'cancelled' },
  { from: 'printing', event: 'stop-printing', to: 'ready' },
  { from: 'printing', event: 'print-part', to: 'partly_printed' },
  { from: 'printing', event: 'print-all', to: 'printed' },
  { from: 'printing', event: 'lose-outcome', to: 'outcome_unknown' },
  { from: 'partly_printed', event: 'begin-printing', to: 'printing' },
  { from: 'partly_printed', event: 'print-all', to: 'printed' },
  { from: 'partly_printed', event: 'lapse', to: 'lapsed' },
  { from: 'outcome_unknown', event: 'begin-printing', to: 'printing' },
  { from: 'outcome_unknown', event: 'print-part', to: 'partly_printed' },
  { from: 'outcome_unknown', event: 'print-all', to: 'printed' },
  { from: 'outcome_unknown', event: 'leave-unconfirmed', to: 'printed_unconfirmed' },
  { from: 'outcome_unknown', event: 'stop-printing', to: 'ready' },
  { from: 'printed_unconfirmed', event: 'print-part', to: 'partly_printed' },
  { from: 'printed_unconfirmed', event: 'print-all', to: 'printed' },
  { from: 'printed_unconfirmed', event: 'stop-printing', to: 'lapsed' },
  // What may be on paper cannot be cancelled: from here on no edge leads back to `ready`.
  { from: 'printed_unconfirmed', event: 'reprint', to: 'outcome_unknown' },
  { from: 'printed', event: 'replace-bad-print', to: 'partly_printed' },
  { from: 'partly_printed', event: 'replace-bad-print', to: 'partly_printed' },
  { from: 'lapsed', event: 'extend', to: 'ready' },
  { from: 'lapsed', event: 'extend-rest', to: 'partly_printed' },
  // Post and counter: the office prints, then packs or lays ready.
  { from: 'preparing', event: 'queue-for-office', to: 'to_print' },
  { from: 'to_print', event: 'cancel', to: 'refund_ready' },
  { from: 'to_print', event: 'give-up', to: 'cancelled' },
  { from: 'to_print', event: 'pack', to: 'to_ship' },
  { from: 'to_ship', event: 'ship', to: 'shipped' },
  { from: 'shipped', event: 'deliver', to: 'delivered' },
  { from: 'to_print', event: 'lay-ready', to: 'ready_for_pickup' },
  { from: 'ready_for_pickup', event: 'hand-over', to: 'handed_over' },
  // Online: what is sent is opened, then downloaded, unless it is called back or left lying.
  { from: 'preparing', event: 'queue-for-sending', to: 'to_send' },
  { from: 'to_send', event: 'cancel', to: 'refund_ready' },
  { from: 'to_send', event: 'give-up', to: 'cancelled' },
  { from: 'to_send', event: 'send', to: 'sent' },
  { from: 'sent', event: 'open', to: 'opened' },
  { from: 'sent', event: 'recall', to: 'recalled' },
  { from: 'sent', event: 'expire-link', to: 'link_expired' },
  { from: 'opened', event: 'download', to: 'downloaded' },
  { from: 'opened', event: 'expire-link', to: 'link_expired' },
  { from: 'recalled', event: 'send', to: 'sent' },
  { from: 'recalled', event: 'cancel', to: 'refund_ready' },
  { from: 'recalled', event: 'give-up', to: 'cancelled' },
  // One of several recipients was called back, and is sent to again after the others are through.
  { from: 'link_expired', event: 'send', to: 'sent' },
  { from: 'link_expired', event: 'send-again', to: 'opened' },
  { from: 'downloaded', event: 'send-again', to: 'opened' },
  { from: 'refund_ready', event: 'submit-refund', to: 'refund_submitted' },
  { from: 'refund_submitted', event: 'confirm-refund', to: 'refunded' },
  { from: 'refund_submitted', event: 'fail-refund', to: 'refund_ready' },
  { from: 'refund_ready', event: 'record-refund', to: 'refunded' },
  // Money that goes back in parts, one by the company and one by hand: the last of them ends it.
  { from: 'refund_ready', event: 'confirm-refund', to: 'refunded' },
  { from: 'refund_submitted', event: 'record-refund', to: 'refunded' },
] as const satisfies readonly { from: OrderState | null; event: string; to: OrderState }[];

export type OrderEvent = (typeof ORDER_EDGES)[number]['event'];

/** The state after `event`; throws `wrong-state` where the table has no such edge. `null` is "no order yet". */
export const nextOrderState = (state: OrderState | null, event: OrderEvent): OrderState => {
  const edge = ORDER_EDGES.find((candidate) => candidate.from === state && candidate.event === event);
  if (edge === undefined) throw new AkashiError('wrong-state', { state, event });
  return edge.to;
};

/** Whether the table allows `event` now. */
export const mayOrder = (state: OrderState, event: OrderEvent): boolean =>
  ORDER_EDGES.some((edge) => edge.from === state && edge.event === event);
