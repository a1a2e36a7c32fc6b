import { availableParallelism } from 'node:os';
import type { Burst, Spent } from './run-burst.ts';

const at = (values: readonly number[], percent: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil((values.length * percent) / 100) - 1] ?? Number.NaN;

const row = (name: string, values: readonly number[], unit: 'ms' | 's'): string => {
  const shown = (percent: number): string => at(values, percent).toFixed(unit === 's' ? 2 : 0);
  return `${name}: p50 ${shown(50)}, p99 ${shown(99)}, most ${shown(100)} ${unit} (${values.length})`;
};

const spentOn = ({ web, work, database, outside }: Spent, journeys: number): string => {
  const each = (seconds: number): string => `${((seconds * 1000) / journeys).toFixed(0)} ms`;
  const parts = `web ${each(web)}, work ${each(work)}, database ${each(database)}`;
  return `service ${each(web + work + database)} (${parts}); outside it ${each(outside)}`;
};

/** Waiting for a mail, or for a certificate to be made, is not waiting for an answer. */
const FOR_SOMETHING = ['first.mail', 'ticket.held', 'ticket.seen'];

/** What a burst looked like, a line each. */
export const describeBurst = ({ steps, ready, spent, ...seen }: Burst): string[] => {
  const { done, most, late, seconds } = seen;
  const { web, work, database, outside } = spent;
  const waits = Object.entries(steps).filter(([name]) => !FOR_SOMETHING.includes(name));
  return [
    `${done} journeys in ${seconds.toFixed(1)} s, ${most} at once at most, begun up to ${late.toFixed(0)} ms late`,
    `processor seconds: service ${(web + work + database).toFixed(1)}, outside it ${outside.toFixed(1)}`,
    `without the share of those outside: ${(seconds - outside / availableParallelism()).toFixed(1)} s`,
    `processor time a journey: ${spentOn(spent, done)}`,
    row('paid until print number', ready, 's'),
    ...Object.entries(steps).map(([name, values]) => row(name, values, 'ms')),
    row(
      'every step',
      waits.flatMap(([, values]) => values),
      'ms',
    ),
  ];
};
