import { AkashiError } from '#domain/error.ts';
import { encodeLeaf } from '#domain/transparency/leaf.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { forgettable, transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { insertDocumentKey } from './document-key-store.ts';
import { renewImpression } from './impressions.ts';
import type { CertificateState, IssuedCertificate } from './issuance-store.ts';
import type { IssueDependencies } from './issue-dependencies.ts';
import { datedRecord, issueLeaf } from './issue-leaf.ts';
import { requireSheets, sha256Of } from './make-document.ts';
import { insertSeals } from './seal-store.ts';
import type { ForStep, StepChange } from './step-store.ts';
import { advanceCertificate, readForStep } from './step-store.ts';
import type { Workbench } from './workbench.ts';
import { openWorkbench } from './workbench.ts';

type Under = {
  readonly dependencies: IssueDependencies;
  readonly certificate: IssuedCertificate;
  /** Rows on each sheet as they were counted when it was ordered; null has them measured. */
  readonly counted: readonly number[] | null;
};
type Done = {
  readonly to: CertificateState;
  readonly change?: StepChange;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly also?: (tx: DatabaseTransaction) => Promise<void>;
};
/** Null when it comes out otherwise than was announced. */
type Step = (under: Under, bench: Workbench) => Promise<Done | null>;

/** Made otherwise than it was announced: what may have been signed is void, and the next impression begins anew. */
const abandon = ({ dependencies, certificate }: Under): Promise<unknown> =>
  transaction(dependencies.db, (tx) => renewImpression(tx, dependencies, certificate.id, 'never-released'));

/** The leaf comes first: its place and instant are in the seal, and the instant's day is the date of issue. */
const enter: Step = async (under, bench) => {
  const { dependencies, certificate, counted } = under;
  const { log } = dependencies;
  const claims = await bench.claims(certificate, counted);
  const build = (at: Temporal.Instant) => issueLeaf(certificate, claims, at);
  const place = await log.append({ ...certificate.record, kind: 'issue', build });
  // A run before us may have entered it and made it otherwise, from another template or font.
  if (Buffer.compare(place.entry, encodeLeaf(await build(place.at))) !== 0) return null;
  const record = datedRecord(certificate.record, place.at);
  const logged = { index: place.index, proof: await log.prove(place.index) };
  return { to: 'logged', change: { record, logged }, data: { index: place.index } };
};

const seal: Step = async ({ certificate, counted }, bench) => {
  const { record, salt, logged } = certificate;
  if (logged === null) throw new AkashiError('unexpected', { check: 'log' });
  const { issueDate, issuedAt } = record;
  const place = {
    issueDate,
    issuedAt: Math.floor(Date.parse(issuedAt) / 1000),
    logIndex: logged.index,
    salt,
  };
  const claims = (await bench.claims(certificate, counted)).map((page) => ({ ...page, ...place }));
  const { seals, pages, checkCode } = await bench.seal(claims);
  return {
    to: 'sealed',
    change: { pages, checkCode },
    data: { pages },
    also: (tx) => insertSeals(tx, certificate.id, seals),
  };
};

/** What was counted at the order and came out otherwise begins anew, and is measured; what was measured must fit. */
const typeset: Step = async ({ certificate, counted }, bench) => {
  const sheets = await bench.typeset(certificate);
  if (sheets === null && counted !== null) return null;
  return { to: 'typeset', data: { sha256: sha256Of(requireSheets(sheets)) } };
};

const intend: Step = async ({ certificate }, bench) => {
  const { sha256 } = await bench.prepared(certificate);
  return { to: 'intended', change: { intentSha256: sha256 }, data: { sha256 } };
};

const sign: Step = async ({ certificate }, bench) => {
  if ((await bench.prepared(certificate)).sha256 !== certificate.intentSha256) return null;
  const sha256 = sha256Of(await bench.signed(certificate));
  return {
    to: 'signed',
    change: { sha256 },
    data: { sha256 },
    also: (tx) => insertDocumentKey(tx, certificate.id, bench.newKey()),
  };
};

/** The key is in its table before the file is written: two runs at once write files that the one key opens. */
const store: Step = async ({ dependencies, certificate }, bench) => {
  const pdf = await bench.signed(certificate);
  if (sha256Of(pdf) !== certificate.sha256) return null;
  await dependencies.files.write(certificate.id, dependencies.encrypt(await bench.key(certificate), pdf));
  return { to: 'stored' };
};

const register: Step = async ({ dependencies, certificate }, bench) => {
  const { id, sha256, pages } = certificate;
  const again = dependencies.decrypt(await bench.key(certificate), await dependencies.files.read(id));
  if (sha256Of(again) !== sha256) throw new AkashiError('unexpected', { check: 'stored' });
  return {
    to: 'made',
    change: { madeAt: dependencies.clock.now() },
    data: { sha256, pages: pages ?? 0 },
    also: (tx) => addJob(tx, 'publish-typed-records', { certificateId: id }, { patient: true }),
  };
};

const STEPS: Readonly<Partial<Record<CertificateState, Step>>> = {
  reserved: enter,
  logged: seal,
  sealed: typeset,
  typeset: intend,
  intended: sign,
  signed: store,
  stored: register,
};

/** Must be committed before the next step: before the document key signs, before the file's key is used, at the end. */
const KEPT: ReadonlySet<CertificateState> = new Set(['intended', 'signed', 'made']);

/** Nothing follows the last of them but the job's other commits: what is made is in nobody's hands before one that waits. */
const transactionTo = (state: CertificateState | undefined) => (state === 'made' ? forgettable : transaction);

/** Takes the steps up to the next state that must be kept; null where what is committed now is not theirs. */
const advance = async (from: Under, bench: Workbench): Promise<ForStep | null> => {
  const taken: Done[] = [];
  let under = from;
  for (let step = STEPS[from.certificate.state]; step !== undefined; ) {
    const done = await step(under, bench);
    if (done === null) {
      await abandon(under);
      return null;
    }
    taken.push(done);
    under = { ...under, certificate: { ...under.certificate, ...done.change, state: done.to } };
    step = KEPT.has(done.to) ? undefined : STEPS[done.to];
  }
  const committed = await commit(from, taken);
  return committed && { ...under, ...committed };
};

/** Commits steps with an event each; null, and without effect, when another run was first. */
const commit = (
  { dependencies, certificate }: Under,
  taken: readonly Done[],
): Promise<Pick<ForStep, 'halted'> | null> =>
  transactionTo(taken.at(-1)?.to)(dependencies.db, async (tx) => {
    const { id, state: from, orderId, record } = certificate;
    const to = taken.at(-1)?.to ?? from;
    const change: StepChange = Object.assign({}, ...taken.map((done) => done.change));
    const now = await advanceCertificate(tx, id, { from, to, change });
    if (now === null) return null;
    const { serial, impression } = record;
    const of = { subject: `order:${orderId}`, actor: 'system', at: dependencies.clock.now() };
    for (const done of taken) {
      await done.also?.(tx);
      const data = { serial, impression, ...done.data };
      await recordEvent(tx, { ...of, type: `certificate.${done.to}`, data });
    }
    return now;
  });

/**
 * Takes one impression from wherever it stands to `made`; its steps are committed, with their events, in three parts.
 * True when nothing is left to do; false while issuing is halted.
 */
export const issueCertificate = async (
  dependencies: IssueDependencies,
  certificateId: string,
): Promise<boolean> => {
  let bench = openWorkbench(dependencies);
  for (let now: ForStep | null = null; ; ) {
    now ??= await readForStep(dependencies.db, certificateId);
    const { certificate, counted, halted }: ForStep = now;
    const { state, status } = certificate;
    if (status !== 'valid') {
      // It may have been withdrawn between its leaf and this look; saying so twice says it once.
      await addJob(dependencies.db, 'log-withdrawal', { certificateId });
      return true;
    }
    if (STEPS[state] === undefined) return true;
    if (halted) return false;
    now = await advance({ dependencies, certificate, counted }, bench);
    // What another run committed goes on from its seals, not from ours.
    if (now === null) bench = openWorkbench(dependencies);
  }
};
