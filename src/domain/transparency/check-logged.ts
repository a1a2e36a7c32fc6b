import type { SealClaims } from '../seal/claim-fields.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { commitmentOf, decodeBundle, decodeLeaf } from './leaf.ts';
import type { ReadTile } from './merkle.ts';
import { inclusionHolds, inclusionProof, leafHash, TILE_WIDTH } from './merkle.ts';
import type { Verifier } from './note.ts';
import { parseNote, signedAt, signedByAny } from './note.ts';

/** Where the log is read from: over the network in a browser, from the database in the service. */
export type LogReader = {
  /** The newest cosigned checkpoint, a signed note. */
  readonly checkpoint: () => Promise<string>;
  readonly bundle: (index: number, width: number) => Promise<Uint8Array>;
  readonly tile: ReadTile;
};

/** `log`: the keys that sign for it now; more than one while a key is being changed. All bear the log's name. */
export type LogKeys = { readonly log: readonly Verifier[]; readonly witness: Verifier | null };

export type LogFinding =
  /** `at`: seconds at which the witness saw it; null without a witness. */
  | { readonly state: 'logged'; readonly at: number | null }
  /** Issued minutes ago, and no cosigned checkpoint covers it yet. */
  | { readonly state: 'not-yet' }
  /** Not in the log, or not as the seal says it: the university's key signed what it does not stand by in public. */
  | { readonly state: 'missing' }
  /** No network, or a browser without the algorithm. */
  | { readonly state: 'unreachable' };

/** The longest a leaf waits for its first cosigned checkpoint before something is wrong. */
const LATEST_SECONDS = 600;

const speaksOf = async (entry: Uint8Array, claims: SealClaims, salt: Uint8Array): Promise<boolean> => {
  const leaf = decodeLeaf(entry);
  return (
    leaf.kind === 'issue' &&
    leaf.serial === claims.serial &&
    leaf.impression === claims.impression &&
    leaf.type === claims.type &&
    leaf.at === claims.issuedAt &&
    leaf.date === claims.issueDate &&
    leaf.commitments.length === claims.pages &&
    leaf.commitments[claims.page - 1] === (await commitmentOf(claims, salt))
  );
};

const check = async (
  claims: SealClaims,
  reader: LogReader,
  { log, witness }: LogKeys,
  nowSeconds: number,
): Promise<LogFinding> => {
  const { logIndex: index, salt } = claims;
  if (index === null || salt === null) return { state: 'missing' };
  const note = parseNote(await reader.checkpoint());
  const { origin, size, root } = parseCheckpoint(note.text);
  const at = witness === null ? null : await signedAt(note, witness);
  const own = log.filter(({ name }) => name === origin);
  const signed = await signedByAny(note, own);
  if (!signed || (witness !== null && at === null)) return { state: 'missing' };
  if (index >= size) return { state: nowSeconds - claims.issuedAt < LATEST_SECONDS ? 'not-yet' : 'missing' };
  const bundle = Math.floor(index / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH);
  const entry = decodeBundle(await reader.bundle(bundle, width))[index % TILE_WIDTH];
  if (entry === undefined || !(await speaksOf(entry, claims, salt))) return { state: 'missing' };
  const proof = await inclusionProof(index, size, reader.tile);
  const held = await inclusionHolds(await leafHash(entry), { index, size, proof, root });
  return held ? { state: 'logged', at } : { state: 'missing' };
};

/**
 * Whether the certificate of a proved seal stands in the transparency log as it was sealed. Asks for tiles of 256 leaves,
 * so no request names the certificate. Never throws.
 */
export const checkLogged = async (
  claims: SealClaims,
  reader: LogReader,
  keys: LogKeys,
  nowSeconds: number,
): Promise<LogFinding> => {
  try {
    return await check(claims, reader, keys, nowSeconds);
  } catch (error) {
    return { state: error instanceof RangeError || error instanceof SyntaxError ? 'missing' : 'unreachable' };
  }
};
