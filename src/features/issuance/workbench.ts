import { AkashiError } from '#domain/error.ts';
import type { SealClaims } from '#domain/seal/claim-fields.ts';
import { readDocumentKey } from './document-key-store.ts';
import type { IssuedCertificate } from './issuance-store.ts';
import type { IssueDependencies } from './issue-dependencies.ts';
import type { DocumentMaker, Sealed } from './make-document.ts';
import { requireSheets } from './make-document.ts';
import { readSeals } from './seal-store.ts';
import type { PreparedSignature } from './sign/sign-document.ts';

type Make<Value> = (certificate: IssuedCertificate) => Promise<Value>;

/** What one run has in its hands; a run that begins in the middle makes it again from what was committed, alike. */
export type Workbench = {
  /** For sheets that hold so many rows each; null measures how many they are. */
  readonly claims: (
    certificate: IssuedCertificate,
    rowsBySheet: readonly number[] | null,
  ) => Promise<readonly SealClaims[]>;
  /** What it signs is kept in hand until it is committed. */
  readonly seal: DocumentMaker['seal'];
  readonly sealed: Make<Sealed>;
  /** Null where it is laid out otherwise than its seals claim. */
  readonly typeset: Make<Uint8Array | null>;
  readonly prepared: Make<PreparedSignature>;
  readonly signed: Make<Uint8Array>;
  /** A key for its file, kept in hand likewise. */
  readonly newKey: () => Uint8Array;
  /** Of its file. */
  readonly key: Make<Uint8Array>;
};

/** Of one impression, whose later states change nothing of what was made. */
const once = <Value>(make: Make<Value>): Make<Value> => {
  let made: Promise<Value> | undefined;
  return (certificate) => (made ??= make(certificate));
};

export const openWorkbench = ({ db, maker: all, createKey }: IssueDependencies): Workbench => {
  const maker = all.forOne();
  let own: readonly Uint8Array[] | undefined;
  let claimed: Promise<readonly SealClaims[]> | undefined;
  const claims: Workbench['claims'] = ({ record }, rowsBySheet) =>
    (claimed ??= maker.claims(record, rowsBySheet));
  const seal: DocumentMaker['seal'] = async (of) => {
    const made = await maker.seal(of);
    own = made.seals;
    return made;
  };
  const sealed = once(async ({ id, pages, checkCode, logged }) => {
    const seals = own ?? (await readSeals(db, id));
    return { seals, pages: pages ?? 0, checkCode: checkCode ?? '', proof: logged?.proof ?? null };
  });
  const typeset = once(async (of) => maker.typeset(of.record, await sealed(of)));
  const prepared = once(async (of) => maker.prepare(of.record, requireSheets(await typeset(of))));
  const signed = once(async (of) => maker.sign(of.record, await sealed(of), await prepared(of)));
  let ownKey: Uint8Array | undefined;
  const newKey = () => (ownKey = createKey());
  const key = once(async ({ id }) => {
    const kept = ownKey ?? (await readDocumentKey(db, id));
    if (kept === null) throw new AkashiError('unexpected', { check: 'key' });
    return kept;
  });
  return { claims, seal, sealed, typeset, prepared, signed, newKey, key };
};
