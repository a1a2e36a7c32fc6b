import type { CertificateType } from '#domain/certificate/certificate-type.ts';
import type { CertificateLanguage } from '#domain/certificate/snapshot.ts';
import type { Enrolment, EnrolmentFacts, HealthExamination, Person } from '#domain/person/person.ts';
import type { WishDetails } from './wish-details.ts';

export type Wish = {
  readonly person: Person;
  readonly enrolment: Enrolment;
  readonly type: CertificateType;
  readonly language: CertificateLanguage;
  /** What the register knows besides, at the instant of the wish. */
  readonly facts: EnrolmentFacts;
  readonly healthExaminations: readonly HealthExamination[];
  readonly details: WishDetails;
};
