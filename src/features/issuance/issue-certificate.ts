import { AkashiError } from '#domain/error.ts';
import type { SealClaims } from '#domain/seal/claim-fields.ts';
import { encodeLeaf } from '#domain/transparency/leaf.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { insertDocumentKey, readDocumentKey } from './document-key-store.ts';
import { renewImpression } from './impressions.ts';
import type { CertificateState, IssuedCertificate, StepColumns } from './issuance-store.ts';
import { advanceCertificate, readForStep } from './issuance-store.ts';
import type { IssueDependencies } from './issue-dependencies.ts';
import { datedRecord, issueLeaf } from './issue-leaf.ts';
import type { DocumentMaker, Sealed } from './make-document.ts';
import { sha256Of } from './make-document.ts';
import { insertSeals, readSeals } from './seal-store.ts';
import type { PreparedSignature } from './sign/sign-document.ts';

type Under = { readonly dependencies: IssueDependencies; readonly certificate: IssuedCertificate };
type Step = (under: Under, bench: Workbench) => Promise<void>;

type Make<Value> = (certificate: IssuedCertificate) => Promise<Value>;

/** What one run has in its hands; a run that begins in the middle makes it again from what was committed, alike. */
type Workbench = {
  readonly maker: DocumentMaker;
  readonly claims: Make<readonly SealClaims[]>;
  readonly sealed: Make<Sealed>;
  readonly typeset: Make<Uint8Array>;
  readonly prepared: Make<PreparedSignature>;
  readonly signed: Make<Uint8Array>;
};

/** Of one impression, whose later states change nothing of what was made. */
const once = <Value>(make: Make<Value>): Make<Value> => {
  let made: Promise<Value> | undefined;
  return (certificate) => (made ??= make(certificate));
};

const openWorkbench = ({ db }: IssueDependencies, maker: DocumentMaker): Workbench => {
  const claims = once(({ record }) => maker.claims(record));
  const sealed = once(async ({ id, pages, checkCode, logged }) => {
    const seals = await readSeals(db, id);
    return { seals, pages: pages ?? 0, checkCode: checkCode ?? '', proof: logged?.proof ?? null };
  });
  const typeset = once(async (of) => maker.typeset(of.record, await sealed(of)));
  const prepared = once(async (of) => maker.prepare(of.record, await typeset(of)));
  const signed = once(async (of) => maker.sign(of.record, await sealed(of), await prepared(of)));
  return { maker, claims, sealed, typeset, prepared, signed };
};

type Commit = {
  readonly to: CertificateState;
  readonly columns?: StepColumns;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly also?: (tx: DatabaseTransaction) => Promise<void>;
};

/** Commits a step with its event; without effect when another run was first. */
const commit = ({ dependencies, certificate }: Under, { to, columns = {}, data = {}, also }: Commit) =>
  transaction(dependencies.db, async (tx) => {
    const { id, state: from, orderId, record } = certificate;
    if (!(await advanceCertificate(tx, id, { from, to, columns }))) return;
    await also?.(tx);
    const { serial, impression } = record;
    await recordEvent(tx, {
      at: dependencies.clock.now(),
      type: `certificate.${to}`,
      subject: `order:${orderId}`,
      actor: 'system',
      data: { serial, impression, ...data },
    });
  });

/** Made otherwise than it was announced: what may have been signed is void, and the next impression begins anew. */
const abandon = ({ dependencies, certificate }: Under): Promise<unknown> =>
  transaction(dependencies.db, (tx) => renewImpression(tx, dependencies, certificate.id, 'never-released'));

/** The leaf comes first: its place and instant are in the seal, and the instant's day is the date of issue. */
const enter: Step = async (under, bench) => {
  const { dependencies, certificate } = under;
  const { log } = dependencies;
  const claims = await bench.claims(certificate);
  const build = (at: Temporal.Instant) => issueLeaf(certificate, claims, at);
  const place = await log.append({ ...certificate.record, kind: 'issue', build });
  // A run before us may have entered it and made it otherwise, from another template or font.
  if (Buffer.compare(place.entry, encodeLeaf(await build(place.at))) !== 0)
    return void (await abandon(under));
  const columns = {
    record: JSON.stringify(datedRecord(certificate.record, place.at)),
    log_index: BigInt(place.index),
    log_proof: await log.prove(place.index),
  };
  await commit(under, { to: 'logged', columns, data: { index: place.index } });
};

const seal: Step = async (under, bench) => {
  const { certificate } = under;
  const { record, salt, logged } = certificate;
  if (logged === null) throw new AkashiError('unexpected', { check: 'log' });
  const { issueDate, issuedAt } = record;
  const place = {
    issueDate,
    issuedAt: Math.floor(Date.parse(issuedAt) / 1000),
    logIndex: logged.index,
    salt,
  };
  const claims = (await bench.claims(certificate)).map((page) => ({ ...page, ...place }));
  const { seals, pages, checkCode } = await bench.maker.seal(claims);
  await commit(under, {
    to: 'sealed',
    columns: { pages, check_code: checkCode },
    data: { pages },
    also: (tx) => insertSeals(tx, certificate.id, seals),
  });
};

const typeset: Step = async (under, bench) =>
  commit(under, { to: 'typeset', data: { sha256: sha256Of(await bench.typeset(under.certificate)) } });

const intend: Step = async (under, bench) => {
  const { sha256 } = await bench.prepared(under.certificate);
  await commit(under, { to: 'intended', columns: { intent_sha256: sha256 }, data: { sha256 } });
};

const sign: Step = async (under, bench) => {
  const { dependencies, certificate } = under;
  if ((await bench.prepared(certificate)).sha256 !== certificate.intentSha256)
    return void (await abandon(under));
  const sha256 = sha256Of(await bench.signed(certificate));
  await commit(under, {
    to: 'signed',
    columns: { sha256 },
    data: { sha256 },
    also: (tx) => insertDocumentKey(tx, certificate.id, dependencies.createKey()),
  });
};

/** The key is in its table before the file is written: two runs at once write files that the one key opens. */
const store: Step = async (under, bench) => {
  const { dependencies, certificate } = under;
  const pdf = await bench.signed(certificate);
  if (sha256Of(pdf) !== certificate.sha256) return void (await abandon(under));
  const key = await readDocumentKey(dependencies.db, certificate.id);
  if (key === null) throw new AkashiError('unexpected', { check: 'key' });
  await dependencies.files.write(certificate.id, dependencies.encrypt(key, pdf));
  await commit(under, { to: 'stored' });
};

const register: Step = async (under) => {
  const { dependencies, certificate } = under;
  const key = await readDocumentKey(dependencies.db, certificate.id);
  if (key === null) throw new AkashiError('unexpected', { check: 'key' });
  const again = dependencies.decrypt(key, await dependencies.files.read(certificate.id));
  if (sha256Of(again) !== certificate.sha256) throw new AkashiError('unexpected', { check: 'stored' });
  const data = { sha256: certificate.sha256, pages: certificate.pages ?? 0 };
  await commit(under, {
    to: 'made',
    columns: { made_at: dependencies.clock.now() },
    data,
    also: (tx) => addJob(tx, 'publish-typed-records', { certificateId: certificate.id }),
  });
};

const STEPS: Readonly<Record<Exclude<CertificateState, 'made' | 'destroyed'>, Step>> = {
  reserved: enter,
  logged: seal,
  sealed: typeset,
  typeset: intend,
  intended: sign,
  signed: store,
  stored: register,
};

/**
 * Takes one impression from wherever it stands to `made`, each step committed with its event before the next begins.
 * True when nothing is left to do; false while issuing is halted.
 */
export const issueCertificate = async (
  dependencies: IssueDependencies,
  certificateId: string,
): Promise<boolean> => {
  const bench = openWorkbench(dependencies, dependencies.maker.forOne());
  for (;;) {
    const { certificate, halted } = await readForStep(dependencies.db, certificateId);
    const { state, status } = certificate;
    if (status !== 'valid') {
      // It may have been withdrawn between its leaf and this look; saying so twice says it once.
      await addJob(dependencies.db, 'log-withdrawal', { certificateId });
      return true;
    }
    if (state === 'made' || state === 'destroyed') return true;
    if (halted) return false;
    await STEPS[state]({ dependencies, certificate }, bench);
  }
};
