import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { makeDocument } from './make-document.ts';
import { signatureHolds } from './sign/sign-document.ts';
import { openTypesetter } from './typeset/typesetter.ts';

function recordOf(type: 'enrolment' | 'transcript', language: 'ja' | 'en'): CertificateRecord {
  const row = {
    academicYear: 2024,
    term: '前期',
    courseNumber: 'CS101',
    titleJa: '情報科学概論',
    titleEn: 'Introduction to Informatics',
    credits: 2,
    grade: 'A',
    gradePoint: 3,
  };
  return {
    snapshot: {
      certificateType: type,
      language,
      titleJa: type === 'enrolment' ? '在学証明書' : '成績証明書',
      titleEn: type === 'enrolment' ? 'Certificate of Enrolment' : 'Academic Transcript',
      person: { nameJa: '山田 花子', nameRoman: 'YAMADA Hanako', birthDate: '2004-05-06' },
      enrolment: {
        studentNumber: '23A0001',
        facultyJa: '工学部',
        facultyEn: 'Faculty of Engineering',
        programmeJa: '情報工学科',
        programmeEn: 'Information Engineering',
        level: 'bachelor',
        yearOfStudy: 4,
        admissionDate: '2023-04-01',
        expectedGraduationDate: '2027-03-31',
        onLeave: null,
      },
      academicRecord:
        type === 'transcript'
          ? { rows: Array.from({ length: 40 }, () => row), gradePointAverage: 3.2 }
          : null,
      issuer: {
        universityJa: '暁月大学',
        universityEn: 'Akatsuki University',
        titleJa: '暁月大学総長',
        titleEn: 'President, Akatsuki University',
        nameJa: '朝比奈 澄子',
        nameEn: 'ASAHINA Sumiko',
        sealImage: 'images/official-seal.svg',
        signatureImage: 'images/president-signature.svg',
      },
    },
    serial: 'AK7Q-2M4X-9T3B',
    impression: 1,
    certificateNumber: '2026-000123',
    issueDate: '2026-11-24',
    issuedAt: '2026-11-24T02:00:00Z',
  };
}

test('certificates of both kinds and languages are made, and a changed byte is noticed', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'akashi-keys-'));
  const keys = await openFileKeys(folder, {
    now: Temporal.Instant.from('2026-11-24T00:00:00Z'),
    university: 'Akatsuki University',
  });
  const typesetter = openTypesetter({ universityFolder: resolve('config/demo') });
  try {
    for (const type of ['enrolment', 'transcript'] as const) {
      for (const language of ['ja', 'en'] as const) {
        const started = performance.now();
        const made = await makeDocument({
          record: recordOf(type, language),
          typesetter,
          keys,
          verificationHost: 'verify.example.ac.jp',
        });
        context.diagnostic(
          `${type} ${language}: ${Math.round(performance.now() - started)} ms, ${made.pages} pages, seal ${made.seals[0]?.length} bytes`,
        );
        assert.equal(made.seals.length, made.pages);
        await writeFile(join(folder, `${type}-${language}.pdf`), made.pdf);
        const changed = made.pdf.slice();
        changed[500] = (changed[500] ?? 0) ^ 1;
        assert.equal(await signatureHolds(changed, keys.document), false);
      }
    }
  } finally {
    typesetter.close();
  }
  context.diagnostic(folder);
});
