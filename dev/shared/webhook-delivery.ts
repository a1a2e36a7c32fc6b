import { createHmac, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';

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
const ANSWER_WITHIN_MS = 5000;

/** `t=<seconds>,v1=<HMAC-SHA256 of "seconds.body" in hexadecimal>`. */
export const signWebhook = (secret: string, body: string, seconds = Math.floor(Date.now() / 1000)): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** Sends every event until it is answered with 2xx, with growing pauses; goes on with the rest after a restart. */
export const startDelivery = <Event extends { readonly id: string }>(
  options: Options<Event>,
): WebhookDelivery<Event> => {
  const { undelivered, bodyOf, header, url, secret, chaos, save } = options;
  const agent = new Agent({ keepAlive: true });
  const stop = { asked: false };
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<unknown>>();
  const happens = (probability = 0): boolean => (chaos.random ?? Math.random)() < probability;

  /** By node:http, which takes half the processor time of `fetch`. */
  const post = (event: Event, key: string): Promise<boolean> => {
    const body = bodyOf(event);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      [header]: signWebhook(key, body),
    };
    return new Promise((done) => {
      const asked = request(url, { method: 'POST', agent, headers, timeout: ANSWER_WITHIN_MS }, (answer) => {
        const { statusCode = 0 } = answer;
        answer.once('close', () => done(statusCode >= 200 && statusCode < 300));
        answer.resume();
      });
      asked.once('timeout', () => asked.destroy());
      asked.once('error', () => done(false));
      asked.end(body);
    });
  };
  const later = (ms: number, work: () => Promise<unknown>): void => {
    if (stop.asked) return;
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
      stop.asked = true;
      agent.destroy();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
};
