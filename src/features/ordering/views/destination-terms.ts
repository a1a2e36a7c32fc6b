import { readyBy } from '#domain/destination/availability.ts';
import type { Destination } from '#domain/destination/destination.ts';
import { formatDay, formatYen } from '#platform/i18n/format.ts';
import { nameIn } from '#platform/i18n/language.ts';
import type { ViewContext } from './order-state.tsx';

/** Its name in the configuration; empty for one that is no longer there. */
export const destinationName = (
  wanted: Destination['kind'],
  { language, dependencies }: ViewContext,
): string => {
  const found = dependencies.university.destinations.find(({ kind }) => kind === wanted);
  return found === undefined ? '' : nameIn(found, language);
};

/** What a destination costs beside the issuance fees, in a few words. */
export const priceOf = (destination: Destination, { texts, language, dependencies }: ViewContext): string => {
  const { fees } = dependencies.university;
  switch (destination.kind) {
    case 'store':
      return texts.destination.perSheet(formatYen(fees.printChargePerSheet, language));
    case 'campus':
      return texts.destination.free;
    case 'post': {
      const cheapest = Math.min(...destination.bands.map((band) => band.yen));
      return texts.destination.postageFrom(formatYen(cheapest, language));
    }
    case 'counter':
    case 'digital':
      return texts.destination.feesOnly;
  }
};

/** When certificates paid for now can be had. */
export const readyText = (
  destination: Destination,
  { texts, language, dependencies }: ViewContext,
): string => {
  const { calendar, deadlines } = dependencies.university;
  const date = readyBy(destination, calendar, dependencies.clock.now(), deadlines.dispatchBusinessDays);
  if (destination.kind === 'digital') return texts.destination.sentOnline;
  if (date === null) return texts.destination.atOnce;
  const day = formatDay(date, language);
  return destination.kind === 'post' ? texts.destination.sentBy(day) : texts.destination.readyBy(day);
};
