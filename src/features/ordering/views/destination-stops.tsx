import type { Bilingual } from '#domain/bilingual.ts';
import { upcomingClosures, upcomingMaintenance } from '#domain/calendar/calendar.ts';
import { tokyoDate } from '#domain/dates.ts';
import type { Destination } from '#domain/destination/destination.ts';
import { stopsBetween } from '#domain/destination/destination.ts';
import { formatDay, formatInstant } from '#platform/i18n/format.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import type { OrderingDependencies } from '../dependencies.ts';
import type { ViewContext } from './order-state.tsx';

/** How far ahead stops are told: a little more than a print deadline. */
const AHEAD_DAYS = 14;

type Stop =
  | {
      readonly kind: 'service';
      readonly from: Temporal.Instant;
      readonly until: Temporal.Instant;
      readonly reason: Bilingual;
    }
  | {
      readonly kind: 'chain';
      readonly from: Temporal.Instant;
      readonly until: Temporal.Instant;
      readonly chain: Bilingual;
      readonly reason: Bilingual;
    }
  | {
      readonly kind: 'days';
      readonly from: Temporal.PlainDate;
      readonly until: Temporal.PlainDate;
      readonly name: Bilingual;
    };

/** Planned stops of the machines, closures of the office and maintenance that touch a destination soon. */
export const stopsOf = (
  destination: Destination,
  { calendar }: Pick<OrderingDependencies['university'], 'calendar'>,
  now: Temporal.Instant,
): Stop[] => {
  const until = now.add({ hours: 24 * AHEAD_DAYS });
  const maintenance = upcomingMaintenance(calendar, now)
    .filter((one) => Temporal.Instant.compare(one.from, until) < 0)
    .map((one): Stop => ({ kind: 'service', ...one }));
  if (destination.kind === 'store') {
    const planned = destination.chains.flatMap((chain) =>
      stopsBetween(chain, now, until).map(
        ({ reasonJa, reasonEn, ...stop }): Stop => ({
          kind: 'chain',
          ...stop,
          chain: { ja: chain.nameJa, en: chain.nameEn },
          reason: { ja: reasonJa, en: reasonEn },
        }),
      ),
    );
    return [...planned, ...maintenance];
  }
  if (destination.kind === 'digital') return maintenance;
  const closures = upcomingClosures(calendar, tokyoDate(now), AHEAD_DAYS);
  return [
    ...closures.map(
      ({ nameJa, nameEn, ...closure }): Stop => ({
        kind: 'days',
        ...closure,
        name: { ja: nameJa, en: nameEn },
      }),
    ),
    ...maintenance,
  ];
};

export const StopList = ({ stops, view }: { stops: readonly Stop[]; view: ViewContext }) =>
  stops.length === 0 ? null : (
    <ul class="choice__stops">
      {stops.map((stop) => (
        <li key={`${stop.kind}${stop.from}`}>{stopText(stop, view)}</li>
      ))}
    </ul>
  );

const stopText = (stop: Stop, { texts, language }: ViewContext): string => {
  const written = configuredLanguage(language);
  if (stop.kind === 'days') {
    const name = stop.name[written];
    const from = formatDay(stop.from, language);
    return stop.from.equals(stop.until)
      ? texts.destination.closedOn(from, name)
      : texts.destination.closedDays(from, formatDay(stop.until, language), name);
  }
  const reason = stop.reason[written];
  const from = formatInstant(stop.from, language);
  const until = formatInstant(stop.until, language);
  return stop.kind === 'service'
    ? texts.destination.serviceStop(from, until, reason)
    : texts.destination.stop(stop.chain[written], from, until, reason);
};
