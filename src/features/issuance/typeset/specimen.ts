import type { CertificateType } from '#domain/certificate/certificate-type.ts';
import type {
  AcademicRecord,
  AcademicRecordRow,
  CertificateLanguage,
  CertificateRecord,
  CertificateSnapshot,
  SnapshotContent,
} from '#domain/certificate/snapshot.ts';
import type {
  ConferredDegree,
  Statement,
  StatementKind,
  TranscriptKind,
} from '#domain/certificate/statement.ts';
import { type CourseName, SPECIMEN_COURSES } from './specimen-courses.ts';

const DEGREE: ConferredDegree = {
  nameJa: '学士(工学)',
  nameEn: 'Bachelor of Engineering',
  fieldJa: '工学',
  fieldEn: 'Engineering',
  conferredOn: '2026-03-24',
  diplomaNumber: '第20311号',
};
const MASTER: ConferredDegree = {
  nameJa: '修士(情報学)',
  nameEn: 'Master of Informatics',
  fieldJa: '情報学',
  fieldEn: 'Informatics',
  conferredOn: '2026-03-24',
  diplomaNumber: '情修第1207号',
};
const PERIOD = { from: '2022-04-01', until: '2025-09-30' };

type Plain = Exclude<Statement, { kind: TranscriptKind }>;
type Listing = Extract<Statement, { kind: TranscriptKind }>;

const PLAIN: { readonly [Kind in Plain['kind']]: Extract<Plain, { kind: Kind }> | Plain } = {
  enrolment: { kind: 'enrolment' },
  'expected-graduation': { kind: 'expected-graduation', expectedOn: '2027-03-24', degree: DEGREE },
  'expected-completion': { kind: 'expected-completion', expectedOn: '2027-03-24', degree: MASTER },
  graduation: { kind: 'graduation', graduatedOn: '2026-03-24', degree: DEGREE },
  completion: { kind: 'completion', completedOn: '2026-03-24', degree: MASTER },
  degree: { kind: 'degree', degree: MASTER },
  registration: {
    kind: 'registration',
    category: 'research',
    categoryJa: '研究生',
    categoryEn: 'Research Student',
    from: '2026-04-01',
    until: '2027-03-31',
  },
  'enrolment-period': {
    kind: 'enrolment-period',
    period: PERIOD,
    end: 'withdrawn',
    leaves: [{ from: '2024-04-01', until: '2024-09-30' }],
  },
  'coursework-completed': { kind: 'coursework-completed', period: PERIOD, requirementsMetOn: '2025-03-31' },
  withdrawal: { kind: 'withdrawal', period: PERIOD, withdrawnOn: '2025-09-30' },
  health: {
    kind: 'health',
    examinedOn: '2026-05-12',
    findings: [
      {
        itemJa: '身長・体重',
        itemEn: 'Height and weight',
        resultJa: '162.4 cm　54.1 kg',
        resultEn: '162.4 cm, 54.1 kg',
      },
      { itemJa: '視力', itemEn: 'Eyesight', resultJa: '右 1.2　左 1.0', resultEn: 'Right 1.2, left 1.0' },
      { itemJa: '聴力', itemEn: 'Hearing', resultJa: '異常なし', resultEn: 'Normal' },
      { itemJa: '血圧', itemEn: 'Blood pressure', resultJa: '112 / 68 mmHg', resultEn: '112 / 68 mmHg' },
      {
        itemJa: '尿検査',
        itemEn: 'Urinalysis',
        resultJa: '蛋白 (−)　糖 (−)',
        resultEn: 'Protein negative, glucose negative',
      },
      {
        itemJa: '胸部エックス線検査',
        itemEn: 'Chest X-ray',
        resultJa: '異常なし',
        resultEn: 'No abnormal findings',
      },
      {
        itemJa: '内科診察',
        itemEn: 'Physical examination',
        resultJa: '異常なし',
        resultEn: 'No abnormal findings',
      },
    ],
    physicianJa: '水野 陽子',
    physicianEn: 'MIZUNO Yoko, M.D.',
  },
  'fare-discount': {
    kind: 'fare-discount',
    purposeCode: 'going-home',
    purposeJa: '休暇、所用による帰省',
    sectionFrom: '京都',
    sectionTo: '鳥取',
    discountPercent: 20,
    validUntil: '2027-02-23',
    studentCardIssuedOn: '2023-04-01',
    studentCardNumber: '1023310417',
    age: 22,
  },
};

const LISTING: { readonly [Kind in TranscriptKind]: Listing } = {
  transcript: { kind: 'transcript' },
  'transcript-and-graduation': {
    kind: 'transcript-and-graduation',
    end: 'graduated',
    endedOn: '2026-03-24',
    degree: DEGREE,
  },
};

const isListing = (kind: StatementKind): kind is TranscriptKind => kind in LISTING;

const GRADES = [
  {
    grade: 'A+',
    meaningJa: '100〜96点 (特に優れている)',
    meaningEn: '96–100 (outstanding)',
    gradePoint: 4.3,
  },
  { grade: 'A', meaningJa: '95〜85点 (優れている)', meaningEn: '85–95 (excellent)', gradePoint: 4 },
  { grade: 'B', meaningJa: '84〜75点 (良い)', meaningEn: '75–84 (good)', gradePoint: 3 },
  { grade: 'C', meaningJa: '74〜65点 (普通)', meaningEn: '65–74 (satisfactory)', gradePoint: 2 },
  { grade: 'D', meaningJa: '64〜60点 (合格の最低限)', meaningEn: '60–64 (pass)', gradePoint: 1 },
  { grade: '合格', meaningJa: '合格 (評点なし)', meaningEn: 'Pass, not graded', gradePoint: null },
];

const rowOf = (
  { titleJa, titleEn, credits }: CourseName,
  index: number,
  count: number,
): AcademicRecordRow => {
  const { grade, gradePoint } = GRADES[(index * 7 + (index >> 2)) % 5] ?? { grade: 'A', gradePoint: 4 };
  const term = Math.floor((index * 7) / count);
  return {
    academicYear: 2023 + (term >> 1),
    term: term % 2 === 0 ? '前期' : '後期',
    courseNumber: `C${String(101 + index)}`,
    titleJa,
    titleEn,
    credits,
    grade,
    gradePoint,
    standing: 'earned',
    categoryJa: null,
    categoryEn: null,
  };
};

const academicRecordOf = (courses: number, language: CertificateLanguage): AcademicRecord => {
  const names = Array.from(
    { length: courses },
    (_, index) => SPECIMEN_COURSES[index % SPECIMEN_COURSES.length],
  );
  const rows = names.flatMap((name, index) => (name === undefined ? [] : [rowOf(name, index, courses)]));
  const english = { 前期: 'First', 後期: 'Second' } as const;
  const total = (from: number, until: number) =>
    rows.slice(from, until).reduce((sum, { credits }) => sum + credits, 0);
  const middle = Math.ceil(rows.length / 3);
  return {
    rows:
      language === 'ja' ? rows : rows.map((row) => ({ ...row, term: english[row.term as '前期' | '後期'] })),
    gradePointAverage: 3.2,
    totalCredits: total(0, rows.length),
    creditTotals: [
      { categoryJa: '全学共通科目', categoryEn: 'Liberal arts and sciences', credits: total(0, middle) },
      { categoryJa: '専門科目', categoryEn: 'Specialised courses', credits: total(middle, rows.length) },
    ],
    legend: GRADES,
  };
};

export type SpecimenIssuer = CertificateSnapshot['issuer'];

export type SpecimenWish = {
  readonly type: Pick<CertificateType, 'code' | 'template' | 'titleJa' | 'titleEn' | 'dateEra' | 'statement'>;
  readonly language: CertificateLanguage;
  readonly issuer: SpecimenIssuer;
  readonly courses?: number;
};

const GRADUATE: readonly StatementKind[] = [
  'expected-completion',
  'completion',
  'degree',
  'registration',
  'coursework-completed',
];
const GRADUATE_PROGRAMME = {
  ja: { master: '知能情報学専攻 修士課程', doctor: '知能情報学専攻 博士後期課程' },
  en: {
    master: "Intelligence Science, Master's Programme",
    doctor: 'Intelligence Science, Doctoral Programme',
  },
} as const;

/**
 * A made-up certificate of a type, with every fact that the type can state: what templates are tried with at start,
 * and what the gallery shows. `courses` are 40 unless told.
 */
export const specimenOf = ({ type, language, issuer, courses = 40 }: SpecimenWish): CertificateRecord => {
  const kind = type.statement;
  const graduate = GRADUATE.includes(kind);
  const level = kind === 'coursework-completed' ? 'doctor' : 'master';
  const content: SnapshotContent = isListing(kind)
    ? { statement: LISTING[kind], academicRecord: academicRecordOf(courses, language) }
    : { statement: PLAIN[kind], academicRecord: null };
  return {
    snapshot: {
      certificateType: type.code,
      template: type.template,
      language,
      titleJa: type.titleJa,
      titleEn: type.titleEn,
      dateEra: type.dateEra,
      reference: null,
      person: { nameJa: '髙橋 𠮷人', nameRoman: 'TAKAHASHI Yoshito', birthDate: '2004-05-06' },
      enrolment: {
        studentNumber: graduate ? '6025410417' : '1023310417',
        facultyJa: graduate ? '大学院情報学研究科' : '工学部',
        facultyEn: graduate ? 'Graduate School of Informatics' : 'Faculty of Engineering',
        programmeJa: graduate ? GRADUATE_PROGRAMME.ja[level] : '情報学科',
        programmeEn: graduate ? GRADUATE_PROGRAMME.en[level] : 'Department of Informatics',
        level: graduate ? level : 'bachelor',
        yearOfStudy: graduate ? 2 : 4,
        admissionDate: graduate ? '2025-04-01' : '2023-04-01',
        expectedGraduationDate: '2027-03-24',
        onLeave: null,
      },
      issuer,
      ...content,
    },
    serial: 'AK7Q-2M4X-9T3B',
    impression: 1,
    certificateNumber: '2026-000123',
    issueDate: '2026-11-24',
    issuedAt: '2026-11-24T02:00:00Z',
  };
};
