import { checkpointText } from '#domain/transparency/checkpoint.ts';
import { cosignLine, parseNote, signLine } from '#domain/transparency/note.ts';
import type { Operator } from './operator.ts';
import { LOG_KEY, newKey } from './operator.ts';

export type Random = { readonly below: (limit: number) => number };
type Fraud = (operator: Operator, random: Random) => Promise<void> | void;

const HOUR = 3600;

/** A leaf that a witness vouched for long ago: any but the newest. */
const oldLeaf = ({ world }: Operator, { below }: Random): number => below(world.leaves.length - 1);

const signOnly = async (operator: Operator): Promise<void> => {
  const { world, signed } = operator;
  world.checkpoints = [...world.checkpoints, await signed()];
};

/** Each makes one history dishonest, with every power that the operator of the service has. */
export const FRAUDS: Readonly<Record<string, Fraud>> = {
  'issues today with yesterday’s time': async (operator, { below }) => {
    operator.issue('BACK-DATED', operator.world.now - 601 - below(90 * 24 * HOUR));
    await operator.publish();
  },
  'prints an earlier date of issue': async (operator, { below }) => {
    const day = new Date((operator.world.now - (1 + below(400)) * 24 * HOUR) * 1000);
    operator.issue('EARLIER-DATE', operator.world.now, day.toISOString().slice(0, 10));
    await operator.publish();
  },
  'keeps a leaf back and has it vouched for later': async (operator, { below }) => {
    operator.issue('KEPT-BACK');
    operator.world.now += 601 + below(24 * HOUR);
    await operator.publish();
  },
  'writes a time that is yet to come': async (operator, { below }) => {
    operator.issue('POST-DATED', operator.world.now + 61 + below(24 * HOUR));
    await operator.publish();
  },
  'slips a leaf in among older ones': (operator, random) => {
    const at = oldLeaf(operator, random);
    const leaf = operator.world.leaves[at];
    operator.issue('SLIPPED-IN', leaf?.at ?? 0);
    const [slipped] = operator.world.leaves.splice(-1);
    if (slipped) operator.world.leaves.splice(at, 0, slipped);
  },
  'slips a leaf in and signs every later tree anew': async (operator, random) => {
    await FRAUDS['slips a leaf in among older ones']?.(operator, random);
    await signOnly(operator);
  },
  'drops a leaf': (operator, random) => {
    operator.world.leaves.splice(oldLeaf(operator, random), 1);
  },
  'drops a leaf and signs anew': async (operator, random) => {
    operator.world.leaves.splice(oldLeaf(operator, random), 1);
    await signOnly(operator);
  },
  'puts another person’s certificate in a leaf’s place': (operator, random) => {
    const { leaves } = operator.world;
    const at = oldLeaf(operator, random);
    const leaf = leaves[at];
    if (leaf) leaves[at] = { ...leaf, serial: 'ANOTHER' };
  },
  'exchanges two leaves': (operator, random) => {
    const { leaves } = operator.world;
    const at = random.below(leaves.length - 1);
    const [one, two] = [leaves[at], leaves[at + 1]];
    if (one && two) [leaves[at], leaves[at + 1]] = [two, one];
  },
  'shows a fork with its own signature only': async (operator, random) => {
    const { world } = operator;
    const at = oldLeaf(operator, random);
    const leaf = world.leaves[at];
    if (leaf) world.leaves[at] = { ...leaf, impression: leaf.impression + 1 };
    world.checkpoints = [await operator.signed()];
  },
  'forges the witness’s line': async (operator, random) => {
    const { world } = operator;
    world.leaves.splice(oldLeaf(operator, random), 1);
    const forged = newKey('witness.example', 'witness');
    const note = await operator.signed();
    const line = await cosignLine(parseNote(note).text, { ...forged, seconds: world.now });
    world.checkpoints = [`${note}${line}`];
  },
  'signs a root that is no tree’s': async (operator, { below }) => {
    const { world } = operator;
    const root = new Uint8Array(32).fill(below(256));
    const text = checkpointText({ origin: LOG_KEY.verifier.name, size: world.leaves.length, root });
    world.checkpoints.push(`${text}\n${await signLine(text, LOG_KEY.verifier, LOG_KEY.sign)}`);
  },
  'shows the log as it was before': (operator, { below }) => {
    const { world } = operator;
    world.checkpoints = world.checkpoints.slice(0, 1 + below(world.checkpoints.length - 1));
  },
  'shows an older log without its withdrawals': (operator) => {
    const { world } = operator;
    world.checkpoints = world.checkpoints.slice(0, -1);
    world.status = [];
  },
  'withdraws without a leaf': ({ world }, { below }) => {
    const { serial = '' } = world.leaves.filter(({ kind }) => kind === 'issue').at(below(3)) ?? {};
    const since = new Date(world.now * 1000).toISOString();
    world.status.push({ serial, impression: 2, state: 'void', reason: 'requested', since });
  },
  'takes a withdrawal off the list': ({ world }, { below }) => {
    world.status.splice(below(world.status.length), 1);
  },
  'gives a withdrawal an earlier time': ({ world }, { below }) => {
    const entry = world.status[below(world.status.length)];
    if (entry) entry.since = new Date(Date.parse(entry.since) - 1000 * (1 + below(HOUR))).toISOString();
  },
  'gives a withdrawal another reason': ({ world }, { below }) => {
    const entry = world.status[below(world.status.length)];
    if (entry) entry.reason = 'reprinted';
  },
  'calls void what was superseded': ({ world }, { below }) => {
    const entry = world.status[below(world.status.length)];
    if (entry) entry.state = 'superseded';
  },
  'issues one impression twice': async (operator) => {
    const { serial = '' } = operator.world.leaves[0] ?? {};
    operator.issue(serial);
    await operator.publish();
  },
  'withdraws what was never issued': async (operator) => {
    operator.withdraw('NEVER-ISSUED');
    await operator.publish();
  },
};
