import type { SampleEnrolment } from './personas.ts';

const FIELDS: Readonly<Record<string, readonly [string, string]>> = {
  letters: ['文学', 'Letters'],
  law: ['法学', 'Laws'],
  economics: ['経済学', 'Economics'],
  science: ['理学', 'Science'],
  engineering: ['工学', 'Engineering'],
  'graduate-informatics': ['情報学', 'Informatics'],
  'graduate-letters': ['文学', 'Letters'],
};
const LEVELS: Readonly<Record<string, readonly [string, string, string]>> = {
  bachelor: ['学士', 'Bachelor', '学'],
  master: ['修士', 'Master', '修'],
  doctor: ['博士', 'Doctor', '博'],
};

/** The degree of a finished enrolment: a row of degrees.csv. */
export const degreeOf = (enrolment: SampleEnrolment, number: number): string[] => {
  const [fieldJa, fieldEn] = FIELDS[enrolment.faculty] ?? ['', ''];
  const [levelJa, levelEn, letter] = LEVELS[enrolment.level] ?? ['', '', ''];
  return [
    enrolment.studentNumber, `${levelJa}(${fieldJa})`, `${levelEn} of ${fieldEn}`, fieldJa, fieldEn,
    enrolment.leftOn, `${fieldJa.slice(0, 1)}${letter}第${number}号`,
  ];
};
