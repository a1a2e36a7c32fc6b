import { findIssuer } from '#domain/certificate/issuer.ts';
import type { CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import { tokyoDate } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import type { Enrolment } from '#domain/person/person.ts';
import { leaveOn } from '#domain/person/person.ts';
import { findProgramme } from '#domain/university/university.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { contentOf } from './state-facts.ts';
import type { Wish } from './wish.ts';

const enrolmentOf = (
  { university }: OrderingDependencies,
  enrolment: Enrolment,
  today: Temporal.PlainDate,
): CertificateSnapshot['enrolment'] => {
  const names = findProgramme(university.faculties, enrolment);
  if (names === undefined) throw new AkashiError('unavailable', { programme: enrolment.programme });
  const leave = leaveOn(enrolment, today);
  return {
    studentNumber: enrolment.studentNumber,
    facultyJa: names.faculty.nameJa,
    facultyEn: names.faculty.nameEn,
    programmeJa: names.programme.nameJa,
    programmeEn: names.programme.nameEn,
    level: enrolment.level,
    yearOfStudy: enrolment.yearOfStudy,
    admissionDate: enrolment.admissionDate.toString(),
    expectedGraduationDate: enrolment.expectedGraduationDate?.toString() ?? null,
    onLeave: leave === null ? null : { from: leave.from.toString(), until: leave.until.toString() },
  };
};

const issuerOf = (
  { university }: OrderingDependencies,
  { type, enrolment }: Wish,
  today: Temporal.PlainDate,
): CertificateSnapshot['issuer'] => {
  const wanted = { certificateType: type.code, faculty: enrolment.faculty, on: today };
  const issuer = findIssuer(university.issuers, wanted);
  if (issuer === undefined) throw new AkashiError('unavailable', { issuerOf: type.code });
  return {
    universityJa: university.nameJa,
    universityEn: university.nameEn,
    titleJa: issuer.titleJa,
    titleEn: issuer.titleEn,
    nameJa: issuer.nameJa,
    nameEn: issuer.nameEn,
    sealImage: issuer.sealImage,
    signatureImage: issuer.signatureImage,
  };
};

/** Everything the certificate will say, as the register has it now. */
export const freeze = (
  dependencies: OrderingDependencies,
  wish: Wish,
  now: Temporal.Instant,
): CertificateSnapshot => {
  const { person, enrolment, type, language } = wish;
  const today = tokyoDate(now);
  return {
    certificateType: type.code,
    template: type.template,
    language,
    titleJa: type.titleJa,
    titleEn: type.titleEn,
    dateEra: language === 'ja' ? type.dateEra : 'western',
    reference: wish.details.reference,
    person: { nameJa: person.nameJa, nameRoman: person.nameRoman, birthDate: person.birthDate.toString() },
    enrolment: enrolmentOf(dependencies, enrolment, today),
    ...contentOf(dependencies, wish, now),
    issuer: issuerOf(dependencies, wish, today),
  };
};
