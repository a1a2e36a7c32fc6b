import { randomBytes } from 'node:crypto';
import type { CertificateType } from '#domain/certificate/certificate-type.ts';
import { yen } from '#domain/money.ts';
import { copiesField } from '#domain/order/draft.ts';
import type { Enrolment, PersonRecord, PersonRegister } from '#domain/person/person.ts';
import type { University } from '#domain/university/university.ts';
import type { OrderingDependencies } from '#features/ordering/index.ts';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { openCookieJar } from '#platform/web/cookies.ts';

export const PERSON = '00000000-0000-4000-8000-000000000001';
export const CURRENT = '00000000-0000-4000-8000-000000000011';
export const FINISHED = '00000000-0000-4000-8000-000000000012';
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
  destinations: ['store', 'post'],
  fee: { current: yen(300), graduate: yen(500) },
  template: code,
  statement: 'enrolment',
  dateEra: 'western',
  eligibility: ['not-struck-off', 'no-hold', 'romanised-name'],
  conditions: { opensOn: null, yearEndStop: null, limits: null },
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
          years: 2,
          requiredCredits: null,
        },
      ],
    },
  ],
  certificateTypes: [
    type('enrolment', { eligibility: ['current-student'] }),
    type('transcript', { statement: 'transcript' }),
    type('digital-only', { destinations: ['digital'] }),
  ],
  grading: [],
  academicRecord: {
    failed: false,
    repeated: false,
    running: false,
    gradePointAverage: true,
    runningGrade: { ja: '履修中', en: 'In progress' },
  },
  paperOnly: [],
  fareDiscountPurposes: [{ code: 'homecoming', ja: '帰省', en: 'Going home' }],
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
      kind: 'post',
      open: true,
      nameJa: '郵送',
      nameEn: 'Mail',
      descriptionJa: '',
      descriptionEn: '',
      notes: [],
      bands: [{ region: 'domestic', grams: 50, yen: 110 }],
      sheetGrams: 5,
      envelopeGrams: 20,
      countries: ['JP'],
      suspendedCountries: [],
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
      personalCopy: true,
    },
  ],
  unit: { ja: '教務課', en: 'Registrar' },
  invoiceRegistrationNumber: 'T1234567890123',
  calendar: { officeDays: [1, 2, 3, 4, 5], closures: [], maintenance: [] },
  contacts: [],
  limits: { sheetsPerOrder: 20, copiesPerLine: 10 },
  deadlines: {
    cardPaymentMinutes: 60,
    printDays: 7,
    dispatchBusinessDays: 3,
    reviewBusinessDays: 2,
  } as University['deadlines'],
};

const record: PersonRecord = {
  ...register,
  facts: { enrolments: new Map(), healthExaminations: [], nextRelease: null },
};

export const setUp = (db: Database) => {
  const clock = manualClock('2026-11-24T01:00:00Z');
  const dependencies: OrderingDependencies = {
    db,
    clock,
    cookies: openCookieJar('http://localhost'),
    baseUrl: 'http://localhost',
    university,
    register: { readRecord: async () => record, readRecentRecord: async () => record },
    typesetReceipt: async (receipt) => new TextEncoder().encode(JSON.stringify(receipt)),
    preview: {
      rowsBySheet: async ({ academicRecord }) =>
        academicRecord === null ? [0] : [academicRecord.rows.length, 0],
      previewPage: async () => new Uint8Array([137, 80, 78, 71]),
      missingGlyphs: () => [],
    },
    randomBytes: (count) => randomBytes(count),
    isHalted: async () => false,
    paymentPath: (number) => `/orders/${number}/payment`,
    ticketPath: (number) => `/orders/${number}/done`,
    deliverySection: async () => null,
  };
  return { clock, dependencies };
};

export const addAccount = async (db: Database): Promise<string> => {
  const at = Temporal.Instant.from('2026-11-24T00:00:00Z');
  const values = {
    identity_provider: 'https://idp.example',
    principal_name: 'a',
    created_at: at,
    last_sign_in_at: at,
  };
  return (await db.insertInto('account').values(values).returning('id').executeTakeFirstOrThrow()).id;
};

export const copies = {
  [copiesField(CURRENT, 'enrolment', 'ja')]: '1',
  [copiesField(FINISHED, 'transcript', 'en')]: '2',
};
