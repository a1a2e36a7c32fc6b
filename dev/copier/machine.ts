import type { CopierNetwork, Impression, Offer } from './gateway-client.ts';
import { createGatewayClient } from './gateway-client.ts';
import { printPages } from './paper.ts';

export type Trouble = 'none' | 'jam' | 'power' | 'no-paper';

export type Machine = {
  readonly network: CopierNetwork;
  offer: Offer | null;
  paid: number;
  change: number;
  message: '' | 'not-found' | 'done' | 'jam' | 'power' | 'no-paper' | 'failed';
  tray: Uint8Array[];
};

export const createMachine = (network: CopierNetwork): Machine => ({
  network,
  offer: null,
  paid: 0,
  change: 0,
  message: '',
  tray: [],
});

/** Prints what was paid for; a trouble strikes after `after` pages, and a machine without power reports nothing. */
export const runPrint = async (machine: Machine, gatewayUrl: string, trouble: Trouble, after: number) => {
  const { offer, network } = machine;
  if (offer === null || machine.paid < offer.priceYen) return;
  const client = createGatewayClient(gatewayUrl, network, `${network.code}-1`);
  const lease = await client.claim(offer.claimToken);
  const impressions: Impression[] = [];
  let printed = 0;
  const limit = trouble === 'none' ? Number.POSITIVE_INFINITY : trouble === 'no-paper' ? 0 : after;
  for (const { document } of lease.documents) {
    const sheets = printed >= limit ? [] : await printPages(await client.download(lease.claim, document));
    const possible = sheets.slice(0, Math.max(0, limit - printed));
    machine.tray.push(...possible);
    printed += possible.length;
    const whole = sheets.length > 0 && possible.length === sheets.length;
    const result = whole ? 'completed' : possible.length > 0 ? 'partial' : 'failed';
    impressions.push({ document, result, pages: possible.length });
    if (possible.length > 0) await client.pages(lease.claim, lease.fence, printed);
  }
  machine.change = machine.paid - offer.priceYen;
  machine.offer = null;
  machine.paid = 0;
  machine.message = trouble === 'none' ? 'done' : trouble;
  if (trouble !== 'power') await client.outcome(lease.claim, lease.fence, impressions);
};
