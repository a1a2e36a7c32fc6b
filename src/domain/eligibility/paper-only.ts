import type { Enrolment } from '../person/person.ts';

/** Records of a faculty that exist on paper only: those who entered before a day get nothing online of these types. */
export type PaperOnly = {
  /** A faculty code, or `*` for every faculty. */
  readonly faculty: string;
  readonly admittedBefore: Temporal.PlainDate;
  readonly certificateTypes: '*' | readonly string[];
};

/** Whether one of the coverage rules keeps a certificate of this type and enrolment on paper. */
export const isPaperOnly = (
  coverage: readonly PaperOnly[],
  certificateType: string,
  { faculty, admissionDate }: Pick<Enrolment, 'faculty' | 'admissionDate'>,
): boolean =>
  coverage.some(
    (rule) =>
      (rule.faculty === '*' || rule.faculty === faculty) &&
      (rule.certificateTypes === '*' || rule.certificateTypes.includes(certificateType)) &&
      Temporal.PlainDate.compare(admissionDate, rule.admittedBefore) < 0,
  );
