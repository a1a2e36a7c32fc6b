import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { startPaymentCompany } from '#dev/payment-company/payment-company.ts';
import { findFreePorts } from '#dev/ports.ts';
import { copiesField } from '#domain/order/draft.ts';
import type { Person } from '#domain/person/person.ts';
import type { SealClaims, SealFacts } from '#domain/seal/claim-fields.ts';
import { decodeSealUrl, openSeal, sealHolds } from '#domain/seal/seal.ts';
import { readPersonRegister } from '#features/register/index.ts';
import { manualClock } from '#platform/clock.ts';
import { withPdfPages } from '#platform/pdf-pages.ts';
import { readQrCode } from '#platform/qr-code.ts';
import { loadUniversity } from '#src/config.ts';
import { openMachine } from '#test/support/copier.ts';
import { openService } from '#test/support/issuing.ts';
import { withService } from '#test/support/service.ts';
import type { Visitor } from '#test/support/signed-in.ts';
import { signIn } from '#test/support/signed-in.ts';

type Language = 'ja' | 'en';
type Wanted = { readonly type: string; readonly student: string };

/** Who orders what, of which enrolment, in both languages. Together every type on offer. */
const ORDERS: Readonly<Record<string, readonly Wanted[]>> = {
  a0123456: [
    { type: 'enrolment', student: '1029310001' },
    { type: 'transcript', student: '1029310001' },
    { type: 'health', student: '1029310001' },
  ],
  f0678901: [{ type: 'expected-graduation', student: '1027310006' }],
  m0234567: [
    { type: 'expected-completion', student: '6025410002' },
    { type: 'graduation', student: '1021310002' },
    { type: 'degree', student: '1021310002' },
    { type: 'transcript-and-graduation', student: '1021310002' },
    { type: 'enrolment-period', student: '1021310002' },
  ],
  p0978901: [{ type: 'completion', student: '6022410016' }],
  d0901234: [
    { type: 'registration', student: '9026410011' },
    { type: 'coursework-completed', student: '7023410011' },
    { type: 'withdrawal', student: '7023410011' },
  ],
};

const BACHELOR = {
  ja: { degree: '学士(工学)', field: '工学', conferredOn: '2025-03-24', diplomaNumber: '工学第10001号' },
  en: {
    degree: 'Bachelor of Engineering',
    field: 'Engineering',
    conferredOn: '2025-03-24',
    diplomaNumber: '工学第10001号',
  },
};
const MASTER = {
  ja: { degree: '修士(情報学)', field: '情報学', conferredOn: '2024-03-24', diplomaNumber: '情修第10003号' },
  en: {
    degree: 'Master of Informatics',
    field: 'Informatics',
    conferredOn: '2024-03-24',
    diplomaNumber: '情修第10003号',
  },
};
/** The only type for campus, and free. */
const FARE_DISCOUNT = {
  'fare-discount.purpose': 'homecoming',
  'fare-discount.from': '京都',
  'fare-discount.to': '東京',
  'fare-discount.over-100': 'yes',
};
const GRADES = { gradePointAverage: '2.90', totalCredits: '80' };
const DOCTORAL = { periodFrom: '2023-04-01', periodUntil: '2026-03-31' };
const HEALTH = {
  ja: '161.5 cm / 65.1 kg / 右 1.2 左 1.0 / 異常なし / 113/73 mmHg / 異常なし / 異常なし / 就学に支障なし',
  en: '161.5 cm / 65.1 kg / R 1.2, L 1.0 / Normal / 113/73 mmHg / No abnormality / Normal / Fit for study',
};

/** What the seal of the first page must state beyond the person and the enrolment, as config/demo/register has it. */
const FACTS: Readonly<Record<string, (language: Language) => SealFacts | null>> = {
  enrolment: () => null,
  transcript: () => GRADES,
  health: (language) => ({ examinedOn: '2026-04-15', findings: HEALTH[language] }),
  'expected-graduation': (language) => ({
    completedOn: '2027-03-24',
    degree: language === 'ja' ? '学士(法学)' : 'Bachelor of Laws',
  }),
  'expected-completion': (language) => ({ completedOn: '2027-03-24', degree: MASTER[language].degree }),
  graduation: (language) => ({ completedOn: '2025-03-24', ...BACHELOR[language] }),
  completion: (language) => ({ completedOn: '2024-03-24', ...MASTER[language] }),
  degree: (language) => BACHELOR[language],
  'transcript-and-graduation': (language) => ({
    completedOn: '2025-03-24',
    ...BACHELOR[language],
    gradePointAverage: '2.75',
    totalCredits: '132',
  }),
  registration: (language) => ({
    category: language === 'ja' ? '研究生' : 'Research Student',
    periodFrom: '2026-04-01',
    periodUntil: '2027-03-31',
  }),
  'enrolment-period': () => ({ periodFrom: '2021-04-01', periodUntil: '2025-03-24', ended: 'graduated' }),
  'coursework-completed': () => ({ ...DOCTORAL, ended: 'coursework-completed' }),
  'fare-discount': () => ({
    purpose: '休暇、所用による帰省',
    section: '京都 – 東京',
    validUntil: '2027-02-23',
  }),
  withdrawal: () => ({ ...DOCTORAL, completedOn: '2026-03-31', ended: 'withdrawn' }),
};

/** Who signs, where it is not the president. */
const ISSUERS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  health: { ja: '暁月大学保健センター 医師', en: 'Physician, Health Centre' },
  'expected-completion': { ja: '大学院情報学研究科長', en: 'Dean, Graduate School of Informatics' },
};
const PRESIDENT = { ja: '暁月大学総長', en: 'President, Akatsuki University' };

const squeezed = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();

type Sheet = { readonly text: string; readonly claims: readonly SealClaims[] };

/** Everything a stranger can read of a document: its text, and the seal drawn on each page, which must hold. */
const readSheets = (pdf: Uint8Array, host: string, publicKey: Uint8Array): Promise<Sheet> =>
  withPdfPages(pdf, async (pages) => {
    const claims: SealClaims[] = [];
    for (const page of pages) {
      let read: string | null = null;
      for (const dpi of [160, 200, 300]) {
        const { data, width, height } = await page.pixels(dpi);
        // The lower third, where every template has it.
        const top = Math.floor((height * 2) / 3);
        read ??= readQrCode({ data: data.subarray(top * width * 4), width, height: height - top });
        if (read !== null) break;
      }
      assert.ok(read !== null, `page ${page.number} has no seal that can be read`);
      const { host: ofSeal, bytes } = decodeSealUrl(read);
      assert.equal(ofSeal, host);
      const seal = openSeal(bytes);
      assert.ok(await sealHolds(seal, publicKey));
      assert.deepEqual([seal.claims.page, seal.claims.pages], [page.number, pages.length]);
      claims.push(seal.claims);
    }
    return { text: squeezed(pages.map((page) => page.text()).join('')), claims };
  });

/** From the destination to the order, which is answered with the next page. */
const order = async (
  { post }: Visitor,
  destination: 'store' | 'campus',
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly url: string }> => {
  assert.equal((await post('/order/destination', { destination })).url, '/order/certificates');
  const confirmation = await post('/order/certificates', { ...fields, action: 'next' });
  assert.equal(confirmation.url, '/order/confirmation', confirmation.html.slice(0, 3000));
  const [, key = ''] = /name="key" value="(\w+)"/.exec(confirmation.html) ?? [];
  return post('/order/confirmation', { key });
};

/** An order for a store, by the company's page and back; answers its number. */
const orderAndPay = async (visitor: Visitor, copies: Readonly<Record<string, string>>): Promise<string> => {
  const { get, post } = visitor;
  const payment = await order(visitor, 'store', copies);
  const onward = await post(payment.url, { method: 'card' });
  const [, checkout = ''] = /class="button" href="(http[^"]+)"/.exec(onward.html) ?? [];
  const paid = await fetch(checkout.replaceAll('&amp;', '&'), {
    method: 'POST',
    body: new URLSearchParams({ card: '4242 4242 4242 4242' }),
  });
  const after = await paid.text();
  const [, back = ''] = /class="button" href="(http[^"]+)"/.exec(after) ?? [];
  const { pathname, search } = new URL(back.replaceAll('&amp;', '&'));
  const done = await get(`${pathname}${search}`);
  assert.match(done.url, /^\/orders\/[\w-]+/);
  return done.url.split('/')[2] ?? '';
};

test('every type on offer is ordered, paid and issued in each of its languages', async () => {
  const clock = manualClock('2026-11-24T03:00:00Z');
  const ports = await findFreePorts();
  const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-types-'));
  const secrets = {
    secretKey: randomBytes(16).toString('hex'),
    webhookSecret: randomBytes(16).toString('hex'),
  };
  writeFileSync(join(dataFolder, 'payment.secret'), secrets.secretKey);
  writeFileSync(join(dataFolder, 'payment-webhook.secret'), secrets.webhookSecret);
  const company = await startPaymentCompany({
    port: ports.paymentCompany,
    ...secrets,
    webhookUrl: `http://localhost:${ports.service}/payment/webhooks/sandbox`,
    dataFolder,
    now: () => clock.now().epochMilliseconds,
  });
  const university = await loadUniversity(resolve(import.meta.dirname, '../../config/demo'));
  const issued = new Set<string>();
  const service = { university: {}, clock, port: ports.service, dataFolder };
  try {
    await withService(service, async ({ db, url, address, baseUrl }) => {
      const { parts, jobs } = await openService(db, { url, dataFolder, clock, baseUrl });
      const { sealKeys } = await parts.publishedKeys();
      const publicKey = Buffer.from(sealKeys[0]?.spkiBase64 ?? '', 'base64');
      const machine = openMachine(
        address,
        parts.printing.copierKeys[0] ?? { keyId: '', secret: '' },
        clock.now,
      );
      const termsVersion = university.legal.terms.version;
      /** What the worker does to an order that owes nothing any more. */
      const release = async (orderNumber: string): Promise<string> => {
        const { id, state } = await db
          .selectFrom('certificate_order')
          .select(['id', 'state'])
          .where('order_number', '=', orderNumber)
          .executeTakeFirstOrThrow();
        assert.equal(state, 'paid');
        for (const job of ['issue-order', 'prepare-print']) await jobs[job]?.({ orderId: id });
        return id;
      };
      const judge = async (pdf: Uint8Array, person: Person): Promise<void> => {
        const { text, claims } = await readSheets(pdf, new URL(baseUrl).host, publicKey);
        const [first] = claims;
        const type = university.certificateTypes.find(({ code }) => code === first?.type);
        assert.ok(first !== undefined && type !== undefined);
        const language = first.language === 'ja' ? 'ja' : 'en';
        const japanese = language === 'ja';
        const said = `${type.code} ${first.language}`;
        assert.ok(text.includes(squeezed(japanese ? type.titleJa : type.titleEn)), `${said}: title`);
        assert.ok(
          text.includes(squeezed(japanese ? person.nameJa : (person.nameRoman ?? ''))),
          `${said}: name`,
        );
        assert.deepEqual([first.nameJa, first.nameRoman], [person.nameJa, person.nameRoman]);
        assert.deepEqual(first.facts, FACTS[type.code]?.(language), said);
        assert.ok(text.includes(squeezed((ISSUERS[type.code] ?? PRESIDENT)[language])), `${said}: issuer`);
        assert.ok(!issued.has(said));
        issued.add(said);
      };
      for (const [user, wanted] of Object.entries(ORDERS)) {
        const visitor = await signIn({ db, address, baseUrl }, { user, clock, termsVersion });
        const { person, enrolments } = await readPersonRegister(db, visitor.personId);
        const lines = wanted.flatMap(({ type, student }) =>
          (['ja', 'en'] as const).map((language) => ({
            type: university.certificateTypes.find(({ code }) => code === type),
            enrolment: enrolments.find(({ studentNumber }) => studentNumber === student),
            language,
          })),
        );
        const copies = lines.map(
          ({ type, enrolment, language }) =>
            [copiesField(enrolment?.id ?? '', type?.code ?? '', language), '1'] as const,
        );
        const orderNumber = await orderAndPay(visitor, Object.fromEntries(copies));
        await release(orderNumber);
        const ticket = (await visitor.get(`/orders/${orderNumber}/done`)).html;
        const [, number = ''] = /data-ticket-number="(\d+)"/.exec(ticket) ?? [];
        const [, pin = ''] = /<strong class="ticket-digits">(\d+)</.exec(ticket) ?? [];
        const fetched = await machine.fetchAll(number, pin);
        assert.equal(fetched.length, lines.length);
        for (const { pdf } of fetched) await judge(pdf, person);
      }
      const visitor = await signIn({ db, address, baseUrl }, { user: 'q0956789', clock, termsVersion });
      const { person, enrolments } = await readPersonRegister(db, visitor.personId);
      const next = await order(visitor, 'campus', {
        ...FARE_DISCOUNT,
        [copiesField(enrolments[0]?.id ?? '', 'fare-discount', 'ja')]: '1',
      });
      const orderId = await release(next.url.split('/')[2] ?? '');
      const [free] = await parts.printing.listDocuments(db, orderId);
      await judge(await parts.printing.readDocument(free?.documentId ?? ''), person);
      parts.close();
    });
  } finally {
    await company.close();
  }
  const expected = university.certificateTypes
    .filter(({ offered }) => offered)
    .flatMap(({ code, languages }) => languages.map((language) => `${code} ${language}`));
  assert.deepEqual([...issued].sort(), expected.sort());
});
