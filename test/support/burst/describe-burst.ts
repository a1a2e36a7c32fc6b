import type { Burst } from './run-burst.ts';

const at = (values: readonly number[], percent: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil((values.length * percent) / 100) - 1] ?? Number.NaN;

const row = (name: string, values: readonly number[], unit: string): string =>
  `${name}: p50 ${at(values, 50).toFixed(unit === 's' ? 2 : 0)}, p99 ${at(values, 99).toFixed(unit === 's' ? 2 : 0)}, most ${at(values, 100).toFixed(unit === 's' ? 2 : 0)} ${unit} (${values.length})`;

/** What a burst looked like, a line each. */
export const describeBurst = (burst: Burst): string[] => {
  const { steps, ready, web, work, database, outside, done, most, late, seconds } = burst;
  const each = (spent: number): string =>
    `${spent.toFixed(1)} s (${((spent * 1000) / done).toFixed(0)} ms a journey)`;
  return [
    `${done} journeys in ${seconds.toFixed(1)} s, ${most} at once at most, begun up to ${late.toFixed(0)} ms late`,
    `processor: service ${each(web + work + database)}: web ${each(web)}, work ${each(work)}, database ${each(database)}`,
    `processor: outside ${each(outside)}`,
    row('paid to print number', ready, 's'),
    ...Object.entries(steps).map(([name, values]) => row(name, values, 'ms')),
    row(
      'every step',
      Object.entries(steps)
        .filter(([name]) => name !== 'first.mail')
        .flatMap(([, values]) => values),
      'ms',
    ),
  ];
};
