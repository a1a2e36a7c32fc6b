import { createHmac, randomBytes } from 'node:crypto';

/** How a payment company misbehaves; every number but `delayMs` is a probability from 0 to 1. */
export type DeliveryChaos = {
  readonly duplicate?: number;
  readonly reorder?: number;
  readonly delayMs?: number;
  /** Sends, beside the real one, a webhook signed with a wrong secret. */
  readonly forge?: number;
  readonly random?: () => number;
};

type Options<Event extends { readonly id: string }> = {
  /** Events that nobody has answered with 2xx yet; delivered ones are taken out. */
  readonly undelivered: Event[];
  readonly bodyOf: (event: Event) => string;
  readonly header: string;
  readonly url: string;
  readonly secret: string;
  readonly chaos: DeliveryChaos;
  readonly save: () => void;
};

export type WebhookDelivery<Event> = { emit: (event: Event) => void; close: () => Promise<void> };

const LONGEST_PAUSE_MS = 60_000;
const FIRST_PAUSE_MS = 250;

/** `t=<seconds>,v1=<HMAC-SHA256 of "seconds.body" in hexadecimal>`. */
export const signWebhook = (secret: string, body: string, seconds = Math.floor(Date.now() / 1000)): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** Sends every event until it is answered with 2xx, with growing pauses; goes on with the rest after a restart. */
export const startDelivery = <Event extends { readonly id: string }>(
  options: Options<Event>,
): WebhookDelivery<Event> => {
  const { undelivered, bodyOf, header, url, secret, chaos, save } = options;
  const stop = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<unknown>>();
  const happens = (probability = 0): boolean => (chaos.random ?? Math.random)() < probability;

  const post = async (event: Event, key: string): Promise<boolean> => {
    const body = bodyOf(event);
    const headers = { 'Content-Type': 'application/json', [header]: signWebhook(key, body) };
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
  const deliver = async (event: Event, attempt: number): Promise<void> => {
    const forged = { ...event, id: `evt_${randomBytes(15).toString('base64url')}` };
    if (happens(chaos.forge)) await post(forged, 'not the secret');
    if (await post(event, secret)) {
      if (happens(chaos.duplicate)) await post(event, secret);
      const at = undelivered.findIndex(({ id }) => id === event.id);
      if (at >= 0) undelivered.splice(at, 1);
      save();
    } else {
      later(Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS), () => deliver(event, attempt + 1));
    }
  };
  const pause = (): number => (chaos.delayMs ?? 0) + (happens(chaos.reorder) ? 300 : 0);
  for (const event of undelivered) later(pause(), () => deliver(event, 0));
  return {
    emit: (event) => {
      undelivered.push(event);
      save();
      later(pause(), () => deliver(event, 0));
    },
    close: async () => {
      stop.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
};
