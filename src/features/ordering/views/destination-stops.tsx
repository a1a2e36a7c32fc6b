import { upcomingClosures, upcomingMaintenance } from '#domain/calendar/calendar.ts';
import { tokyoDate } from '#domain/dates.ts';
import type { Destination } from '#domain/destination/destination.ts';
import { stopsBetween } from '#domain/destination/destination.ts';
import { formatDay, formatInstant } from '#platform/i18n/format.ts';
import type { OrderingDependencies } from '../dependencies.ts';
import type { ViewContext } from './order-state.tsx';

/** How far ahead stops are told: a little more than a print deadline. */
const AHEAD_DAYS = 14;

type Stop =
  | {
      readonly kind: 'hours';
      readonly from: Temporal.Instant;
      readonly until: Temporal.Instant;
      readonly whereJa: string;
      readonly whereEn: string;
      readonly reasonJa: string;
      readonly reasonEn: string;
    }
  | {
      readonly kind: 'days';
      readonly from: Temporal.PlainDate;
      readonly until: Temporal.PlainDate;
      readonly nameJa: string;
      readonly nameEn: string;
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
    .map(
      ({ reason, ...one }): Stop => ({
        kind: 'hours',
        ...one,
        whereJa: '',
        whereEn: '',
        reasonJa: reason.ja,
        reasonEn: reason.en,
      }),
    );
  if (destination.kind === 'store') {
    const planned = destination.chains.flatMap((chain) =>
      stopsBetween(chain, now, until).map(
        (stop): Stop => ({ kind: 'hours', ...stop, whereJa: chain.nameJa, whereEn: chain.nameEn }),
      ),
    );
    return [...planned, ...maintenance];
  }
  if (destination.kind === 'digital') return maintenance;
  const closures = upcomingClosures(calendar, tokyoDate(now), AHEAD_DAYS);
  return [...closures.map((closure): Stop => ({ kind: 'days', ...closure })), ...maintenance];
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
  const ja = language === 'ja';
  if (stop.kind === 'days') {
    const name = ja ? stop.nameJa : stop.nameEn;
    const single = stop.from.equals(stop.until);
    const from = formatDay(stop.from, language);
    return single
      ? texts.destination.closedOn(from, name)
      : texts.destination.closedDays(from, formatDay(stop.until, language), name);
  }
  return texts.destination.stop(
    (ja ? stop.whereJa : stop.whereEn) || texts.destination.thisService,
    formatInstant(stop.from, language),
    formatInstant(stop.until, language),
    ja ? stop.reasonJa : stop.reasonEn,
  );
};
