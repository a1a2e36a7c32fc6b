import { createHash } from 'node:crypto';
import { systemClock } from '#platform/clock.ts';
import type { CopierNetworkKey } from '#test/support/copier.ts';
import { openMachine } from '#test/support/copier.ts';
import type { Offer as GatewayOffer, Lease, Ticket } from '#test/support/copier-gateway.ts';
import type { Acknowledged } from './acknowledged.ts';
import { insist, insistOnAnswer } from './insist.ts';

type Offer = Pick<GatewayOffer, 'claimToken'>;

export type Machine = {
  /** Null when the gateway does not know it, or knows it no more. */
  readonly lookUp: (ticket: Ticket, device: string) => Promise<Offer | null>;
  /** Null while another claim of it runs: the one whose answer was lost. */
  readonly claim: (offer: Offer, device: string) => Promise<Lease | null>;
  /** Fetches what was claimed and reports all of it, `completed` or `partial`; false when the lease ended before. */
  readonly print: (lease: Lease, result: 'completed' | 'partial') => Promise<boolean>;
};

/** A store's copier, speaking the gateway's protocol, that asks again until it is answered. */
export const openStormMachine = (url: string, key: CopierNetworkKey, seen: Acknowledged): Machine => {
  const { call } = openMachine(url, key, systemClock.now);
  const ask = (method: string, path: string, json?: unknown): Promise<Response> =>
    insist(async () => {
      const answer = await insistOnAnswer(() => call(method, path, json));
      // Whoever stands between us may say anything; the gateway speaks these.
      if (/^application\/(json|problem\+json|pdf)/.test(answer.headers.get('content-type') ?? ''))
        return answer;
      throw new Error(`${path} was not answered by the gateway`);
    });
  const fetchOne = async ({ claim }: Lease, one: Lease['documents'][number]): Promise<boolean> => {
    const path = `/claims/${claim}/documents/${one.document}`;
    const bytes = await insist(async () => {
      const answer = await ask('GET', path);
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
    });
    if (bytes === null) return false;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== one.sha256) throw new Error(`${path} is not the document that was leased`);
    seen.note('document fetched', `${claim}/${one.document}`, sha256);
    return true;
  };
  return {
    lookUp: async (ticket, device) => {
      const answer = await ask('POST', '/lookups', { ...ticket, device });
      if (!answer.ok) return null;
      seen.note('looked up', `${ticket.printNumber}/${seen.of('looked up').size}`);
      return (await answer.json()) as Offer;
    },
    claim: async ({ claimToken }, device) => {
      const answer = await ask('POST', '/claims', { claimToken, device });
      if (!answer.ok) return null;
      const lease = (await answer.json()) as Lease;
      seen.note('claimed', lease.claim, String(lease.fence));
      return lease;
    },
    print: async (lease, result) => {
      for (const one of lease.documents) if (!(await fetchOne(lease, one))) return false;
      const pages = lease.documents.reduce((sum, one) => sum + one.pages, 0);
      const progress = await ask('POST', `/claims/${lease.claim}/pages`, { fence: lease.fence, pages });
      if (!progress.ok) return false;
      seen.note('pages reported', lease.claim, String(pages));
      const impressions = lease.documents.map(({ document, pages }) => ({ document, result, pages }));
      const answer = await ask('POST', `/claims/${lease.claim}/outcome`, { fence: lease.fence, impressions });
      if (!answer.ok) throw new Error(`the outcome was refused: ${answer.status} ${await answer.text()}`);
      const sheets = result === 'completed' ? lease.documents.map(({ sha256 }) => sha256) : [];
      seen.note('outcome reported', lease.claim, sheets.join(' '));
      return true;
    },
  };
};
