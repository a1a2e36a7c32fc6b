import { findCertificateType } from '#domain/certificate/certificate-type.ts';
import type { ChangedFact } from '#domain/certificate/changed-facts.ts';
import { changedFacts } from '#domain/certificate/changed-facts.ts';
import { printedNames } from '#domain/certificate/printed-names.ts';
import type { CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import { deadlineAfterDays } from '#domain/dates.ts';
import { rulesAtSealing } from '#domain/eligibility/rules.ts';
import { AkashiError } from '#domain/error.ts';
import { PAID_STATES } from '#domain/order/states.ts';
import type { EnrolmentStatus, PersonRecord } from '#domain/person/person.ts';
import { NO_FACTS } from '#domain/person/person.ts';
import type { Database, DatabaseTransaction } from '#platform/database/database.ts';
import { forgettable, together, transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { freeze } from './freeze.ts';
import type { OrderLine } from './line-store.ts';
import { moveLine, readOrderLines } from './line-store.ts';
import { assessWish } from './list-offers.ts';
import { mailLineNews } from './mails/line-mail.ts';
import { lockOrderState } from './order-state-store.ts';
import type { Order } from './order-store.ts';
import { readOrder } from './order-store.ts';
import type { RefusalReason } from './refusal-reason.ts';
import type { WishDetails } from './wish-details.ts';

/** What a second look at one line says. */
export type LineCheck =
  | { readonly answer: 'clear'; readonly snapshot: CertificateSnapshot; readonly status: EnrolmentStatus }
  | {
      readonly answer: 'hold';
      readonly changed: readonly ChangedFact[];
      readonly snapshot: CertificateSnapshot;
      readonly status: EnrolmentStatus;
    }
  | { readonly answer: 'refuse'; readonly reason: RefusalReason };

const readRecord = async (
  { register }: OrderingDependencies,
  personId: string,
  now: Temporal.Instant,
): Promise<PersonRecord | null> => {
  try {
    return await register.readRecord(personId, now);
  } catch (error) {
    if (error instanceof AkashiError && error.code === 'not-found') return null;
    throw error;
  }
};

/** What the student typed, as the certificate says it. */
const detailsOf = (
  { university }: OrderingDependencies,
  { reference, statement }: CertificateSnapshot,
): WishDetails => {
  if (statement.kind !== 'fare-discount') return { reference, fareDiscount: null };
  const { purposeCode, sectionFrom, sectionTo } = statement;
  const purpose = university.fareDiscountPurposes.find(({ code }) => code === purposeCode);
  return { reference, fareDiscount: purpose === undefined ? null : { purpose, sectionFrom, sectionTo } };
};

/** One line by itself, by the same rules as when it was ordered, against the register as it is now. */
export const checkLine = async (
  dependencies: OrderingDependencies,
  order: Pick<Order, 'personId'>,
  line: OrderLine,
): Promise<LineCheck> => {
  const now = dependencies.clock.now();
  const type = findCertificateType(dependencies.university.certificateTypes, line.certificateType);
  if (type === undefined || !type.offered) return { answer: 'refuse', reason: 'not-offered' };
  const found = await readRecord(dependencies, order.personId, now);
  const enrolment = found?.enrolments.find(({ id }) => id === line.enrolmentId);
  if (found === null || enrolment === undefined) return { answer: 'refuse', reason: 'not-in-register' };
  const { person, holds, facts: known } = found;
  const { healthExaminations } = known;
  const facts = known.enrolments.get(enrolment.id) ?? NO_FACTS;
  const details = detailsOf(dependencies, line.snapshot);
  const wish = { person, enrolment, type, language: line.language, facts, healthExaminations, details };
  const applicant = { holds, ordered: { today: 0, thisAcademicYear: 0 }, copies: line.copies };
  const asked = { ...wish, type: { ...type, eligibility: rulesAtSealing(type.eligibility) } };
  const eligibility = assessWish(dependencies, asked, applicant, now);
  if (!eligibility.eligible) return { answer: 'refuse', reason: eligibility.reason };
  const snapshot = freeze(dependencies, wish, now);
  const { status } = enrolment;
  if (dependencies.preview.missingGlyphs(printedNames(snapshot)).length > 0) {
    // The same name could be printed when it was ordered: this machine lacks a font that another has.
    if (printedNames(line.snapshot) === printedNames(snapshot))
      throw new AkashiError('unavailable', { fonts: 'name' });
    return { answer: 'refuse', reason: 'unprintable-name' };
  }
  // Orders older than the column have no status to compare.
  const frozen = { snapshot: line.snapshot, status: line.enrolmentStatus ?? status };
  const changed = changedFacts(frozen, { snapshot, status });
  return changed.length === 0
    ? { answer: 'clear', snapshot, status }
    : { answer: 'hold', changed, snapshot, status };
};

/** Until when a held line can be confirmed: as long as the rest of its order can be printed. What is free is never paid. */
export const confirmDeadline = (
  { university }: Pick<OrderingDependencies, 'university'>,
  { paidAt, namesDeadline, submittedAt }: Pick<Order, 'paidAt' | 'namesDeadline' | 'submittedAt'>,
): Temporal.Instant =>
  deadlineAfterDays(paidAt ?? namesDeadline ?? submittedAt, university.deadlines.printDays);

/** A line that will not be issued: the student is told, and the money goes back without being asked for. */
export const refuseLine = async (
  tx: DatabaseTransaction,
  dependencies: OrderingDependencies,
  order: Order,
  refusal: { line: OrderLine; reason: RefusalReason; actor: string },
): Promise<void> => {
  const { line, reason, actor } = refusal;
  const at = dependencies.clock.now();
  const orderId = order.id;
  await moveLine(tx, { orderId, line, event: 'refuse', reasons: [reason], at, actor });
  await addJob(tx, 'refund-lines', { orderId, lineIds: line.id, reason }, { key: `refund-lines:${line.id}` });
  await mailLineNews(tx, dependencies, order, { kind: 'refused', line, reason });
};

const holdLine = async (
  tx: DatabaseTransaction,
  dependencies: OrderingDependencies,
  order: Order,
  {
    line,
    changed,
    proposed,
  }: { line: OrderLine; changed: readonly ChangedFact[]; proposed: CertificateSnapshot },
): Promise<void> => {
  const at = dependencies.clock.now();
  const orderId = order.id;
  await moveLine(tx, { orderId, line, event: 'hold', reasons: changed, proposed, at, actor: 'system' });
  const deadline = confirmDeadline(dependencies, order);
  await addJob(
    tx,
    'end-line-hold',
    { orderId, lineId: line.id },
    { key: `end-line-hold:${line.id}`, runAt: deadline.add({ seconds: 1 }) },
  );
  await mailLineNews(tx, dependencies, order, { kind: 'held', line, deadline });
};

/** The line under its order's lock; null when it is not in `state` any more, or its order's money goes back. */
export const lockLine = async (
  tx: Database,
  orderId: string,
  lineId: string,
  state: OrderLine['state'],
): Promise<OrderLine | null> => {
  const [orderState, lines] = await Promise.all([lockOrderState(tx, orderId), readOrderLines(tx, orderId)]);
  if (orderState === null || !PAID_STATES.includes(orderState)) return null;
  const line = lines.find(({ id }) => id === lineId);
  return line?.state === state ? line : null;
};

/**
 * Looks at every line again that is not cleared yet, each by itself and in its own transaction: a line that fails holds
 * only itself. What was looked at before stays as it is.
 */
export const recheckLines = async (dependencies: OrderingDependencies, orderId: string): Promise<void> => {
  const { db, clock } = dependencies;
  const [order, lines] = await together(db, (one) =>
    Promise.all([readOrder(one, orderId), readOrderLines(one, orderId)]),
  );
  for (const line of lines) {
    if (line.state !== 'ordered') continue;
    const check = await checkLine(dependencies, order, line);
    // A mail leaves before anything else of it is committed: only what tells nobody anything may be forgotten.
    const inOne = check.answer === 'clear' ? forgettable : transaction;
    await inOne(db, async (tx) => {
      if ((await lockLine(tx, orderId, line.id, 'ordered')) === null) return;
      if (check.answer === 'refuse') {
        await refuseLine(tx, dependencies, order, { line, reason: check.reason, actor: 'system' });
      } else if (check.answer === 'hold') {
        const { changed, snapshot: proposed } = check;
        await holdLine(tx, dependencies, order, { line, changed, proposed });
      } else {
        await moveLine(tx, { orderId, line, event: 'clear', at: clock.now(), actor: 'system' });
      }
    });
  }
};
