import type { Checkpoint, Signer } from './notes.ts';
import { signedAt } from './notes.ts';
import type { Fetch, Leaf, StatusList } from './read-log.ts';
import { readCheckpoints, readEntries, readLeaf, readStatusList, readWitness } from './read-log.ts';
import { growTree } from './tree.ts';

/** What an honest operator never causes. */
export type Finding = {
  readonly code:
    | 'unreadable'
    | 'not-signed'
    | 'rolled-back'
    | 'other-tree'
    | 'fork'
    | 'time-goes-back'
    | 'back-dated'
    | 'post-dated'
    | 'other-date'
    | 'issued-twice'
    | 'withdrawn-unissued'
    | 'silent-withdrawal'
    | 'withheld-withdrawal';
  readonly detail: string;
};

/** What an earlier audit saw, so that the log cannot show us another past. */
export type Memory = { readonly size: number; readonly root: string };

export type AuditOptions = {
  /** The log's URL prefix, without a slash at the end. */
  readonly log: string;
  readonly status: string;
  readonly witness: string;
  /** Every key that the log ever had, all of one name. */
  readonly logKeys: readonly Signer[];
  readonly witnessKey: Signer;
  readonly before?: Memory;
  readonly fetch?: Fetch;
};

export type AuditResult = { readonly findings: readonly Finding[]; readonly memory: Memory | undefined };

/** A leaf may wait this long for the first checkpoint that a witness cosigned over it; the witness's clock may differ by the second. */
const LATEST_SECONDS = 600;
const CLOCK_SECONDS = 60;

type Vouched = { readonly checkpoint: Checkpoint; readonly at: number };

const checkSignatures = (
  checkpoints: readonly Checkpoint[],
  { logKeys, witnessKey }: AuditOptions,
  found: (finding: Finding) => void,
): Vouched[] =>
  checkpoints.flatMap((checkpoint) => {
    const at = signedAt(checkpoint, witnessKey);
    const ours = logKeys.some((key) => checkpoint.origin === key.name && signedAt(checkpoint, key) !== null);
    if (ours && at !== null) return [{ checkpoint, at }];
    found({ code: 'not-signed', detail: `checkpoint of size ${checkpoint.size}` });
    return [];
  });

const checkTimes = (leaf: Leaf, index: number, first: Vouched, found: (finding: Finding) => void): void => {
  const detail = `leaf ${index} says ${leaf.at}, the witness ${first.at}`;
  if (leaf.at < first.at - LATEST_SECONDS) found({ code: 'back-dated', detail });
  if (leaf.at > first.at + CLOCK_SECONDS) found({ code: 'post-dated', detail });
};

const TOKYO_SECONDS = 9 * 3600;
const tokyoDate = (seconds: number): string =>
  new Date((seconds + TOKYO_SECONDS) * 1000).toISOString().slice(0, 10);

/** A first impression shows the day it was entered; later ones show the same day again. */
const checkDate = (leaf: Leaf, dates: Map<string, string>, found: (finding: Finding) => void): void => {
  const first = dates.get(leaf.serial);
  const date = leaf.date ?? '';
  if (first === undefined) dates.set(leaf.serial, date);
  if (date !== (first ?? tokyoDate(leaf.at)))
    found({ code: 'other-date', detail: `${keyOf(leaf)} shows ${date}` });
};

const keyOf = ({ serial, impression }: { serial: string; impression: number }): string =>
  `${serial}/${impression}`;

const checkStatus = (
  withdrawals: ReadonlyMap<string, Leaf>,
  { asOf, entries }: StatusList,
  found: (finding: Finding) => void,
): void => {
  const listed = new Map(entries.map((entry) => [keyOf(entry), entry]));
  for (const [key, entry] of listed) {
    const leaf = withdrawals.get(key);
    const fits =
      leaf !== undefined &&
      leaf.reason === entry.reason &&
      (leaf.kind === 'void' ? 'void' : 'superseded') === entry.state &&
      leaf.at * 1000 === Date.parse(entry.since);
    if (!fits) found({ code: 'silent-withdrawal', detail: key });
  }
  for (const [key, leaf] of withdrawals)
    if (!listed.has(key) && leaf.at * 1000 <= Date.parse(asOf))
      found({ code: 'withheld-withdrawal', detail: key });
};

/**
 * Reads the whole log and demands what keeps its operator honest (docs/transparency-log.md). It trusts the two keys it is
 * given and nothing that the operator says.
 */
export const audit = async (options: AuditOptions): Promise<AuditResult> => {
  const { fetch = globalThis.fetch, log, before } = options;
  const findings: Finding[] = [];
  const found = (finding: Finding): void => void findings.push(finding);
  try {
    // The list is read first: whatever it says must be in a log read later.
    const status = await readStatusList(fetch, options.status);
    const witness = await readWitness(fetch, options.witness, options.logKeys[0]?.name ?? '');
    const vouched = checkSignatures(await readCheckpoints(fetch, log), options, found);
    vouched.forEach(({ checkpoint }, at) => {
      const previous = vouched[at - 1]?.checkpoint.size ?? 0;
      if (checkpoint.size < previous)
        found({ code: 'rolled-back', detail: `${previous} → ${checkpoint.size}` });
    });
    const size = Math.max(0, ...vouched.map(({ checkpoint }) => checkpoint.size));
    if (witness === null && size > 0)
      found({ code: 'not-signed', detail: 'the witness has seen nothing of this log' });
    if (witness !== null && signedAt(witness, options.witnessKey) === null)
      found({ code: 'not-signed', detail: 'the witness’s own checkpoint' });
    if (witness !== null && witness.size > size)
      found({ code: 'rolled-back', detail: `the witness saw ${witness.size}, we ${size}` });
    if (before !== undefined && before.size > size)
      found({ code: 'rolled-back', detail: `we saw ${before.size} once, now ${size}` });

    const roots = new Map<number, { root: string; code: Finding['code'] }[]>();
    const expect = (at: { size: number; root: string }, code: Finding['code']): void =>
      void roots.set(at.size, [...(roots.get(at.size) ?? []), { root: at.root, code }]);
    for (const { checkpoint } of vouched) expect(checkpoint, 'other-tree');
    if (witness !== null) expect(witness, 'fork');
    if (before !== undefined) expect(before, 'fork');

    const tree = growTree();
    const issued = new Set<string>();
    const dates = new Map<string, string>();
    const withdrawals = new Map<string, Leaf>();
    let last = 0;
    let covering = 0;
    for await (const entry of readEntries(fetch, log, size)) {
      const index = tree.size();
      const leaf = readLeaf(entry);
      tree.add(entry);
      if (leaf.at < last) found({ code: 'time-goes-back', detail: `leaf ${index}` });
      last = Math.max(last, leaf.at);
      while ((vouched[covering]?.checkpoint.size ?? Number.POSITIVE_INFINITY) <= index) covering += 1;
      const first = vouched[covering];
      if (first !== undefined) checkTimes(leaf, index, first, found);
      const key = keyOf(leaf);
      if (leaf.kind === 'issue' && issued.has(key)) found({ code: 'issued-twice', detail: key });
      if (leaf.kind === 'issue') checkDate(leaf, dates, found);
      if (leaf.kind === 'issue') issued.add(key);
      else if (issued.has(key)) withdrawals.set(key, leaf);
      else found({ code: 'withdrawn-unissued', detail: key });
      for (const { root, code } of roots.get(tree.size()) ?? [])
        if (tree.root() !== root) found({ code, detail: `size ${tree.size()}` });
    }
    checkStatus(withdrawals, status, found);
    return { findings, memory: size === 0 ? undefined : { size, root: tree.root() } };
  } catch (error) {
    found({ code: 'unreadable', detail: error instanceof Error ? error.message : String(error) });
    return { findings, memory: before };
  }
};
