import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { makeDocument } from '#features/issuance/make-document.ts';
import { signDocument } from '#features/issuance/sign/sign-document.ts';
import { openTypesetter } from '#features/issuance/typeset/typesetter.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { UNIVERSITY_FOLDER, withFolder } from './akashi.ts';
import { medianOf, milliseconds, report } from './measure.ts';

type Kind = 'enrolment' | 'transcript40';

const HOST = 'verify.bench.example';
const ISSUED_AT = '2026-11-24T02:00:00Z';

/** Every copy differs in name, courses and serial, so that the typesetter's memory of the last one helps little. */
const recordOf = (kind: Kind, copy: number): CertificateRecord => {
  const rows = Array.from({ length: 40 }, (_, index) => ({
    academicYear: 2023 + Math.floor(index / 14),
    term: index % 2 === 0 ? '前期' : '後期',
    courseNumber: `CS${100 + index}`,
    titleJa: `情報科学概論 ${index + 1}-${copy}`,
    titleEn: `Introduction to Informatics ${index + 1}-${copy}`,
    credits: 2,
    grade: 'A',
    gradePoint: 3,
  }));
  return {
    snapshot: {
      certificateType: kind === 'enrolment' ? 'enrolment' : 'transcript',
      language: 'ja',
      titleJa: kind === 'enrolment' ? '在学証明書' : '成績証明書',
      titleEn: kind === 'enrolment' ? 'Certificate of Enrolment' : 'Academic Transcript',
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
      academicRecord: kind === 'enrolment' ? null : { rows, gradePointAverage: 3 },
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
    issuedAt: ISSUED_AT,
  };
};

/** One copy made as the service makes it, and one only typeset once and signed: no seal, no check. */
export const benchCertificate = (kind: Kind): Promise<void> =>
  withFolder(async (folder) => {
    const now = Temporal.Instant.from(ISSUED_AT);
    const keys = await openFileKeys(folder, { now, university: 'Akatsuki University' });
    const typesetter = openTypesetter({ universityFolder: UNIVERSITY_FOLDER });
    const typesetAndSign = async (record: CertificateRecord): Promise<void> => {
      const { pdf } = await typesetter.typeset({
        template: record.snapshot.certificateType,
        data: { record, host: HOST, watermark: false, seals: [] },
        seconds: Math.floor(now.epochMilliseconds / 1000),
        measure: false,
      });
      if (pdf === null) throw new Error('nothing was typeset');
      await signDocument(pdf, keys.document, ISSUED_AT);
    };
    const rounds = { warmUp: 2, rounds: 9 };
    try {
      const whole = await medianOf(rounds, (round) => {
        const record = recordOf(kind, round);
        return milliseconds(() => makeDocument({ record, typesetter, keys, verificationHost: HOST }));
      });
      report(`certificate.${kind}.ms`, whole, 'ms');
      const bare = await medianOf(rounds, (round) =>
        milliseconds(() => typesetAndSign(recordOf(kind, 500 + round))),
      );
      report(`certificate.${kind}.limit.ms`, bare, 'ms');
    } finally {
      typesetter.close();
    }
  });
