import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import type { CertificateType } from '#domain/certificate/certificate-type.ts';
import type { CertificateLanguage, CertificateRecord } from '#domain/certificate/snapshot.ts';
import { typesetSealed } from '#features/issuance/make-document.ts';
import { checkTemplates, specimenIssuer } from '#features/issuance/typeset/check-templates.ts';
import { specimenOf } from '#features/issuance/typeset/specimen.ts';
import { openTypesetter, type Typesetter } from '#features/issuance/typeset/typesetter.ts';
import { openPdfium } from '#platform/pdf-image.ts';
import { encodePng } from '#platform/png.ts';
import { loadUniversity, type University } from '#src/config.ts';
import { skipLoudly } from '#test/support/skip.ts';

const FOLDER = resolve('config/demo');
const DOCS = resolve('docs');
const TODAY = Temporal.PlainDate.from('2026-11-24');
const HOST = 'verify.akatsuki.example';
/** As long as a seal is; what it says is tested elsewhere. */
const SEAL = Uint8Array.from({ length: 290 }, (_, index) => (index * 89 + 17) % 256);

let university: University;
let typesetter: Typesetter;
before(async () => {
  university = await loadUniversity(FOLDER);
  typesetter = openTypesetter({ universityFolder: FOLDER });
});
after(() => typesetter.close());

const specimen = (type: CertificateType, language: CertificateLanguage, courses = 40): CertificateRecord => {
  const issuer = specimenIssuer({ university, today: TODAY }, type);
  assert.ok(issuer !== null, type.code);
  return specimenOf({ type, language, issuer, courses });
};

const typeset = (record: CertificateRecord, pages: number) =>
  typesetSealed({
    record,
    typesetter,
    seals: Array.from({ length: pages }, () => SEAL),
    verificationHost: HOST,
  });

const typeOf = (code: string): CertificateType => {
  const type = university.certificateTypes.find((one) => one.code === code);
  assert.ok(type !== undefined, code);
  return type;
};

/** As poppler extracts it, which is what other programs will find; null where it is not installed. */
const extractText = (pdf: Uint8Array): string | null => {
  if (spawnSync('pdftotext', ['-v']).error !== undefined) return null;
  return execFileSync('pdftotext', ['-', '-'], { input: pdf, maxBuffer: 16_000_000 }).toString();
};

const squeezed = (text: string): string => text.replaceAll(/\s/g, '');

/**
 * A page at 84 dpi, each pixel the mean of 8 × 8: drawn at 84 dpi itself, the dots of the copy guard would beat against
 * the pixels, and its lettering show as it never does on paper.
 */
const drawPage = async (pdf: Uint8Array, page: number): Promise<Uint8Array> => {
  const fold = 8;
  const document = await (await openPdfium()).loadDocument(pdf);
  const fine = await document
    .getPage(page - 1)
    .render({ scale: (84 * fold) / 72, render: 'bitmap' })
    .finally(() => document.destroy());
  const [width, height] = [Math.floor(fine.width / fold), Math.floor(fine.height / fold)];
  const sums = new Uint32Array(width * height * 4);
  for (let y = 0; y < height * fold; y += 1) {
    for (let x = 0; x < width * fold; x += 1) {
      const from = (y * fine.width + x) * 4;
      const to = (Math.floor(y / fold) * width + Math.floor(x / fold)) * 4;
      for (let channel = 0; channel < 4; channel += 1)
        sums[to + channel] = (sums[to + channel] ?? 0) + (fine.data[from + channel] ?? 0);
    }
  }
  const data = Uint8Array.from(sums, (sum) => Math.round(sum / fold ** 2));
  return encodePng(data, { width, height, as: 'colour' });
};

/** Pictures for the gallery are made when asked for, so that an ordinary run leaves the checkout as it was. */
const picture = async (name: string, pdf: Uint8Array, pages: number): Promise<string[]> => {
  const files: string[] = [];
  for (let page = 1; page <= pages; page += 1) {
    const file = `images/certificates/${name}-${page}.png`;
    writeFileSync(join(DOCS, file), await drawPage(pdf, page));
    files.push(file);
  }
  return files;
};

const INTRODUCTION = `# Certificates

Every type of the sample university in every language it is issued in, as typeset from made-up facts. This page and its
pictures are made by \`AKASHI_PICTURES=1 npm test -- test/certificates/gallery.test.ts\`; do not edit them by hand.

The templates are \`config/demo/templates/*.typ\` and share \`templates/library/\`; sentences, copy guard and images come
from \`config/demo/paper.yaml\`. A template that does not typeset stops the start of production with its file and line;
in development, where somebody waits for the first page, it is logged. A font in \`config/<university>/fonts/\` draws
what the shipped fonts lack. How to choose the copy guard's dots: print the sheet of \`akashi calibration-sheet <file>\`,
copy it, and read which setting stayed hidden on the print. The grey ground is
that copy guard: on the screen its lettering may shimmer, on paper it is even.
`;

test('every type in every language fits its sheets and says its title, name and number', async (t) => {
  const wanted = process.env['AKASHI_PICTURES'] === '1';
  if (wanted) mkdirSync(join(DOCS, 'images/certificates'), { recursive: true });
  const sections: string[] = [];
  for (const type of university.certificateTypes) {
    const lines = [`\n## ${type.titleJa} / ${type.titleEn}\n`];
    for (const language of type.languages) {
      const record = specimen(type, language);
      const expected = record.snapshot.academicRecord === null ? 1 : 2;
      const { pdf, pages } = await typeset(record, expected);
      assert.equal(pages, expected, `${type.code} ${language}`);
      const text = extractText(pdf);
      if (text === null)
        skipLoudly(t, 'pdftotext (poppler-utils) is not installed: the text of certificates');
      else {
        const { person } = record.snapshot;
        const name = language === 'ja' ? person.nameJa : person.nameRoman;
        const title = language === 'ja' ? type.titleJa : type.titleEn;
        for (const said of [title, name ?? '', record.certificateNumber, record.serial, HOST])
          assert.ok(squeezed(text).includes(squeezed(said)), `${type.code} ${language}: ${said}`);
        assert.ok(!text.includes('複写'), 'the copy guard is not text');
      }
      if (!wanted) continue;
      for (const file of await picture(`${type.code}-${language}`, pdf, pages))
        lines.push(`![${type.titleEn}, ${language}](${file})`);
    }
    sections.push(lines.join('\n'));
  }
  if (wanted) writeFileSync(join(DOCS, 'certificates.md'), `${INTRODUCTION}${sections.join('\n')}\n`);
});

test('a transcript of 120 courses, and one of twelve sheets, number every row and every sheet', async () => {
  for (const [courses, sheets] of [
    [120, 4],
    [480, 12],
  ] as const) {
    for (const language of ['ja', 'en'] as const) {
      const record = specimen(typeOf('transcript'), language, courses);
      const measured = await typesetter.typeset({
        template: 'transcript',
        data: { record, host: HOST, watermark: false, seals: [] },
        seconds: 1_700_000_000,
        make: 'layout',
      });
      assert.equal(measured.rows.length, courses);
      assert.deepEqual(
        measured.rows,
        measured.rows.toSorted((a, b) => a - b),
      );
      assert.ok(Math.abs(measured.pages - sheets) <= 2, `${courses} courses on ${measured.pages} sheets`);
      const { pdf, pages } = await typeset(record, measured.pages);
      assert.equal(pages, measured.pages, 'the codes move nothing');
      const text = extractText(pdf);
      if (text === null) continue;
      const head = language === 'ja' ? '授業科目' : 'Coursetitle';
      const name = language === 'ja' ? '髙橋𠮷人' : 'TAKAHASHIYoshito';
      const sheetTexts = text.split('\f').slice(0, pages).map(squeezed);
      for (const [index, sheet] of sheetTexts.entries()) {
        for (const said of [name, record.serial, `${index + 1}/${pages}`])
          assert.ok(sheet.includes(said), `${language}, sheet ${index + 1}: ${said}`);
        // The last sheet may hold no course any more.
        if (measured.rows.includes(index + 1)) assert.ok(sheet.includes(head), `sheet ${index + 1}: head`);
      }
    }
  }
});

test('sixty letters of name, a long reference and a leave of absence stay on one sheet', async () => {
  for (const language of ['ja', 'en'] as const) {
    const record = specimen(typeOf('enrolment'), language);
    const { snapshot } = record;
    snapshot.person.nameJa =
      'マリア・フェルナンダ・デ・ロス・アンヘレス・エチェベリア・ゴンサレス・デ・ラ・クルス';
    snapshot.person.nameRoman = 'ECHEVERRÍA GONZÁLEZ DE LA CRUZ María Fernanda de los Ángeles';
    snapshot.reference = 'WES Reference No. 1234567 / 89-ABCDEF';
    snapshot.enrolment.onLeave = { from: '2026-10-01', until: '2027-03-31' };
    const { pages } = await typeset(record, 1);
    assert.equal(pages, 1);
  }
});

test('Japanese certificates write the era where their type asks for it, and its first year as 元年', async (t) => {
  const record = specimen(typeOf('graduation'), 'ja');
  record.snapshot.dateEra = 'japanese';
  record.snapshot.person.birthDate = '1989-01-07';
  record.snapshot.enrolment.admissionDate = '2019-05-01';
  const text = extractText((await typeset(record, 1)).pdf);
  if (text === null) return skipLoudly(t, 'pdftotext (poppler-utils) is not installed: era dates');
  for (const date of ['昭和64年1月7日', '令和元年5月1日', '令和8年11月24日'])
    assert.ok(squeezed(text).includes(date), date);
});

test('a template with an error is named by file and line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-templates-'));
  cpSync(FOLDER, folder, { recursive: true, filter: (source) => !source.endsWith('.csv') });
  const broken = '#import "library.typ": *\n#show: certificate\n#letter((name-row,), stated.nothing)\n';
  writeFileSync(join(folder, 'templates', 'withdrawal.typ'), broken);
  const spoilt = openTypesetter({ universityFolder: folder });
  try {
    await checkTemplates({ university, typesetter, today: TODAY });
    await assert.rejects(
      checkTemplates({ university: { ...university, folder }, typesetter: spoilt, today: TODAY }),
      /templates\/withdrawal\.typ:3: .*nothing/,
    );
  } finally {
    spoilt.close();
    rmSync(folder, { recursive: true });
  }
});
