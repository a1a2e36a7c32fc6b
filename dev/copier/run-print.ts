import { setTimeout } from 'node:timers/promises';
import { printPages } from '../shared/paper.ts';
import type { Impression } from './gateway-client.ts';
import { createGatewayClient } from './gateway-client.ts';
import type { Machine } from './machine.ts';

const deviceOf = (machine: Machine): string => `${machine.network.code}-1`;

export const clientOf = (machine: Machine, gatewayUrl: string) =>
  createGatewayClient(gatewayUrl, machine.network, deviceOf(machine));

/**
 * Prints what was paid for, page by page, and reports it. The trouble that is switched on strikes after some pages; a
 * machine without power reports nothing until somebody switches it on.
 */
export const runPrint = async (machine: Machine, gatewayUrl: string, pageMs: number): Promise<void> => {
  const { offer, trouble, after } = machine;
  if (offer === null || machine.paid < offer.priceYen) return;
  Object.assign(machine, { screen: 'printing', printed: 0, message: '' });
  const client = clientOf(machine, gatewayUrl);
  const lease = await client.claim(offer.claimToken);
  const stopsAfter = { none: Infinity, toner: Infinity, 'no-paper': 0, jam: after, power: after }[trouble];
  const impressions: Impression[] = [];
  for (const { document } of lease.documents) {
    const sheets =
      machine.printed < stopsAfter ? await printPages(await client.download(lease.claim, document)) : [];
    let pages = 0;
    for (const image of sheets) {
      if (machine.printed >= stopsAfter) break;
      await setTimeout(pageMs);
      machine.tray.push({ image, faint: trouble === 'toner' });
      machine.printed += 1;
      pages += 1;
      await client.pages(lease.claim, lease.fence, machine.printed);
    }
    const whole = sheets.length > 0 && pages === sheets.length;
    impressions.push({ document, result: whole ? 'completed' : pages > 0 ? 'partial' : 'failed', pages });
  }
  machine.change = machine.paid - offer.priceYen;
  machine.paid = 0;
  const { claim, fence } = lease;
  if (trouble === 'power') {
    Object.assign(machine, { screen: 'off', unreported: { claim, fence, impressions } });
    return;
  }
  await client.outcome(claim, fence, impressions);
  const message = trouble === 'none' || trouble === 'toner' ? 'done' : trouble;
  Object.assign(machine, { screen: 'end', message });
};

/** Somebody switches the machine on again: it reports what it still knows, or has forgotten it. */
export const switchOn = async (machine: Machine, gatewayUrl: string, reports: boolean): Promise<void> => {
  const { unreported } = machine;
  Object.assign(machine, { screen: 'end', message: 'power', unreported: null });
  if (!reports || unreported === null) return;
  const { claim, fence, impressions } = unreported;
  await clientOf(machine, gatewayUrl).outcome(claim, fence, [...impressions]);
};
