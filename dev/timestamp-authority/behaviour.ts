/** What the authority can be asked to do; all but the first must be noticed by whoever uses it. */
export const BEHAVIOURS = [
  'honest',
  'slow',
  'down',
  'garbage',
  'refuse',
  'wrong-imprint',
  'wrong-policy',
  'wrong-time',
  'wrong-nonce',
] as const;

export type Behaviour = (typeof BEHAVIOURS)[number];

export const isBehaviour = (name: string): name is Behaviour =>
  (BEHAVIOURS as readonly string[]).includes(name);
