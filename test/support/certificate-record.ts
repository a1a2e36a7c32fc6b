import type { CertificateRecord } from '#domain/certificate/snapshot.ts';

/** Every type × language that has a template. */
export const SAMPLE_KINDS = (['enrolment', 'transcript'] as const).flatMap((type) =>
  (['ja', 'en'] as const).map((language) => ({ type, language })),
);

/**
 * A certificate to be made, with 40 courses on a transcript. Every `copy` differs in name, courses and serial, so that a
 * typesetter's memory of the last one helps little.
 */
export const sampleRecord = (
  type: 'enrolment' | 'transcript',
  language: 'ja' | 'en',
  copy = 1,
): CertificateRecord => {
  const row = (index: number) => ({
    academicYear: 2023 + Math.floor(index / 14),
    term: index % 2 === 0 ? '前期' : '後期',
    courseNumber: `CS${100 + index}`,
    titleJa: `情報科学概論 ${index + 1}-${copy}`,
    titleEn: `Introduction to Informatics ${index + 1}-${copy}`,
    credits: 2,
    grade: 'A',
    gradePoint: 3,
    standing: 'earned' as const,
    categoryJa: null,
    categoryEn: null,
  });
  const record40 = {
    rows: Array.from({ length: 40 }, (_, index) => row(index)),
    gradePointAverage: 3.2,
    totalCredits: 80,
    creditTotals: [],
    legend: [],
  };
  return {
    snapshot: {
      certificateType: type,
      template: type,
      language,
      titleJa: type === 'enrolment' ? '在学証明書' : '成績証明書',
      titleEn: type === 'enrolment' ? 'Certificate of Enrolment' : 'Academic Transcript',
      dateEra: 'western',
      reference: null,
      person: { nameJa: `山田 花子${copy}`, nameRoman: `YAMADA Hanako ${copy}`, birthDate: '2004-05-06' },
      enrolment: {
        studentNumber: `23A${1000 + copy}`,
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
      ...(type === 'transcript'
        ? { statement: { kind: 'transcript' }, academicRecord: record40 }
        : { statement: { kind: 'enrolment' }, academicRecord: null }),
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
    serial: `AK7Q-2M4X-${1000 + copy}`,
    impression: 1,
    certificateNumber: `2026-${String(copy).padStart(6, '0')}`,
    issueDate: '2026-11-24',
    issuedAt: '2026-11-24T02:00:00Z',
  };
};
