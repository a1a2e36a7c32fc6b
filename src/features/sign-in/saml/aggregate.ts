import type { IdentityProvider } from './identity-provider-metadata.ts';
import { gateMetadata, readEntity } from './identity-provider-metadata.ts';
import { attributeOf, childrenOf, elementsOf, NAMESPACE, parse, walk } from './strict/elements.ts';
import type { GateLimits } from './strict/gate.ts';
import { gateText } from './strict/gate.ts';
import { checkEnvelopedSignature } from './strict/shape.ts';
import { signedText } from './strict/signature.ts';
import { timeOf } from './strict/text.ts';

const { metadata, signature } = NAMESPACE;

/** A federation of some thousand entities; GakuNin's is about 10 MB. */
const LIMITS: GateLimits = { bytes: 100_663_296, tags: 4_000_000, attributesPerTag: 64, depth: 48 };
/** A longer promise would let a revoked provider live on (eduGAIN and GakuNin promise two weeks). */
const LONGEST_DAYS = 15;
const DAY = 86_400_000;

/** Those of `wanted` that a federation vouches for. */
export type Aggregate = {
  /** Epoch milliseconds. */
  readonly validUntil: number;
  readonly entities: number;
  readonly providers: readonly IdentityProvider[];
};

export type AggregateInput = {
  readonly bytes: Uint8Array;
  /** PEM, pinned by the configuration; the ones inside the file prove nothing. */
  readonly certificates: readonly string[];
  /** The entityIDs to read; the others are left alone, whatever is wrong with them. */
  readonly wanted: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
};

/**
 * Reads a signed EntitiesDescriptor (SAML Metadata §2.3.1). Throws an Error where the signature is not of a pinned
 * certificate, `validUntil` is missing, passed or more than 15 days ahead, or a wanted entity is malformed or twice.
 * Takes seconds for a large federation: call it in a worker.
 */
export const readAggregate = ({ bytes, certificates, wanted, now }: AggregateInput): Aggregate => {
  const text = gateMetadata(bytes, LIMITS);
  const root = verified(text, certificates);
  const validUntil = timeOf(attributeOf(root, 'validUntil'));
  if (validUntil <= now) throw new Error('federation metadata: its validUntil has passed');
  if (validUntil > now + LONGEST_DAYS * DAY)
    throw new Error(`federation metadata: its validUntil is more than ${LONGEST_DAYS} days ahead`);
  const entities: Element[] = [];
  walk(root, (element) => {
    if (element.namespaceURI === metadata && element.localName === 'EntityDescriptor') entities.push(element);
  });
  const providers = wanted.flatMap((entityId) => {
    const found = entities.filter((entity) => attributeOf(entity, 'entityID') === entityId);
    if (found.length > 1) throw new Error(`federation metadata: ${entityId} is there twice`);
    const [entity] = found;
    if (entity === undefined) return [];
    const until = attributeOf(entity, 'validUntil');
    return until !== null && timeOf(until) <= now ? [] : [readEntity(entity)];
  });
  return { validUntil, entities: entities.length, providers };
};

/** The root as the signature covers it, parsed anew from the signed bytes. */
const verified = (text: string, certificates: readonly string[]): Element => {
  const root = parse(text);
  if (root.namespaceURI !== metadata || root.localName !== 'EntitiesDescriptor')
    throw new Error('federation metadata: the root is not an EntitiesDescriptor');
  const signatures = childrenOf(root, signature, 'Signature');
  const [own] = signatures;
  if (own === undefined || signatures.length > 1 || elementsOf(root)[0] !== own)
    throw new Error('federation metadata: it is not signed');
  checkEnvelopedSignature(own, root);
  checkOnlyId(root);
  const signed = signedText(root, certificates);
  if (signed === null) throw new Error('federation metadata: the signature is not of a pinned certificate');
  return parse(gateText(signed, LIMITS));
};

/** The signature's reference may mean the root only, to whoever follows it. */
const checkOnlyId = (root: Element): void => {
  const id = attributeOf(root, 'ID');
  walk(root, (element) => {
    const same = Array.from(element.attributes).filter(
      ({ localName, value }) => value === id && /^id$/i.test(localName),
    );
    if (same.length > (element === root ? 1 : 0))
      throw new Error('federation metadata: its ID is there twice');
  });
};
