import { academicYear, endOfTokyoDay } from '../dates.ts';

/** When and how often a type may be ordered; months and days of Tokyo, both included. */
export type TypeConditions = {
  /** The day of the last academic year from which it can be ordered (見込証明書); null: always. */
  readonly opensOn: Temporal.PlainMonthDay | null;
  /** When it cannot be ordered because the register turns to the next year; may cross 1 January. */
  readonly yearEndStop: {
    readonly from: Temporal.PlainMonthDay;
    readonly until: Temporal.PlainMonthDay;
  } | null;
  /** Copies a person may have in a day and in an academic year; null: no limit but that of the order. */
  readonly limits: { readonly perDay: number; readonly perYear: number } | null;
};

/** A month and day within an academic year, which begins on 1 April; 29 February becomes the 28th in other years. */
export const dayOfAcademicYear = (monthDay: Temporal.PlainMonthDay, year: number): Temporal.PlainDate => {
  const first = monthDay.toPlainDate({ year });
  return academicYear(first) === year ? first : monthDay.toPlainDate({ year: year + 1 });
};

export type Stop = { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate };

/** The stop that a date lies in or, failing that, the next one; null for a type without any. */
export const nextYearEndStop = (conditions: TypeConditions, on: Temporal.PlainDate): Stop | null => {
  const { yearEndStop } = conditions;
  if (yearEndStop === null) return null;
  for (let year = on.year - 1; ; year += 1) {
    const from = yearEndStop.from.toPlainDate({ year });
    const sameYear = yearEndStop.until.toPlainDate({ year });
    const crosses = Temporal.PlainDate.compare(sameYear, from) < 0;
    const until = crosses ? yearEndStop.until.toPlainDate({ year: year + 1 }) : sameYear;
    if (Temporal.PlainDate.compare(on, until) <= 0) return { from, until };
  }
};

/**
 * The last instant before the next stop of any of the types, 23:59:59 in Tokyo; null where none has a stop. A deadline
 * that would come later ends there.
 */
export const lastInstantBeforeStop = (
  types: readonly TypeConditions[],
  on: Temporal.PlainDate,
): Temporal.Instant | null => {
  const [first] = types
    .map((conditions) => nextYearEndStop(conditions, on))
    .filter((stop) => stop !== null)
    .toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from));
  return first === undefined ? null : endOfTokyoDay(first.from.subtract({ days: 1 }));
};
