import { createHash } from 'node:crypto';

/** SHA-256 tree of RFC 6962 that grows leaf by leaf and can tell its root at any moment. */
export type Tree = {
  readonly add: (entry: Uint8Array) => void;
  readonly size: () => number;
  readonly root: () => string;
};

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

export const growTree = (): Tree => {
  // One complete subtree for each bit of the size that is set, the largest first.
  const complete: { height: number; hash: Buffer }[] = [];
  let size = 0;
  return {
    add: (entry) => {
      let node = { height: 0, hash: sha256(LEAF, entry) };
      for (let last = complete.at(-1); last?.height === node.height; last = complete.at(-1)) {
        node = { height: node.height + 1, hash: sha256(NODE, last.hash, node.hash) };
        complete.pop();
      }
      complete.push(node);
      size += 1;
    },
    size: () => size,
    root: () => {
      const [last, ...rest] = complete.toReversed().map(({ hash }) => hash);
      return rest.reduce((right, left) => sha256(NODE, left, right), last ?? sha256()).toString('base64');
    },
  };
};
