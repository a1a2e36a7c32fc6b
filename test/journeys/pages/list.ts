import { sql } from 'kysely';
import { ORDER_STATES } from '#domain/order/states.ts';
import type { Standing, Who } from './standing.ts';

export type LookedAt = {
  /** The route as it is mounted; of what only a form answers, that of the form. */
  readonly route: string;
  readonly name: string;
  readonly as?: Who;
  readonly path: (standing: Standing) => string | Promise<string>;
  /** Brings the state about. */
  readonly prepare?: (standing: Standing) => Promise<unknown>;
  /** Posted from there: the page is what the form answers. */
  readonly form?: (standing: Standing) => Readonly<Record<string, string>>;
  readonly status?: number;
};

const plain = (path: string, own: Partial<LookedAt> = {}): LookedAt => ({
  route: path,
  name: path,
  path: () => path,
  ...own,
});
const legal = (name: string): LookedAt => plain(`/legal/${name}`, { route: '/legal/:page' });

/** What everybody may read. */
const PUBLIC: readonly LookedAt[] = [
  plain('/'),
  plain('/inquiries'),
  plain('/browsers'),
  ...['terms', 'privacy', 'commercial-transactions', 'accessibility'].map(legal),
  plain('/manual'),
  plain('/manual?q=a', { route: '/manual', name: 'manual, found' }),
  plain('/manual?q=zzzzzzzz', { route: '/manual', name: 'manual, nothing found' }),
  plain('/sign-in/university'),
  plain('/signed-out'),
  plain('/no-such-page', { route: '', status: 404 }),
  plain('/orders', { route: '', name: 'not signed in', status: 401 }),
];

const VERIFICATION: readonly LookedAt[] = [
  plain('/verify'),
  plain('/verify', { name: 'nothing typed', form: () => ({ serial: '', checkCode: '' }), status: 422 }),
  plain('/verify', {
    name: 'no such certificate',
    form: () => ({ serial: 'AAAA-AAAA', checkCode: 'AAAA-AAAA-AAAA' }),
    status: 422,
  }),
];

/** The undo link of a change that the student has made. */
const addUndo = async ({ db, addRequest, studentId }: Standing): Promise<string> => {
  const token = await addRequest(studentId, { purpose: 'change', used: true });
  await sql`insert into mail_address_undo (request_id, account_id, old_address, new_address, token_hash, expires_at)
    select id, account_id, 'a0123456@example.jp', 'misaki@example.jp', token_hash, now() + interval '72 hours'
    from mail_address_request where account_id = ${studentId}`.execute(db);
  return token;
};

type Request = Parameters<Standing['addRequest']>[1];
const newcomers = (name: string, state: Request, own: Partial<LookedAt> = {}): LookedAt => ({
  route: '/mail-address/waiting',
  name: `waiting, ${name}`,
  as: 'newcomer',
  path: () => '/mail-address/waiting',
  prepare: ({ addRequest, newcomerId }) => addRequest(newcomerId, state),
  ...own,
});
const link = (name: string, as: Who, state: Request, status: number): LookedAt => ({
  route: '/mail-address/confirm/:token',
  name: `one-time URL, ${name}`,
  as,
  path: async ({ addRequest, newcomerId }) => `/mail-address/confirm/${await addRequest(newcomerId, state)}`,
  status,
});
const confirmed = (name: string, as: Who, purpose: 'register' | 'change'): LookedAt => ({
  ...link(name, as, {}, 200),
  path: async ({ addRequest, newcomerId, studentId }) =>
    `/mail-address/confirm/${await addRequest(purpose === 'change' ? studentId : newcomerId, { purpose })}`,
  form: () => ({}),
});

const TYPED_WRONG = { address: 'someone@gmial.com', check: 'someone@example.jp', asked: '' };

const MAIL_ADDRESS: readonly LookedAt[] = [
  plain('/terms', { as: 'fresh' }),
  plain('/terms', { as: 'fresh', name: 'terms not agreed to', form: () => ({ agree: '' }), status: 422 }),
  plain('/mail-address', { as: 'newcomer' }),
  plain('/mail-address', { as: 'newcomer', name: 'address wrong', form: () => TYPED_WRONG, status: 422 }),
  plain('/mail-address/change', { as: 'student' }),
  plain('/mail-address/change', {
    as: 'student',
    name: 'new address wrong',
    form: () => ({ address: '', check: '', asked: '' }),
    status: 422,
  }),
  newcomers('open', {}),
  newcomers('asked too early', {}, { path: () => '/mail-address/waiting?asked=1&folded=1' }),
  newcomers('expired', { expires: '-1 minute' }),
  newcomers('void', { voided: 'tries' }),
  newcomers('cancelled by the office', { voided: 'staff' }),
  newcomers('confirmed elsewhere', { used: true }),
  newcomers(
    'wrong code',
    {},
    {
      route: '/mail-address/code',
      path: () => '/mail-address/code',
      form: () => ({ code: '123' }),
      status: 422,
    },
  ),
  newcomers(
    'sent again too soon',
    {},
    {
      route: '/mail-address/again',
      path: () => '/mail-address/again',
      form: () => ({}),
      status: 429,
      prepare: async ({ db, addRequest, newcomerId }) => {
        await addRequest(newcomerId, {});
        await sql`insert into attempt (kind, key, at) values ('mail-address-account', ${newcomerId}, now())`.execute(
          db,
        );
      },
    },
  ),
  link('open', 'nobody', {}, 200),
  link('expired', 'nobody', { expires: '-1 minute' }, 410),
  link('used', 'nobody', { used: true }, 200),
  ...['newer', 'tries', 'staff', 'undo', 'lost-binding'].map((voided) =>
    link(`void: ${voided}`, 'nobody', { voided }, 410),
  ),
  link('somebody else', 'student', {}, 409),
  { ...link('unknown', 'nobody', {}, 404), path: () => '/mail-address/confirm/abc' },
  confirmed('confirmed', 'nobody', 'register'),
  confirmed('changed', 'student', 'change'),
  {
    route: '/mail-address/undo/:token',
    name: 'undo',
    path: async (standing) => `/mail-address/undo/${await addUndo(standing)}`,
  },
  {
    route: '/mail-address/undo/:token',
    name: 'undone',
    path: async (standing) => `/mail-address/undo/${await addUndo(standing)}`,
    form: () => ({}),
  },
  plain('/mail-address/undo/abc', { route: '/mail-address/undo/:token', status: 410 }),
];

/** The notice above the page where a sign-in lands. */
const noticed = (name: string, change: (standing: Standing) => Promise<unknown>): LookedAt =>
  plain('/order/destination', {
    as: 'student',
    name,
    prepare: async (standing) => {
      await standing.draft('store');
      await change(standing);
    },
  });

const drafting = (
  route: string,
  name: string,
  destination: Parameters<Standing['draft']>[0],
  own: Partial<LookedAt> = {},
): LookedAt => plain(route, { as: 'student', name, prepare: ({ draft }) => draft(destination), ...own });

const ORDERING: readonly LookedAt[] = [
  noticed('destination', async () => {}),
  noticed('mail comes back', ({ db, studentId }) =>
    sql`update account set mail_bounced_at = now(), mail_bounce_status = '5.1.1' where id = ${studentId}`.execute(
      db,
    ),
  ),
  noticed('campus address near graduation', async ({ db, studentId }) => {
    await sql`update account set mail_address = 'a@akatsuki.example' where id = ${studentId}`.execute(db);
    await sql`update enrolment set expected_graduation_date = current_date + 30 where student_number = '1029310001'`.execute(
      db,
    );
  }),
  plain('/order/destination', {
    as: 'student',
    name: 'no destination chosen',
    form: () => ({ destination: '' }),
    status: 422,
  }),
  ...(['store', 'campus', 'post', 'counter', 'digital'] as const).map((destination) =>
    drafting('/order/certificates', `certificates for ${destination}`, destination),
  ),
  drafting('/order/certificates', 'no certificate chosen', 'store', {
    form: ({ fields }) => ({ ...Object.fromEntries(fields.map((field) => [field, '0'])), action: 'next' }),
    status: 422,
  }),
  drafting('/order/certificates', 'too many copies', 'store', {
    form: ({ fields: [field = ''] }) => ({ [field]: '99', action: 'next' }),
    status: 422,
  }),
  ...(['post', 'counter', 'digital'] as const).map((destination) =>
    drafting('/order/delivery', `delivery by ${destination}`, destination),
  ),
  ...(['post', 'digital'] as const).map((destination) =>
    drafting('/order/delivery', `delivery by ${destination}, nothing filled in`, destination, {
      form: () => ({ action: 'next' }),
      status: 422,
    }),
  ),
  drafting('/order/delivery', 'two recipients', 'digital', { form: () => ({ action: 'add' }) }),
  drafting('/order/confirmation', 'confirmation', 'store'),
  drafting('/order/confirmation', 'confirmation, changed', 'store', {
    path: () => '/order/confirmation?changed=1',
  }),
  plain('/correction', { as: 'student' }),
  plain('/correction', {
    as: 'student',
    name: 'correction wrong',
    form: () => ({ details: '' }),
    status: 422,
  }),
  {
    ...plain('/correction', { as: 'student', name: 'correction asked for' }),
    route: '/correction/:number{[0-9A-Z]{5}-[0-9A-Z]{5}}',
    form: () => ({ matter: 'name', details: '髙橋の「髙」がはしごだかではありません。' }),
  },
  plain('/login-and-security', { as: 'student' }),
  plain('/mail-address/other-sessions', { as: 'student', form: () => ({}) }),
];

type Ordered = keyof Standing['orders'];
const ordered = (act: string, order: Ordered, state: string, own: Partial<LookedAt> = {}): LookedAt => ({
  route: `/orders/:number${act}`,
  name: `${order} order, ${state}${act}`,
  as: 'student',
  path: ({ orders }) => `/orders/${orders[order]}${act}`,
  prepare: ({ setOrder, orders }) => setOrder(orders[order], state),
  ...own,
});

const PRINTED = [
  'ready',
  'printing',
  'partly_printed',
  'outcome_unknown',
  'printed',
  'printed_unconfirmed',
  'lapsed',
];

const SLIPS = JSON.stringify([
  { chain: 'hinata-mart', number: '123456789012', confirmation: '1234' },
  { chain: 'potopi-24', number: '98765432109', confirmation: null },
]);

/** A payment under way at the company. */
const openPayment = async (
  { db, setOrder, orders }: Standing,
  method: string,
  slips: string,
): Promise<void> => {
  await setOrder(orders.unpaid, 'awaiting_payment');
  await sql`delete from payment`.execute(db);
  await sql`insert into payment (order_id, provider, method, amount_yen, language, state, checkout_id, checkout_url,
    slips, created_at, updated_at) select id, 'sandbox', ${method}, total_yen, 'ja', 'open', 'c1',
    'http://localhost/pay', ${slips}::jsonb, now(), now() from certificate_order
    where order_number = ${orders.unpaid}`.execute(db);
};

/** Every copy of the store's order came out a moment ago. */
const printAll = async ({ db, setOrder, orders }: Standing): Promise<void> => {
  await sql`update print_document set state = 'completed', completed_at = now() from print_job, certificate_order
    where print_job.id = job_id and order_id = certificate_order.id and order_number = ${orders.store}`.execute(
    db,
  );
  await setOrder(orders.store, 'printed');
};

const ORDERS: readonly LookedAt[] = [
  plain('/orders', { as: 'student' }),
  ...ORDER_STATES.map((state) => ordered('', 'store', state)),
  ordered('', 'campus', 'ready'),
  ...['to_print', 'to_ship', 'shipped', 'delivered'].map((state) => ordered('', 'post', state)),
  ...['to_print', 'ready_for_pickup', 'handed_over'].map((state) => ordered('', 'counter', state)),
  ...['to_send', 'sent', 'opened', 'downloaded', 'link_expired', 'recalled'].map((state) =>
    ordered('', 'digital', state),
  ),
  ...['paid', ...PRINTED].map((state) => ordered('/done', 'store', state)),
  ...['paid', ...PRINTED].map((state) => ordered('/done', 'campus', state)),
  ordered('/done', 'unpaid', 'awaiting_payment'),
  ordered('/cancel', 'store', 'ready'),
  ordered('/cancel', 'unpaid', 'awaiting_payment'),
  ordered('/receipt', 'store', 'printed'),
  ordered('/receipt', 'store', 'printed', {
    name: 'receipt without a name',
    form: () => ({ addressee: '' }),
    status: 422,
  }),
  ordered('/receipt', 'store', 'printed', {
    name: 'receipt named',
    form: () => ({ addressee: '株式会社あかし' }),
  }),
  ordered('/bad-print', 'store', 'printed', { prepare: printAll }),
  ordered('/bad-print', 'store', 'printed', {
    name: 'no bad copy named',
    prepare: printAll,
    form: () => ({}),
    status: 422,
  }),
  ordered('/payment', 'unpaid', 'awaiting_payment'),
  ordered('/payment', 'unpaid', 'awaiting_payment', {
    name: 'no way of paying chosen',
    form: () => ({ method: '' }),
    status: 422,
  }),
  ordered('/payment/return', 'unpaid', 'awaiting_payment'),
  ordered('/payment/continue', 'unpaid', 'awaiting_payment', {
    prepare: (standing) => openPayment(standing, 'card', '[]'),
  }),
  ordered('/payment', 'unpaid', 'awaiting_payment', {
    name: 'cash slips',
    prepare: (standing) => openPayment(standing, 'storeCash', SLIPS),
  }),
  ...[
    'expired',
    'cancelled',
    'paid_late',
    'refund_ready',
    'refund_submitted',
    'refunded',
    'awaiting_names',
  ].map((state) => ordered('/payment', 'unpaid', state, { status: 409 })),
  ordered('', 'store', 'held', {
    name: 'a line to answer',
    prepare: async ({ db, setOrder, orders }) => {
      await setOrder(orders.store, 'held');
      await sql`update order_line set state = 'held', state_reasons = '{name,status}',
        proposed_snapshot = jsonb_set(snapshot, '{person,nameJa}', '"鈴木 美咲"') from certificate_order
        where order_id = certificate_order.id and order_number = ${orders.store} and position = 1`.execute(
        db,
      );
    },
  }),
  ordered('', 'store', 'ready', {
    name: 'a line not issued',
    prepare: async ({ db, setOrder, orders }) => {
      await setOrder(orders.store, 'ready');
      await sql`update order_line set state = 'not_issued', state_reasons = '{declined}', proposed_snapshot = null
        from certificate_order
        where order_id = certificate_order.id and order_number = ${orders.store} and position = 1`.execute(
        db,
      );
    },
  }),
];

const sent = (act: string, own: Partial<LookedAt> = {}): LookedAt => ({
  ...ordered(`/delivery/:position${act}`, 'digital', 'sent'),
  path: ({ orders }) => `/orders/${orders.digital}/delivery/1${act}`,
  ...own,
});
const SENT = `state = 'sent', opened_at = null, recalled_at = null, extended_at = null, asks_code = false,
  code_hash = null, code_until = null, link_until = now() + interval '3 months'`;
const received = (name: string, change: string, own: Partial<LookedAt> = {}): LookedAt => ({
  route: '/delivery/:token',
  name: `recipient, ${name}`,
  path: async ({ deliveryToken }) => `/delivery/${await deliveryToken()}`,
  prepare: async ({ db }) => {
    await sql`update delivery set ${sql.raw(SENT)}`.execute(db);
    await sql`update delivery set ${sql.raw(change)}`.execute(db);
  },
  ...own,
});
const MAILED = "asks_code = true, code_hash = sha256('x'), code_until = now() + interval '10 minutes'";

const DELIVERY: readonly LookedAt[] = [
  sent('/recall'),
  sent('/resend'),
  sent('/resend', {
    name: 'address to send again to wrong',
    prepare: ({ db }) => sql`update delivery set bounced_at = now(), bounce_status = '5.1.1'`.execute(db),
    form: () => ({ mail: '', again: 'x' }),
    status: 422,
  }),
  received('sent', 'sendings = 1'),
  received('opened', "state = 'opened', opened_at = now()"),
  received('extended', "state = 'opened', opened_at = now(), extended_at = now()"),
  received('code asked for', 'asks_code = true'),
  received('code mailed', MAILED),
  received('code wrong', MAILED, {
    route: '/delivery/:token/open',
    path: async ({ deliveryToken }) => `/delivery/${await deliveryToken()}/open`,
    form: () => ({ code: '12' }),
    status: 422,
  }),
  received('recalled', "state = 'recalled', recalled_at = now()", { status: 410 }),
  received('expired', "link_until = now() - interval '1 day'", { status: 410 }),
  received('unknown', 'sendings = 1', { path: () => '/delivery/abc', status: 404 }),
];

/** Every page of the service in each of its states. */
export const LOOKED_AT: readonly LookedAt[] = [
  ...PUBLIC,
  ...VERIFICATION,
  ...MAIL_ADDRESS,
  ...ORDERING,
  ...DELIVERY,
  ...ORDERS,
];

/** What a GET answers without a page: files, machine-readable things, and ways on. */
export const NO_PAGES: readonly RegExp[] = [
  /^\/(assets|static)\//,
  /^\/saml\/(metadata|discovery)$/,
  /^\/sign-in$/,
  /^\/order$/,
  /^\/legal\/commercial$/,
  /^\/mail-address\/waiting\/state$/,
  /^\/verify\/(status|records|offline-worker|app)/,
  /^\/log\//,
  /^\/copier\//,
  /\.(png|pdf|svg)/,
  /^\/orders\/:number\/copy\//,
];
