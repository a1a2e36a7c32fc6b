import { simpleParser } from 'mailparser';
import type { Relay, RelayAnswer } from '#test/support/relay.ts';
import { startRelay } from '#test/support/relay.ts';
import type { Acknowledged } from './acknowledged.ts';

export type Mailbox = {
  readonly url: string;
  /** The last match of `pattern` in the mails to an address, null as long as there is none. */
  readonly find: (address: string, pattern: RegExp) => Promise<string | null>;
  /** How often each Message-ID arrived. */
  readonly arrivals: () => Promise<ReadonlyMap<string, number>>;
  /** How many connections it broke after taking a message. */
  readonly broken: () => number;
  close: () => Promise<void>;
};

/** A relay that answers 421 or 451 to one message in twenty, and breaks off after one in a hundred. */
export const openMailbox = async (random: () => number, seen: Acknowledged): Promise<Mailbox> => {
  let broken = 0;
  const answer = (): RelayAnswer => {
    const drawn = random();
    if (drawn < 0.05) return drawn < 0.025 ? 421 : 451;
    if (drawn > 0.06) return 250;
    broken += 1;
    return 'break after DATA';
  };
  const relay: Relay = await startRelay({ answer });
  const texts = new Map<string, string[]>();
  const arrived = new Map<string, number>();
  let read = 0;
  const readOn = async (): Promise<void> => {
    while (read < relay.received.length) {
      const { raw, to } = relay.received[read] ?? { raw: '', to: '' };
      read += 1;
      const { messageId = '', text = '' } = await simpleParser(raw);
      arrived.set(messageId, (arrived.get(messageId) ?? 0) + 1);
      seen.note('mail taken', messageId);
      texts.set(to, [...(texts.get(to) ?? []), text]);
    }
  };
  let reading = Promise.resolve();
  const upToDate = (): Promise<void> => (reading = reading.then(readOn));
  return {
    url: relay.url,
    find: async (address, pattern) => {
      await upToDate();
      const found = (texts.get(address) ?? []).flatMap((text) => pattern.exec(text) ?? []);
      return found.at(-1) ?? null;
    },
    arrivals: async () => {
      await upToDate();
      return arrived;
    },
    broken: () => broken,
    close: relay.close,
  };
};
