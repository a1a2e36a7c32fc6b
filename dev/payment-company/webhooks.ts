import { createHmac } from 'node:crypto';
import type { Chaos } from './chaos.ts';
import { happens } from './chaos.ts';
import type { CheckoutStore, CompanyEvent } from './checkout-store.ts';
import { newId } from './checkout-store.ts';

export type Webhooks = { emit: (type: string, checkoutId: string) => void; close: () => Promise<void> };

type Options = {
  readonly store: CheckoutStore;
  readonly url: string;
  readonly secret: string;
  readonly chaos: Chaos;
};

const LONGEST_PAUSE_MS = 60_000;
const FIRST_PAUSE_MS = 250;

/** `t=<seconds>,v1=<HMAC-SHA256 of "seconds.body" in hexadecimal>`. */
export const signWebhook = (secret: string, body: string, seconds = Math.floor(Date.now() / 1000)): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** Sends every event until it is answered with 2xx, with growing pauses; goes on with the rest after a restart. */
export const startWebhooks = ({ store, url, secret, chaos }: Options): Webhooks => {
  const stop = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<unknown>>();

  const post = async (event: CompanyEvent, key: string): Promise<boolean> => {
    const { id = '', reference = '' } = store.state.checkouts[event.checkoutId] ?? {};
    const body = JSON.stringify({ id: event.id, type: event.type, checkout: { id, reference } });
    const headers = { 'Content-Type': 'application/json', 'Payment-Signature': signWebhook(key, body) };
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(5000)]);
    const answer = await fetch(url, { method: 'POST', headers, body, signal }).catch(() => null);
    await answer?.body?.cancel();
    return answer?.ok ?? false;
  };
  const later = (ms: number, work: () => Promise<unknown>): void => {
    if (stop.signal.aborted) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      const run = work().finally(() => running.delete(run));
      running.add(run);
    }, ms);
    timers.add(timer);
  };
  const deliver = async (event: CompanyEvent, attempt: number): Promise<void> => {
    if (happens(chaos, 'forge')) await post({ ...event, id: newId('evt') }, 'not the secret');
    if (await post(event, secret)) {
      if (happens(chaos, 'duplicate')) await post(event, secret);
      store.state.undelivered = store.state.undelivered.filter((other) => other.id !== event.id);
      store.save();
    } else {
      later(Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS), () => deliver(event, attempt + 1));
    }
  };
  const pause = (): number => (chaos.delayMs ?? 0) + (happens(chaos, 'reorder') ? 300 : 0);
  for (const event of store.state.undelivered) later(pause(), () => deliver(event, 0));
  return {
    emit: (type, checkoutId) => {
      const event = { id: newId('evt'), type, checkoutId };
      store.state.undelivered.push(event);
      store.save();
      later(pause(), () => deliver(event, 0));
    },
    close: async () => {
      stop.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
};
