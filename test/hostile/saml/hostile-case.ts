import type { ResponsePlan } from '#dev/identity-provider/response-plan.ts';
import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';

/** One malicious or odd answer: how a right plan is spoilt, or how the written response is. */
export type HostileCase = {
  readonly family: string;
  readonly name: string;
  readonly change?: (plan: ResponsePlan, stranger: KeyAndCertificate) => Partial<ResponsePlan>;
  /** The whole field as posted, from the right response's XML. */
  readonly field?: (xml: string) => string;
};
