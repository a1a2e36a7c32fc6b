// The people of personas.yaml whom the register knows. Student numbers are those of that file.
const CURRENT = { status: 'enrolled', category: 'regular', leftOn: '', leaveFrom: '', leaveUntil: '' } as const;

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

const graduated = (enrolment: SampleEnrolment): SampleEnrolment => ({
  ...enrolment,
  status: 'graduated',
  yearOfStudy: 4,
  leftOn: enrolment.expected,
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
    {
      ...bachelor('9026110003', 'exchange', 'exchange', 2026),
      level: 'non-degree',
      category: 'special-auditor',
      expected: '2027-03-31',
    },
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
];

export const sampleBachelor = bachelor;
export const sampleMaster = master;
export const sampleGraduated = graduated;
