import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { withPlainColours } from '#platform/pdf-colours.ts';
import { openPdfium, renderPage } from '#platform/pdf-image.ts';
import { SAMPLE_KINDS, sampleRecord } from '#test/support/certificate-record.ts';
import { typesetSealed } from './make-document.ts';
import { createPreview } from './preview.ts';
import type { Typesetter } from './typeset/typesetter.ts';
import { openTypesetter } from './typeset/typesetter.ts';

const HOST = 'verify.example.ac.jp';

const withTypesetter = async (work: (typesetter: Typesetter) => Promise<void>): Promise<void> => {
  const typesetter = openTypesetter({ universityFolder: resolve('config/demo'), processes: 1 });
  try {
    await work(typesetter);
  } finally {
    typesetter.close();
  }
};

test('what was counted is drawn without being typeset again, until a minute or a word has changed', () =>
  withTypesetter(async (typesetter) => {
    let typeset = 0;
    const counting: Typesetter = {
      ...typesetter,
      typeset: (request) => {
        typeset += 1;
        return typesetter.typeset(request);
      },
    };
    const clock = manualClock('2026-11-24T02:00:00Z');
    const preview = createPreview(counting, clock, HOST);
    const { snapshot } = sampleRecord('transcript', 'ja');
    const { length: pages } = await preview.rowsBySheet(snapshot);
    assert.ok(pages > 1);
    const first = await preview.previewPage(snapshot, 1, 'grey');
    assert.notDeepEqual(await preview.previewPage(snapshot, pages, 'grey'), first);
    await assert.rejects(preview.previewPage(snapshot, pages + 1, 'grey'), { code: 'not-found' });
    assert.equal(typeset, 1);
    const other = { ...snapshot, person: { ...snapshot.person, nameJa: '別人' } };
    assert.notDeepEqual(await preview.previewPage(other, 1, 'grey'), first);
    assert.equal(typeset, 2);
    clock.advance({ minutes: 1 });
    assert.equal((await preview.rowsBySheet(snapshot)).length, pages);
    assert.equal(typeset, 2);
    await preview.previewPage(snapshot, 1, 'grey');
    assert.equal(typeset, 3);
  }));

test('rows stand where they will, for the leaf of a certificate says so before it is made', () =>
  withTypesetter(async (typesetter) => {
    const preview = createPreview(typesetter, manualClock('2026-11-24T02:00:00Z'), HOST);
    for (const { type, language } of SAMPLE_KINDS) {
      const record = sampleRecord(type, language);
      const counted = await preview.rowsBySheet(record.snapshot);
      const made = await typesetSealed({ record, typesetter, seals: [], verificationHost: HOST });
      assert.deepEqual(counted, made.rowsByPage);
      const rows = record.snapshot.academicRecord?.rows.length ?? 0;
      assert.equal(
        counted.reduce((sum, count) => sum + count),
        rows,
      );
    }
  }));

test('a page in plain colours is drawn as in the profiles of its file', () =>
  withTypesetter(async (typesetter) => {
    const record = sampleRecord('enrolment', 'ja');
    const { pdf } = await typesetSealed({ record, typesetter, seals: [], verificationHost: HOST });
    const plain = withPlainColours(pdf);
    assert.match(Buffer.from(pdf).toString('latin1'), /ICCBased/);
    assert.doesNotMatch(Buffer.from(plain).toString('latin1'), /ICCBased/);
    assert.equal(plain.length, pdf.length);
    const library = await openPdfium();
    const draw = async (bytes: Uint8Array): Promise<Uint8Array> => {
      const document = await library.loadDocument(bytes);
      const { data } = await document.getPage(0).render({ scale: 1, render: 'bitmap' });
      document.destroy();
      return data;
    };
    const [before, after] = [await draw(pdf), await draw(plain)];
    const apart = before.map((value, index) => Math.abs(value - (after[index] ?? 0)));
    assert.ok(Math.max(...new Set(apart)) <= 2, `${Math.max(...new Set(apart))} of 255 apart`);
  }));

test('a profile that we do not know, or that a later revision replaces, is left to the reader', () =>
  withTypesetter(async (typesetter) => {
    const record = sampleRecord('enrolment', 'ja');
    const { pdf } = await typesetSealed({ record, typesetter, seals: [], verificationHost: HOST });
    const text = Buffer.from(pdf).toString('latin1');
    const numbers = [...text.matchAll(/ICCBased (\d+) 0 R/g)].map(([, number]) => number ?? '');
    const later = numbers.map((number) => `\n${number} 0 obj\n<<>>\nendobj`).join('');
    const other = text.replaceAll('/Range [0 1', '/Range [0 2');
    for (const changed of [text + later, other])
      assert.equal(Buffer.from(withPlainColours(Buffer.from(changed, 'latin1'))).toString('latin1'), changed);
    assert.ok(await renderPage(Buffer.from(other, 'latin1'), 1, 20));
  }));
