import type { Database } from '#platform/database/database.ts';

/** What is there while the forms are tried: one order of the sender's, waiting for payment or paid. */
export type Standing = {
  readonly db: Database;
  readonly orderNumber: string;
  /** Fields of copies that the person may order. */
  readonly copies: Readonly<Record<string, string>>;
  readonly termsVersion: string;
};

export type HostileForm = {
  /** The route as it is mounted; the test fails for a route that nobody lists. */
  readonly route: string;
  readonly path: (standing: Standing) => string;
  /** A form that is right; each field of it is spoilt in turn. */
  readonly fields: (standing: Standing) => Readonly<Record<string, string>>;
  /** Brings about what the form needs. */
  readonly prepare?: (standing: Standing) => Promise<void>;
  /** Forms that must be answered with 422, the mistake beside the field named first. */
  readonly wrong?: readonly Readonly<Record<string, string>>[];
  /** Open to people who are not signed in. */
  readonly public?: true;
  /** Ends the session it comes with. */
  readonly ends?: true;
};

const nothing = (): Readonly<Record<string, string>> => ({});

const inState =
  (state: string, paid: boolean) =>
  async ({ db, orderNumber }: Standing): Promise<void> => {
    const paid_at = paid ? Temporal.Now.instant() : null;
    await db
      .updateTable('certificate_order')
      .set({ state, paid_at, receipt_addressee: null })
      .where('order_number', '=', orderNumber)
      .execute();
  };

const withDraft =
  (destination: string) =>
  async ({ db, copies }: Standing): Promise<void> => {
    const content = JSON.stringify({ destination, copies, typed: {}, key: 'a'.repeat(32) });
    await db.updateTable('order_draft').set({ content }).execute();
  };

const withAddress =
  (address: string | null) =>
  async ({ db }: Standing): Promise<void> => {
    await db.deleteFrom('attempt').execute();
    await db
      .updateTable('account')
      .set({ mail_address: address, mail_verified_at: address === null ? null : Temporal.Now.instant() })
      .execute();
  };

const ADDRESS = { address: 'someone@example.jp', check: 'someone@example.jp' };
const WRONG_ADDRESSES = [
  { address: '', check: '' },
  { address: 'no at sign', check: 'no at sign' },
  { check: 'another@example.jp', address: 'someone@example.jp' },
];
const order = (act: string) => ({
  route: `/orders/:number/${act}`,
  path: ({ orderNumber }: Standing) => `/orders/${orderNumber}/${act}`,
});
const fixed = (route: string) => ({ route, path: () => route });
const ENVELOPE = {
  action: 'next',
  'to.1': 'me',
  'sealed.1': 'no',
  'name.1': '佐藤 美咲',
  'country.1': 'JP',
  'postcode.1': '606-8501',
  'address.1': '京都市左京区吉田本町',
  'reference.1': '',
};
const RECIPIENT = {
  action: 'next',
  'organisation.1': 'Example Inc.',
  'department.1': '',
  'person.1': '',
  'mail.1': 'hr@example.com',
  'again.1': 'hr@example.com',
  'reference.1': '',
  'language.1': 'en',
};

/** Every form of the service that a browser posts. */
export const FORMS: readonly HostileForm[] = [
  { ...fixed('/language'), fields: () => ({ language: 'en', return: '/orders' }), public: true },
  {
    ...fixed('/verify'),
    fields: () => ({ serial: 'AAAA-AAAA', checkCode: 'AAAA-AAAA-AAAA' }),
    public: true,
    wrong: [{ serial: '', checkCode: '' }],
  },
  { ...fixed('/sign-out'), fields: nothing, public: true, ends: true },
  {
    ...fixed('/terms'),
    fields: ({ termsVersion }) => ({ agree: termsVersion, return: '/orders' }),
    wrong: [{ agree: '' }, { agree: 'yes' }],
  },
  { ...fixed('/login-and-security/sessions/end-others'), fields: nothing },
  {
    route: '/login-and-security/sessions/:id/end',
    path: () => '/login-and-security/sessions/00000000-0000-4000-8000-000000000001/end',
    fields: nothing,
  },
  {
    ...fixed('/mail-address'),
    fields: () => ({ ...ADDRESS, asked: '' }),
    prepare: withAddress(null),
    wrong: WRONG_ADDRESSES,
  },
  {
    ...fixed('/mail-address/change'),
    fields: () => ({ ...ADDRESS, asked: '' }),
    prepare: withAddress('old@example.jp'),
    wrong: WRONG_ADDRESSES,
  },
  { ...fixed('/mail-address/again'), fields: nothing },
  { ...fixed('/mail-address/code'), fields: () => ({ code: '123456' }) },
  { ...fixed('/mail-address/later'), fields: nothing, prepare: withAddress('old@example.jp') },
  { ...fixed('/mail-address/other-sessions'), fields: nothing },
  {
    route: '/mail-address/confirm/:token',
    path: () => '/mail-address/confirm/abc',
    fields: nothing,
    public: true,
  },
  { route: '/mail-address/undo/:token', path: () => '/mail-address/undo/abc', fields: nothing, public: true },
  {
    ...fixed('/correction'),
    fields: () => ({ matter: 'name', details: '名前の漢字が違います' }),
    prepare: async ({ db }) => void (await db.deleteFrom('correction_request').execute()),
    wrong: [
      { details: '', matter: 'name' },
      { matter: 'x', details: 'y' },
      { details: 'x'.repeat(1001), matter: 'name' },
    ],
  },
  {
    ...fixed('/order/destination'),
    fields: () => ({ destination: 'store' }),
    prepare: withDraft('store'),
    wrong: [{ destination: '' }, { destination: 'moon' }],
  },
  {
    ...fixed('/order/certificates'),
    fields: ({ copies }) => ({ ...copies, reference: 'WES 1', step: '', action: 'next' }),
    prepare: withDraft('store'),
  },
  {
    ...fixed('/order/delivery'),
    fields: () => ENVELOPE,
    prepare: withDraft('post'),
    wrong: [
      { 'name.1': '', action: 'next' },
      { 'address.1': 'あ'.repeat(121), action: 'next' },
    ],
  },
  {
    ...fixed('/order/delivery'),
    fields: () => RECIPIENT,
    prepare: withDraft('digital'),
    wrong: [{ ...RECIPIENT, 'again.1': 'x@example.com' }],
  },
  { ...fixed('/order/confirmation'), fields: () => ({ key: 'b'.repeat(32) }), prepare: withDraft('store') },
  { ...order('again'), fields: nothing },
  { ...order('reprint'), fields: nothing, prepare: inState('printed', true) },
  { ...order('extend'), fields: nothing, prepare: inState('lapsed', true) },
  ...['machine', 'take-back'].map((act) => ({
    ...order(act),
    fields: () => (act === 'machine' ? { machine: 'main-library' } : {}),
    prepare: inState('ready', true),
  })),
  { ...order('bad-print'), fields: () => ({ copy: '1' }), prepare: inState('printed', true) },
  ...['confirm', 'decline'].map((answer) => ({
    route: `/orders/:number/lines/:line/${answer}`,
    path: ({ orderNumber }: Standing) =>
      `/orders/${orderNumber}/lines/00000000-0000-4000-8000-000000000002/${answer}`,
    fields: nothing,
    prepare: inState('held', true),
  })),
  ...['open', 'code', 'download', 'extend'].map((act) => ({
    route: `/delivery/:token/${act}`,
    path: () => `/delivery/abc/${act}`,
    fields: () => ({ code: '123456' }),
    public: true as const,
  })),
  ...['recall', 'resend'].map((act) => ({
    route: `/orders/:number/delivery/:position/${act}`,
    path: ({ orderNumber }: Standing) => `/orders/${orderNumber}/delivery/1/${act}`,
    fields: nothing,
    prepare: inState('printed', true),
  })),
  { ...order('cancel'), fields: nothing, prepare: inState('printed', true) },
  {
    ...order('receipt'),
    fields: () => ({ addressee: '株式会社見本' }),
    prepare: inState('printed', true),
    wrong: [{ addressee: '' }, { addressee: '   ' }, { addressee: 'x'.repeat(61) }],
  },
  {
    ...order('payment'),
    fields: () => ({ method: 'card' }),
    prepare: inState('awaiting_payment', false),
    wrong: [{ method: '' }, { method: 'gold' }],
  },
];

/** Posts that no browser form sends; each has tests of its own for what it refuses. */
export const MACHINES: readonly string[] = ['/saml/acs', '/payment/webhooks/', '/copier/'];
