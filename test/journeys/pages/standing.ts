import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { copiesField, readDraftContent } from '#domain/order/draft.ts';
import { saveDraft } from '#features/ordering/draft-store.ts';
import { placeOrder, transitionOrder } from '#features/ordering/index.ts';
import { findPersonByPrincipal } from '#features/register/index.ts';
import { createSession } from '#features/sign-in/session-store.ts';
import { systemClock } from '#platform/clock.ts';
import { hashToken } from '#platform/crypto/token.ts';
import { loadUniversity } from '#src/config.ts';
import { openService } from '#test/support/issuing.ts';
import type { TestService } from '#test/support/service.ts';
import { CONFIGURATION } from '#test/support/service.ts';

export const WHO = ['nobody', 'student', 'newcomer', 'fresh'] as const;
/** Nobody; a student with everything; one without a confirmed address; one who has not agreed to the terms. */
export type Who = (typeof WHO)[number];
type Destination = 'store' | 'campus' | 'post' | 'counter' | 'digital';

/** What is there while the pages are looked at, and how it is changed from one to the next. */
export type Standing = TestService & {
  readonly cookieOf: Readonly<Record<Exclude<Who, 'nobody'>, string>>;
  readonly studentId: string;
  readonly newcomerId: string;
  /** Order numbers; all paid and made but `unpaid`. */
  readonly orders: Readonly<Record<Destination | 'unpaid', string>>;
  /** Fields of copies of the student's certificates: of enrolment, then the transcript. */
  readonly fields: readonly string[];
  readonly draft: (
    destination: Destination,
    content?: Partial<{ copies: object; typed: object }>,
  ) => Promise<void>;
  readonly setOrder: (orderNumber: string, state: string) => Promise<void>;
  /** A one-time URL's token, of a request in that state. */
  readonly addRequest: (accountId: string, state: Partial<RequestState>) => Promise<string>;
  readonly deliveryToken: () => Promise<string>;
  /** Accounts and sessions as they were at first. */
  readonly reset: () => Promise<void>;
};

type RequestState = { purpose: 'register' | 'change'; expires: string; used: boolean; voided: string };

const RECIPIENTS = [
  {
    organisation: 'Northern University, Graduate School of Informatics',
    mail: 'admissions@uni.example',
    code: 'no',
  },
  { organisation: '株式会社あかつきホールディングス', mail: 'suzuki@firm.example', code: 'yes' },
];

const addPerson = async ({ db }: TestService, user: string, own: { mail: boolean; terms: string | null }) => {
  const now = systemClock.now();
  const principal = `${user}@akatsuki.example`;
  const found = await findPersonByPrincipal(db, { eppn: principal, studentNumbers: [] });
  if (found === null) throw new Error(`${user} is not in the register`);
  const { id: accountId } = await db
    .insertInto('account')
    .values({
      identity_provider: 'https://idp.akatsuki.example/idp',
      principal_name: principal,
      mail_address: own.mail ? `${user}@example.jp` : null,
      mail_verified_at: own.mail ? now : null,
      terms_version: own.terms,
      terms_accepted_at: own.terms === null ? null : now,
      created_at: now,
      last_sign_in_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const session = {
    accountId,
    personId: found.personId,
    userAgent: 'Firefox',
    signedInAt: now,
    authnContext: '',
    now,
  };
  return { accountId, personId: found.personId, cookie: await createSession(db, session), session };
};

export const standUp = async (service: TestService): Promise<Standing> => {
  const { db } = service;
  const { legal } = await loadUniversity(CONFIGURATION);
  const terms = legal.terms.version;
  const student = await addPerson(service, 'a0123456', { mail: true, terms });
  await createSession(db, {
    ...student.session,
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)',
  });
  const newcomer = await addPerson(service, 'm0234567', { mail: false, terms });
  const fresh = await addPerson(service, 'x0345678', { mail: false, terms: null });
  const { parts, jobs } = await openService(db, { ...service, clock: systemClock });
  const { id: enrolmentId } = await db
    .selectFrom('enrolment')
    .select('id')
    .where('student_number', '=', '1029310001')
    .executeTakeFirstOrThrow();
  const fields = [
    copiesField(enrolmentId, 'enrolment', 'ja'),
    copiesField(enrolmentId, 'enrolment', 'en'),
    copiesField(enrolmentId, 'transcript', 'ja'),
  ];
  const [first = '', second = ''] = fields;
  const { accountId: studentId, personId } = student;

  const draft: Standing['draft'] = async (destination, content = {}) => {
    const key = randomBytes(8).toString('hex');
    const whole = { destination, copies: { [first]: '1', [second]: '2' }, typed: {}, key, ...content };
    await saveDraft(db, studentId, readDraftContent(whole), systemClock.now());
  };
  const typedFor = (destination: Destination): object => {
    const put = { [`put.1.${first}`]: '1', [`put.1.${second}`]: '1', [`put.2.${second}`]: '1' };
    if (destination === 'post')
      return {
        ...put,
        parcels: '1',
        [`put.1.${second}`]: '2',
        'to.1': 'me',
        'name.1': '佐藤 美咲',
        'country.1': 'JP',
        'postcode.1': '606-8501',
        'address.1': '京都市左京区吉田本町',
      };
    if (destination !== 'digital') return {};
    const each = RECIPIENTS.flatMap(({ organisation, mail, code }, index) =>
      Object.entries({ organisation, mail, again: mail, language: 'en', code, reference: '' }).map(
        ([name, value]) => [`${name}.${index + 1}`, value],
      ),
    );
    return { ...put, parcels: '2', ...Object.fromEntries(each) };
  };
  const place = async (destination: Destination, paid: boolean): Promise<string> => {
    await draft(destination, { typed: typedFor(destination) });
    const { content } = await db
      .selectFrom('order_draft')
      .select('content')
      .where('account_id', '=', studentId)
      .executeTakeFirstOrThrow();
    const { key } = readDraftContent(content);
    const submission = { accountId: studentId, personId, language: 'ja' as const, idempotencyKey: key };
    const { id: orderId, orderNumber, state } = await placeOrder(parts.ordering, submission);
    if (!paid) return orderNumber;
    if (state === 'awaiting_payment')
      await transitionOrder(db, { orderId, event: 'settle', at: systemClock.now(), actor: 'system' });
    await jobs['issue-order']?.({ orderId });
    const printed = destination === 'store' || destination === 'campus';
    if (printed) await jobs['prepare-print']?.({ orderId });
    if (destination === 'digital') await jobs['send-order']?.({ orderId });
    return orderNumber;
  };
  const orders = {
    unpaid: await place('store', false),
    store: await place('store', true),
    campus: await place('campus', true),
    post: await place('post', true),
    counter: await place('counter', true),
    digital: await place('digital', true),
  };
  parts.close();

  return {
    ...service,
    cookieOf: { student: student.cookie, newcomer: newcomer.cookie, fresh: fresh.cookie },
    studentId,
    newcomerId: newcomer.accountId,
    orders,
    fields,
    draft,
    setOrder: async (orderNumber, state) => {
      const paid = !['awaiting_payment', 'awaiting_names', 'expired', 'cancelled'].includes(state);
      await sql`update certificate_order set state = ${state}, names_deadline = now() + interval '2 days',
        receipt_addressee = null, paid_at = case when ${paid} then now() end
        where order_number = ${orderNumber}`.execute(db);
    },
    addRequest: async (accountId, { purpose = 'register', expires = '30 minutes', used, voided }) => {
      const token = randomBytes(32).toString('base64url');
      const replaces = purpose === 'change' ? 'a0123456@example.jp' : null;
      await sql`delete from mail_address_undo where account_id = ${accountId}`.execute(db);
      await sql`delete from mail_address_request where account_id = ${accountId}`.execute(db);
      await sql`insert into mail_address_request (id, account_id, session_id, purpose, address, replaces, token_hash,
        code_hash, requested_at, expires_at, used_at, voided_at, voided_by)
        select ${randomUUID()}, ${accountId}, session.id, ${purpose}, 'misaki@example.jp', ${replaces},
        ${hashToken(token)}, ${hashToken('code')}, now(), now() + ${expires}::interval,
        case when ${used === true} then now() end, case when ${voided ?? null}::text is not null then now() end,
        ${voided ?? null}::text from session where account_id = ${accountId} limit 1`.execute(db);
      return token;
    },
    reset: async () => {
      await db.deleteFrom('attempt').execute();
      await db.deleteFrom('correction_request').execute();
      await sql`update session set signed_in_at = now(), seen_at = now(), ended_at = null`.execute(db);
      await sql`update account set mail_address = null, mail_verified_at = null where id <> ${studentId}`.execute(
        db,
      );
      await sql`update account set mail_address = 'a0123456@example.jp', mail_verified_at = now(),
        mail_bounced_at = null, mail_bounce_status = null where id = ${studentId}`.execute(db);
      await sql`update enrolment set expected_graduation_date = '2028-03-24'
        where student_number = '1029310001'`.execute(db);
    },
    deliveryToken: async () => {
      const mail = await db
        .selectFrom('mail_outbox')
        .select('text_body')
        .where('recipient', '=', 'admissions@uni.example')
        .executeTakeFirstOrThrow();
      return /\/delivery\/([\w-]+)/.exec(mail.text_body)?.[1] ?? '';
    },
  };
};
