import { AkashiError } from '../error.ts';

/**
 * Every state of one line of an order. `unprintable`: its name has a character that no font has, and a person decides
 * before anything is paid; `ordered`: to be checked again before anything is sealed; `cleared`: checked, its copies are
 * being made; `held`: the register changed and the student is asked; `not_issued`: what was paid for it goes back.
 */
export const LINE_STATES = ['unprintable', 'ordered', 'cleared', 'made', 'held', 'not_issued'] as const;
export type LineState = (typeof LINE_STATES)[number];

/** The one table of what a line may do, beside that of its order (states.ts). */
export const LINE_EDGES = [
  { from: 'unprintable', event: 'approve', to: 'ordered' },
  { from: 'unprintable', event: 'refuse', to: 'not_issued' },
  { from: 'ordered', event: 'clear', to: 'cleared' },
  { from: 'ordered', event: 'hold', to: 'held' },
  { from: 'ordered', event: 'refuse', to: 'not_issued' },
  { from: 'cleared', event: 'finish', to: 'made' },
  { from: 'held', event: 'hold', to: 'held' },
  { from: 'held', event: 'confirm', to: 'ordered' },
  { from: 'held', event: 'refuse', to: 'not_issued' },
] as const satisfies readonly { from: LineState; event: string; to: LineState }[];

export type LineEvent = (typeof LINE_EDGES)[number]['event'];

/** The state after `event`; throws `wrong-state` where the table has no such edge. */
export const nextLineState = (state: LineState, event: LineEvent): LineState => {
  const edge = LINE_EDGES.find((candidate) => candidate.from === state && candidate.event === event);
  if (edge === undefined) throw new AkashiError('wrong-state', { line: state, event });
  return edge.to;
};

/** States in which something is still to come of a line: its order is not finished. */
export const OPEN_LINE_STATES: readonly LineState[] = ['unprintable', 'ordered', 'cleared', 'held'];
