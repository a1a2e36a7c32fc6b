import type { Calendar } from '../calendar/calendar.ts';
import { addBusinessDays } from '../calendar/calendar.ts';
import { tokyoDate } from '../dates.ts';
import type { Enrolment } from '../person/person.ts';
import { isCurrent } from '../person/person.ts';
import type { Destination } from './destination.ts';

export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: 'closed' | 'current-students-only' };

/** Whether a person with these enrolments may choose a destination now. */
export const availabilityOf = (
  destination: Destination,
  enrolments: readonly Enrolment[],
  now: Temporal.Instant,
): Availability => {
  if (!destination.open) return { available: false, reason: 'closed' };
  const today = tokyoDate(now);
  const current = enrolments.some((enrolment) => isCurrent(enrolment, today));
  if (destination.kind === 'campus' && !current) return { available: false, reason: 'current-students-only' };
  return { available: true };
};

/**
 * When certificates paid for at `now` can be had: null for "at once", else the last business day by which the office
 * has sent them or laid them ready.
 */
export const readyBy = (
  destination: Destination,
  calendar: Calendar,
  now: Temporal.Instant,
  dispatchBusinessDays: number,
): Temporal.PlainDate | null =>
  destination.kind === 'post' || destination.kind === 'counter'
    ? addBusinessDays(calendar, tokyoDate(now), dispatchBusinessDays)
    : null;
