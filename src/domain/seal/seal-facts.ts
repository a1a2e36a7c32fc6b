import type { CertificateSnapshot } from '../certificate/snapshot.ts';
import type { ConferredDegree, DegreeName, Statement } from '../certificate/statement.ts';
import type { SealFacts } from './claim-fields.ts';

type Japanese = boolean;

const degreeFacts = (degree: DegreeName | ConferredDegree | null, japanese: Japanese): SealFacts => {
  if (degree === null) return {};
  const field = japanese ? degree.fieldJa : degree.fieldEn;
  return {
    degree: japanese ? degree.nameJa : degree.nameEn,
    ...(field === null ? {} : { field }),
    ...('conferredOn' in degree ? { conferredOn: degree.conferredOn } : {}),
    ...('diplomaNumber' in degree && degree.diplomaNumber !== null
      ? { diplomaNumber: degree.diplomaNumber }
      : {}),
  };
};

const periodFacts = ({ from, until }: { from: string; until: string | null }): SealFacts => ({
  periodFrom: from,
  ...(until === null ? {} : { periodUntil: until }),
});

const statementFacts = (statement: Statement, japanese: Japanese): SealFacts => {
  switch (statement.kind) {
    case 'enrolment':
    case 'transcript':
      return {};
    case 'expected-graduation':
    case 'expected-completion':
      return { completedOn: statement.expectedOn, ...degreeFacts(statement.degree, japanese) };
    case 'graduation':
      return { completedOn: statement.graduatedOn, ...degreeFacts(statement.degree, japanese) };
    case 'completion':
      return { completedOn: statement.completedOn, ...degreeFacts(statement.degree, japanese) };
    case 'degree':
      return degreeFacts(statement.degree, japanese);
    case 'transcript-and-graduation':
      return { completedOn: statement.endedOn, ...degreeFacts(statement.degree, japanese) };
    case 'registration':
      return { category: japanese ? statement.categoryJa : statement.categoryEn, ...periodFacts(statement) };
    case 'enrolment-period':
      return { ...periodFacts(statement.period), ended: statement.end };
    case 'coursework-completed':
      return { ...periodFacts(statement.period), ended: 'coursework-completed' };
    case 'withdrawal':
      return { ...periodFacts(statement.period), completedOn: statement.withdrawnOn, ended: 'withdrawn' };
    case 'health':
      return {
        examinedOn: statement.examinedOn,
        findings: statement.findings
          .map((finding) => (japanese ? finding.resultJa : finding.resultEn))
          .join(' / '),
      };
    case 'fare-discount':
      return {
        purpose: statement.purposeJa,
        section: `${statement.sectionFrom} – ${statement.sectionTo}`,
        validUntil: statement.validUntil,
      };
  }
};

/**
 * What a seal covers of the statement, in the language of the sheet: whatever somebody would want to change on it.
 * Null where the sheet states nothing beyond the person and the enrolment.
 */
export const sealFacts = (snapshot: CertificateSnapshot): SealFacts | null => {
  const { academicRecord: record, reference } = snapshot;
  const facts: SealFacts = {
    ...statementFacts(snapshot.statement, snapshot.language === 'ja'),
    ...(reference === null ? {} : { reference }),
    ...(record === null ? {} : { totalCredits: String(record.totalCredits) }),
    ...(record === null || record.gradePointAverage === null
      ? {}
      : { gradePointAverage: record.gradePointAverage.toFixed(2) }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
};
