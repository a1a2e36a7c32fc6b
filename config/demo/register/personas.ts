// The people of personas.yaml whom the register knows, and two who have no campus account any more. Student numbers are
// those of that file.
const CURRENT = { status: 'enrolled', category: 'regular', leftOn: '', leaveFrom: '', leaveUntil: '', certifiedFrom: '', requirementsMetOn: '' } as const;

export type SampleEnrolment = {
  studentNumber: string;
  faculty: string;
  programme: string;
  level: 'bachelor' | 'master' | 'doctor' | 'non-degree';
  category: string;
  status: string;
  yearOfStudy: number;
  admissionDate: string;
  expected: string;
  leftOn: string;
  leaveFrom: string;
  leaveUntil: string;
  /** When graduation may be certified; empty: from the day itself. */
  certifiedFrom: string;
  requirementsMetOn: string;
};
export type SamplePerson = {
  user: string;
  name: readonly [string, string, string];
  birthDate: string;
  enrolments: SampleEnrolment[];
};

const bachelor = (studentNumber: string, faculty: string, programme: string, entered: number): SampleEnrolment => ({
  ...CURRENT,
  studentNumber,
  faculty,
  programme,
  level: 'bachelor',
  yearOfStudy: Math.min(2027 - entered, 4),
  admissionDate: `${entered}-04-01`,
  expected: `${entered + 4}-03-24`,
});

const master = (studentNumber: string, entered: number): SampleEnrolment => ({
  ...bachelor(studentNumber, 'graduate-informatics', 'intelligence-science-master', entered),
  level: 'master',
  yearOfStudy: 2027 - entered,
  expected: `${entered + 2}-03-24`,
});

const doctor = (studentNumber: string, entered: number): SampleEnrolment => ({
  ...bachelor(studentNumber, 'graduate-informatics', 'intelligence-science-doctor', entered),
  level: 'doctor',
  yearOfStudy: Math.min(2027 - entered, 3),
  expected: `${entered + 3}-03-24`,
});

/** 単位取得退学 at the end of the third year. */
const courseworkCompleted = (enrolment: SampleEnrolment): SampleEnrolment => ({
  ...enrolment,
  status: 'coursework-completed',
  yearOfStudy: 3,
  expected: '',
  leftOn: `${enrolment.expected.slice(0, 4)}-03-31`,
  requirementsMetOn: `${enrolment.expected.slice(0, 4)}-03-10`,
});

const nonRegular = (
  studentNumber: string,
  programme: string,
  category: 'research' | 'credited-auditor' | 'special-auditor',
): SampleEnrolment => ({
  ...bachelor(studentNumber, 'exchange', programme, 2026),
  level: 'non-degree',
  category,
  expected: '2027-03-31',
});

const withdrawn = (enrolment: SampleEnrolment, leftOn: string): SampleEnrolment => ({
  ...enrolment,
  status: 'withdrawn',
  expected: '',
  leftOn,
});

const graduated = (enrolment: SampleEnrolment): SampleEnrolment => ({
  ...enrolment,
  status: 'graduated',
  yearOfStudy: { bachelor: 4, master: 2, doctor: 3, 'non-degree': 1 }[enrolment.level],
  leftOn: enrolment.expected,
  certifiedFrom: `${enrolment.expected}T10:00:00+09:00`,
});

const person = (
  user: string,
  name: SamplePerson['name'],
  birthDate: string,
  ...enrolments: SampleEnrolment[]
): SamplePerson => ({ user, name, birthDate, enrolments });

export const PERSONAS: readonly SamplePerson[] = [
  person('a0123456', ['佐藤 美咲', 'サトウ ミサキ', 'SATO Misaki'], '2005-07-14', bachelor('1029310001', 'engineering', 'informatics', 2024)),
  person(
    'm0234567',
    ['髙橋 𠮷人', 'タカハシ ヨシト', 'TAKAHASHI Yoshito'],
    '2002-02-28',
    master('6025410002', 2025),
    graduated(bachelor('1021310002', 'engineering', 'informatics', 2021)),
  ),
  person(
    'x0345678',
    [
      'マリア・フェルナンダ・デ・ロス・アンヘレス・エチェベリア・ゴンサレス・デ・ラ・クルス',
      'マリア フェルナンダ デ ロス アンヘレス エチェベリア ゴンサレス デ ラ クルス',
      'ECHEVERRÍA GONZÁLEZ DE LA CRUZ María Fernanda de los Ángeles',
    ],
    '2004-11-02',
    nonRegular('9026110003', 'exchange', 'special-auditor'),
  ),
  person('l0456789', ['\u{fa19}谷 拓海', 'カミヤ タクミ', 'KAMIYA Takumi'], '2004-05-05', {
    ...bachelor('1029210004', 'science', 'mathematics', 2023),
    leaveFrom: '2026-10-01',
    leaveUntil: '2027-03-31',
  }),
  person('h0567890', ['山﨑 結衣', 'ヤマサキ ユイ', 'YAMASAKI Yui'], '2005-12-31', bachelor('1030310005', 'letters', 'humanities', 2024)),
  person('f0678901', ['辻\u{e0100} 蓮', 'ツジ レン', 'TSUJI Ren'], '2004-08-19', bachelor('1027310006', 'law', 'law', 2023)),
  person('staff01', ['伊藤 真由美', 'イトウ マユミ', 'ITO Mayumi'], '1984-03-03'),
  person('staff02', ['渡邊 健', 'ワタナベ ケン', 'WATANABE Ken'], '1975-09-21'),
  person('admin01', ['小林 誠', 'コバヤシ マコト', 'KOBAYASHI Makoto'], '1979-06-10'),
  person('b0789012', ['中村 彩', 'ナカムラ アヤ', 'NAKAMURA Aya'], '1991-10-08', master('6026410007', 2026)),
  person('d0901234', ['長谷川 慶一郎', 'ハセガワ ケイイチロウ', 'HASEGAWA Keiichiro'], '1995-02-28',
    nonRegular('9026410011', 'research-student', 'research'),
    courseworkCompleted(doctor('7023410011', 2023)),
    graduated(master('6021410011', 2021))),
  person('n0912345', ['池田 七海', 'イケダ ナナミ', 'IKEDA Nanami'], '1988-12-01', nonRegular('9126110012', 'credited-auditor', 'credited-auditor')),
  person('w0934567', ['葛\u{e0100}城 湊', 'カツラギ ミナト', 'KATSURAGI Minato'], '2003-04-01',
    bachelor('1027310013', 'law', 'law', 2025),
    withdrawn({ ...bachelor('1030210013', 'letters', 'humanities', 2022), yearOfStudy: 3 }, '2024-09-30')),
  person('q0956789', ['濵田 駿', 'ハマダ シュン', 'HAMADA Shun'], '2004-02-29', bachelor('1028310014', 'economics', 'economics-and-management', 2023)),
  person('e0967890', ['王 小明', 'ワン シャオミン', ''], '2005-03-31', bachelor('1026310015', 'science', 'biology', 2024)),
  person('p0978901', ['桒原 明日香', 'クワハラ アスカ', 'KUWAHARA Asuka'], '1996-04-01',
    doctor('7024410016', 2024),
    graduated(master('6022410016', 2022)),
    graduated(bachelor('1018310016', 'engineering', 'informatics', 2018))),
  person('', ['五十嵐 智也', 'イガラシ トモヤ', 'IGARASHI Tomoya'], '1992-10-10', courseworkCompleted(doctor('7022410017', 2022))),
  person('', ['森 さくら', 'モリ サクラ', 'MORI Sakura'], '1975-01-07', graduated(bachelor('1094310018', 'letters', 'humanities', 1994))),
];

export const sampleBachelor = bachelor;
export const sampleMaster = master;
export const sampleDoctor = doctor;
export const sampleGraduated = graduated;
export const sampleWithdrawn = withdrawn;
export const sampleCourseworkCompleted = courseworkCompleted;
export const sampleNonRegular = nonRegular;
