import type { Enrolment } from '../person/person.ts';

/** Whose fee is due: a current student's, or that of somebody who has left. */
export type FeeClass = 'current' | 'graduate';

/**
 * The fee class of the enrolment certified, not of the person: a master's student who orders the certificate of a
 * finished bachelor's enrolment pays the graduate's fee (docs/configuration.md, Fees).
 */
export const feeClassOf = (enrolment: Pick<Enrolment, 'status'>): FeeClass =>
  enrolment.status === 'enrolled' ? 'current' : 'graduate';
