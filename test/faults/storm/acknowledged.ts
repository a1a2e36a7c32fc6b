/** Kinds of operation that somebody outside was told to have succeeded. */
export const KINDS = [
  'address asked for',
  'address confirmed',
  'draft kept',
  'ordered',
  'payment begun',
  'paid',
  'webhook taken',
  'ticket shown',
  'looked up',
  'claimed',
  'document fetched',
  'pages reported',
  'outcome reported',
  'cancelled',
  'delivery opened',
  'delivery downloaded',
  'mail taken',
] as const;
export type Kind = (typeof KINDS)[number];

/** What was acknowledged: by kind, a value for each id. */
export type Acknowledged = {
  note: (kind: Kind, id: string, value?: string) => void;
  readonly of: (kind: Kind) => ReadonlyMap<string, string>;
  readonly count: () => number;
  readonly summary: () => string;
};

export const openAcknowledged = (): Acknowledged => {
  const seen = new Map<Kind, Map<string, string>>(KINDS.map((kind) => [kind, new Map()]));
  const of = (kind: Kind): Map<string, string> => seen.get(kind) ?? new Map();
  return {
    note: (kind, id, value = '') => void of(kind).set(id, value),
    of,
    count: () => KINDS.reduce((sum, kind) => sum + of(kind).size, 0),
    summary: () => KINDS.map((kind) => `${of(kind).size} ${kind}`).join(', '),
  };
};
