import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { Hono } from 'hono';
import type { CertificateType } from '#domain/certificate/certificate-type.ts';
import { AkashiError, ERROR_STATUS } from '#domain/error.ts';
import { yen } from '#domain/money.ts';
import { copiesField } from '#domain/order/draft.ts';
import type { Enrolment, PersonRegister } from '#domain/person/person.ts';
import type { University } from '#domain/university/university.ts';
import type { AppEnv } from '#features/http.tsx';
import { messagesFor } from '#messages/messages.ts';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import { assessDraft } from './assess-draft.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { saveDraft } from './draft-store.ts';
import { expireOrder } from './jobs.ts';
import { readOrder, readOrderLines } from './order-store.ts';
import { placeOrder } from './place-order.ts';
import { createOrderingRoutes } from './routes.tsx';

const PERSON = '00000000-0000-4000-8000-000000000001';
const CURRENT = '00000000-0000-4000-8000-000000000011';
const FINISHED = '00000000-0000-4000-8000-000000000012';
const day = (text: string) => Temporal.PlainDate.from(text);

const enrolment: Enrolment = {
  id: CURRENT,
  personId: PERSON,
  studentNumber: '6025410002',
  faculty: 'engineering',
  programme: 'informatics',
  level: 'master',
  category: 'regular',
  status: 'enrolled',
  yearOfStudy: 2,
  admissionDate: day('2025-04-01'),
  expectedGraduationDate: day('2027-03-24'),
  leftOn: null,
  leave: null,
};
const finished: Enrolment = {
  ...enrolment,
  id: FINISHED,
  studentNumber: '1021310002',
  status: 'graduated',
  leftOn: day('2025-03-24'),
};
const register: PersonRegister = {
  person: {
    id: PERSON,
    nameJa: '髙橋 𠮷人',
    nameKana: '',
    nameRoman: 'TAKAHASHI Yoshito',
    birthDate: day('2002-02-28'),
  },
  enrolments: [enrolment, finished],
  holds: [],
};
const type = (code: string, own: Partial<CertificateType>): CertificateType => ({
  code,
  titleJa: code === 'enrolment' ? '在学証明書' : '成績証明書',
  titleEn: code,
  offered: true,
  languages: ['ja', 'en'],
  destinations: ['store'],
  fee: { current: yen(300), graduate: yen(500) },
  template: code,
  statement: 'enrolment',
  dateEra: 'western',
  eligibility: ['not-struck-off', 'no-hold', 'romanised-name'],
  ...own,
});
const university: OrderingDependencies['university'] = {
  nameJa: '暁月大学',
  nameEn: 'Akatsuki University',
  faculties: [
    {
      code: 'engineering',
      nameJa: '工学部',
      nameEn: 'Engineering',
      programmes: [
        {
          code: 'informatics',
          nameJa: '情報',
          nameEn: 'Informatics',
          level: 'master',
          degreeJa: null,
          degreeEn: null,
        },
      ],
    },
  ],
  certificateTypes: [
    type('enrolment', { eligibility: ['current-student'] }),
    type('transcript', { statement: 'transcript' }),
  ],
  issuers: [
    {
      certificateTypes: '*',
      faculty: '*',
      from: day('2020-04-01'),
      until: null,
      titleJa: '学長',
      titleEn: 'President',
      nameJa: '暁 月',
      nameEn: 'A. Tsuki',
      sealImage: 'images/seal.png',
      signatureImage: 'images/signature.png',
    },
  ],
  fees: {
    systemFee: yen(220),
    printChargePerSheet: yen(60),
    taxClasses: { issuanceFee: 'untaxed', systemFee: 'standard-10', postage: 'standard-10' },
  },
  destinations: [
    {
      kind: 'store',
      open: true,
      nameJa: 'コンビニ',
      nameEn: 'Store',
      descriptionJa: '',
      descriptionEn: '',
      notes: [],
      chains: [],
    },
    {
      kind: 'digital',
      open: false,
      nameJa: 'オンライン',
      nameEn: 'Online',
      descriptionJa: '',
      descriptionEn: '',
      notes: [],
      linkMonths: 3,
    },
  ],
  limits: { sheetsPerOrder: 20, copiesPerLine: 10 },
  deadlines: { cardPaymentMinutes: 60, printDays: 7 } as University['deadlines'],
};

const setUp = (db: Database) => {
  const clock = manualClock('2026-11-24T01:00:00Z');
  const dependencies: OrderingDependencies = {
    db,
    clock,
    university,
    register: {
      readRegister: async () => register,
      readAcademicRecord: async () => ({
        rows: [],
        gradePointAverage: null,
        totalCredits: 0,
        creditTotals: [],
        legend: [],
      }),
      listGradeReleases: async () => new Map(),
    },
    preview: {
      countSheets: async (snapshot) => (snapshot.academicRecord === null ? 1 : 2),
      previewPage: async () => new Uint8Array([137, 80, 78, 71]),
      missingGlyphs: () => [],
    },
    randomBytes: (count) => randomBytes(count),
    paymentPath: (number) => `/orders/${number}/payment`,
    ticketPath: (number) => `/orders/${number}/done`,
  };
  return { clock, dependencies };
};

const addAccount = async (db: Database): Promise<string> => {
  const at = Temporal.Instant.from('2026-11-24T00:00:00Z');
  const values = {
    identity_provider: 'https://idp.example',
    principal_name: 'a',
    created_at: at,
    last_sign_in_at: at,
  };
  return (await db.insertInto('account').values(values).returning('id').executeTakeFirstOrThrow()).id;
};

const copies = {
  [copiesField(CURRENT, 'enrolment', 'ja')]: '1',
  [copiesField(FINISHED, 'transcript', 'en')]: '2',
};

test('two concurrent submits make one order, frozen and priced by each enrolment, which expires unpaid', () =>
  withDatabase(async ({ db }) => {
    const { clock, dependencies } = setUp(db);
    const accountId = await addAccount(db);
    await saveDraft(db, accountId, { destination: 'store', copies, key: 'one' }, clock.now());
    const submission = { accountId, personId: PERSON, language: 'ja', idempotencyKey: 'one' } as const;
    const [first, second] = await Promise.all([
      placeOrder(dependencies, submission),
      placeOrder(dependencies, submission),
    ]);
    assert.equal(first.id, second.id);
    assert.equal((await placeOrder(dependencies, submission)).id, first.id);
    assert.equal(first.total, 300 + 2 * 500 + 220);
    assert.equal(first.sheets, 5);
    assert.equal(first.printCharge, 300);
    const lines = await readOrderLines(db, first.id);
    assert.deepEqual(
      lines.map((line) => line.feeEach),
      [300, 500],
    );
    assert.equal(lines[0]?.snapshot.person.nameJa, '髙橋 𠮷人');
    await expireOrder(dependencies, first.id);
    assert.equal((await readOrder(db, first.id)).state, 'awaiting_payment');
    clock.advance({ minutes: 60 });
    await expireOrder(dependencies, first.id);
    assert.equal((await readOrder(db, first.id)).state, 'expired');
  }));

test('one line that may not be ordered stops the order, and names its own field', () =>
  withDatabase(async ({ db }) => {
    const { clock, dependencies } = setUp(db);
    const accountId = await addAccount(db);
    const refused = copiesField(FINISHED, 'enrolment', 'ja');
    const draft = { destination: 'store', copies: { ...copies, [refused]: '1' }, key: 'one' } as const;
    const { problems } = await assessDraft(dependencies, PERSON, draft, clock.now());
    assert.deepEqual([...problems], [[refused, 'not-eligible']]);
    await saveDraft(db, accountId, draft, clock.now());
    const submission = { accountId, personId: PERSON, language: 'ja', idempotencyKey: 'one' } as const;
    await assert.rejects(placeOrder(dependencies, submission), { code: 'wrong-state' });
  }));

test('1,000 random drafts cost what their copies say', async () => {
  const { clock, dependencies } = setUp(undefined as unknown as Database);
  const count = fc.integer({ min: 0, max: 10 });
  await fc.assert(
    fc.asyncProperty(count, count, count, async (a, b, c) => {
      const typed = {
        [copiesField(CURRENT, 'enrolment', 'en')]: String(a),
        [copiesField(CURRENT, 'transcript', 'ja')]: String(b),
        [copiesField(FINISHED, 'transcript', 'ja')]: String(c),
      };
      const draft = { destination: 'store', copies: typed, key: '' } as const;
      const { price, tooManySheets } = await assessDraft(dependencies, PERSON, draft, clock.now());
      assert.equal(price.total, 300 * (a + b) + 500 * c + (a + b + c === 0 ? 0 : 220));
      assert.equal(tooManySheets, a + 2 * b + 2 * c > 20);
    }),
    { numRuns: 1000 },
  );
});

test('the pages lead from destination to payment without script, and cancel an unpaid order', () =>
  withDatabase(async ({ db }) => {
    const { dependencies } = setUp(db);
    const accountId = await addAccount(db);
    const app = new Hono<AppEnv>();
    app.use(async (c, next) => {
      c.set('language', 'en');
      c.set('session', { accountId, personId: PERSON });
      c.set('frame', {
        language: 'en',
        texts: messagesFor('en'),
        universityName: '',
        path: '/',
        stylesheet: '',
        scripts: new Map(),
        menu: [],
        footer: [],
        contact: null,
      });
      await next();
    });
    app.onError((error, c) => c.text('', error instanceof AkashiError ? ERROR_STATUS[error.code] : 500));
    app.route('/', createOrderingRoutes(dependencies));
    const post = (path: string, fields: Record<string, string>) =>
      app.request(path, { method: 'POST', body: new URLSearchParams(fields) });
    assert.equal((await post('/order/destination', { destination: 'digital' })).status, 422);
    assert.equal((await post('/order/destination', { destination: 'store' })).status, 303);
    const wrong = await post('/order/certificates', {
      [copiesField(CURRENT, 'enrolment', 'ja')]: 'x',
      action: 'next',
    });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /Enter a number from 0 to 10/);
    const right = await post('/order/certificates', { ...copies, action: 'next' });
    assert.equal(right.headers.get('location'), '/order/confirmation');
    const page = await (await app.request('/order/confirmation')).text();
    assert.match(page, /TAKAHASHI Yoshito/);
    assert.match(page, /If you pay today, print by Tue 1 Dec, 23:59/);
    assert.match(page, /5 sheets × 60 yen = 300 yen at the copier/);
    assert.equal((await app.request('/order/preview/1/1.png')).headers.get('content-type'), 'image/png');
    assert.equal((await app.request('/order/preview/1/2.png')).status, 404);
    const key = /name="key" value="(\w+)"/.exec(page)?.[1] ?? '';
    const next = (await post('/order/confirmation', { key })).headers.get('location') ?? '';
    assert.match(next, /^\/orders\/\w{5}-\w{5}\/payment$/);
    const order = next.replace('/payment', '');
    assert.match(await (await app.request('/orders')).text(), /Waiting for your payment/);
    assert.equal((await post(`${order}/cancel`, {})).status, 303);
    assert.equal((await post(`${order}/cancel`, {})).status, 409);
    assert.match(await (await app.request(order)).text(), /Cancelled/);
  }));
