import type { TypeConditions } from '#domain/eligibility/conditions.ts';
import type { EligibilityRuleName } from '#domain/eligibility/rules.ts';
import type { FeeClass } from '#domain/fee/fee-class.ts';
import type { Yen } from '#domain/money.ts';
import type { DestinationKind } from '../destination/destination.ts';
import type { CertificateLanguage, DateEra } from './snapshot.ts';
import type { StatementKind } from './statement.ts';

/** A kind of certificate the university issues, as certificates.yaml describes it. */
export type CertificateType = {
  /** Lower case with hyphens, such as `enrolment`; appears in snapshots and never changes its meaning. */
  readonly code: string;
  readonly titleJa: string;
  readonly titleEn: string;
  /** False: known, but not to be ordered here yet; such types are not shown. */
  readonly offered: boolean;
  readonly languages: readonly CertificateLanguage[];
  readonly destinations: readonly DestinationKind[];
  /** Issuance fee of one copy by the fee class of the enrolment certified. */
  readonly fee: Readonly<Record<FeeClass, Yen>>;
  /** File name, without `.typ`, in the university folder's `templates/`. */
  readonly template: string;
  /** What it states; decides the facts its snapshot holds. */
  readonly statement: StatementKind;
  /** Era of the dates of the Japanese version. */
  readonly dateEra: DateEra;
  /** Rules of domain/eligibility, all of which must hold. */
  readonly eligibility: readonly EligibilityRuleName[];
  readonly conditions: TypeConditions;
};

/** The type of that code; undefined for none. */
export const findCertificateType = (
  types: readonly CertificateType[],
  code: string,
): CertificateType | undefined => types.find((type) => type.code === code);
