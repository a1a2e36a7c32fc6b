import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NamedDocument } from './file-name.ts';
import { archiveFileName, documentFileNames } from './file-name.ts';

const transcript: NamedDocument = {
  certificateType: 'transcript',
  language: 'en',
  issueDate: '2026-11-22',
  nameRoman: 'YAMADA Hanako',
  serial: 'AK7Q-2M4X-9T3B',
};
const named = (nameRoman: string | null): string | undefined =>
  documentFileNames([{ ...transcript, nameRoman }])[0];

test('a file is named for its owner, what it is and its date', () => {
  assert.equal(named('YAMADA Hanako'), 'YAMADA_Hanako_Transcript_2026-11-22.pdf');
  assert.equal(named("O'BRIEN Zoë-Anne"), 'OBRIEN_Zoe-Anne_Transcript_2026-11-22.pdf');
  assert.equal(named('ŁUKASIEWICZ Bjørn'), 'LUKASIEWICZ_Bjorn_Transcript_2026-11-22.pdf');
  assert.equal(named(null), 'AK7Q-2M4X-9T3B_Transcript_2026-11-22.pdf');
  assert.equal(named('山田 花子'), 'AK7Q-2M4X-9T3B_Transcript_2026-11-22.pdf');
  assert.equal(archiveFileName([transcript]), 'YAMADA_Hanako_Certificates_2026-11-22.zip');
  assert.equal(
    documentFileNames([transcript], 'Personal_Copy')[0],
    'YAMADA_Hanako_Transcript_Personal_Copy_2026-11-22.pdf',
  );
});

test('files given away together have names of their own', () => {
  const both = [transcript, transcript, { ...transcript, language: 'ja' as const }];
  assert.deepEqual(documentFileNames(both), [
    'YAMADA_Hanako_Transcript_EN_2026-11-22.pdf',
    'YAMADA_Hanako_Transcript_EN_2026-11-22_2.pdf',
    'YAMADA_Hanako_Transcript_JA_2026-11-22.pdf',
  ]);
});

test('no name makes a file name that a system or a header would trip over', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (nameRoman) => {
      const name = named(nameRoman) ?? '';
      assert.match(name, /^[A-Za-z0-9][A-Za-z0-9_-]*\.pdf$/);
      assert.ok(name.length <= 150);
    }),
  );
});
