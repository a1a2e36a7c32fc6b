import type { Bilingual } from '../bilingual.ts';
import type { Calendar } from '../calendar/calendar.ts';
import type { AcademicRecordSettings, GradingScale } from '../certificate/academic-record.ts';
import type { CertificateType } from '../certificate/certificate-type.ts';
import type { Issuer } from '../certificate/issuer.ts';
import type { Destination } from '../destination/destination.ts';
import type { PaperOnly } from '../eligibility/paper-only.ts';
import type { Fees } from '../fee/fees.ts';
import type { EnrolmentLevel } from '../person/person.ts';
import type { Contact } from './contact.ts';

export type IdentityProvider = {
  readonly entityId: string;
  /** An https URL, a file within the university folder, or `federation`: the federation's aggregate. */
  readonly metadata: string;
  /** What the provider signs and we insist on. */
  readonly policy: 'response' | 'both' | 'assertion';
  readonly displayName: Bilingual;
};

/** A federation whose signed aggregate vouches for providers. */
export type Federation = {
  /** An https URL, or a file within the university folder. */
  readonly metadata: string;
  /** PEM files within the university folder, one of which must have signed the aggregate. */
  readonly certificates: readonly string[];
  /** The federation's discovery service, where people choose among several providers. */
  readonly discovery: string | null;
};

export type Programme = {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly level: EnrolmentLevel;
  /** Null where the programme leads to no degree. */
  readonly degreeJa: string | null;
  readonly degreeEn: string | null;
  /** Years it takes. */
  readonly years: number;
  /** Credits to graduate or complete with; null where none are counted. */
  readonly requiredCredits: number | null;
};

/** What a student fare discount may be used for, in its official wording. */
export type FareDiscountPurpose = Bilingual & { readonly code: string };

export type Faculty = {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly programmes: readonly Programme[];
};

export type Notice = {
  readonly id: string;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly important: boolean;
  readonly title: Bilingual;
  readonly body: Bilingual;
};

/** How mail leaves and comes back. */
export type MailSettings = {
  readonly from: string;
  readonly fromName: Bilingual;
  /** Signs every mail (RFC 6376); null signs none. */
  readonly dkim: { readonly domain: string; readonly selector: string } | null;
  /** The domain whose mail exchanger is our intake of delivery reports; null takes none in. */
  readonly reportDomain: string | null;
};

export type Limits = { readonly sheetsPerOrder: number; readonly copiesPerLine: number };

/** Deadlines in the unit of their names; those in days end at 23:59:59 JST. */
export type Deadlines = {
  readonly confirmationUrlMinutes: number;
  readonly printDays: number;
  readonly paymentDays: number;
  readonly cardPaymentMinutes: number;
  readonly reviewBusinessDays: number;
  readonly dispatchBusinessDays: number;
};

/** The classes of data for which a university says how long they are kept. */
export const RETENTION_CLASSES = [
  'issuance-register',
  'orders',
  'identity-documents',
  'documents',
  'access-logs',
] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

/**
 * How long each class of data is kept; null where an event ends it, or nothing. Listed on the privacy page, carried out
 * by a job.
 */
export type Retention = {
  readonly code: RetentionClass;
  readonly data: Bilingual;
  readonly days: number | null;
  readonly period: Bilingual;
};

export type CopierNetwork = {
  readonly code: string;
  /** Names the key with which the network signs its requests. */
  readonly keyId: string;
  /** The environment variable that holds the shared secret. */
  readonly secretVariable: string;
};

export const LEGAL_PAGES = ['terms', 'privacy', 'commercial-transactions', 'accessibility'] as const;
export type LegalPageName = (typeof LEGAL_PAGES)[number];

/** A legal page: Markdown, the same version in each language. */
export type LegalPage = { readonly version: string; readonly title: Bilingual; readonly markdown: Bilingual };

/** Everything in which one university differs from another. */
export type University = {
  /** The absolute path of the folder it was read from. */
  readonly folder: string;
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  /** The unit that answers for the service, as the footer and the sign-in page name it. */
  readonly unit: Bilingual;
  /** What people call their user name, such as "ECS-ID or SPS-ID". */
  readonly identityLabel: Bilingual;
  /** The scope of principal names: the part after `@`. */
  readonly scope: string;
  readonly identityProviders: readonly IdentityProvider[];
  readonly federation: Federation | null;
  /** Whether the campus is asked for a fresh login after somebody logged out in the same browser. */
  readonly signIn: { readonly freshAfterLogOut: boolean };
  readonly mail: MailSettings;
  /** Who cosigns the transparency log: somebody outside the university; null while there is nobody. */
  readonly witness: { readonly url: string; readonly verifierKey: string } | null;
  /** Networks (CIDR) whose many people share few addresses: nobody there is slowed down for their neighbours. */
  readonly campusNetworks: readonly string[];
  /** The number under which a qualified invoice is issued (適格請求書発行事業者登録番号). */
  readonly invoiceRegistrationNumber: string;
  readonly faculties: readonly Faculty[];
  readonly certificateTypes: readonly CertificateType[];
  readonly grading: readonly GradingScale[];
  readonly academicRecord: AcademicRecordSettings;
  readonly paperOnly: readonly PaperOnly[];
  readonly fareDiscountPurposes: readonly FareDiscountPurpose[];
  readonly issuers: readonly Issuer[];
  readonly fees: Fees;
  readonly destinations: readonly Destination[];
  readonly copierNetworks: readonly CopierNetwork[];
  readonly calendar: Calendar;
  readonly contacts: readonly Contact[];
  readonly notices: readonly Notice[];
  readonly limits: Limits;
  /** How often an owner may say that sheets of an order came out badly, and for how long after the print. */
  readonly badPrints: { readonly perOrder: number; readonly hours: number };
  readonly deadlines: Deadlines;
  readonly retention: readonly Retention[];
  readonly legal: Readonly<Record<LegalPageName, LegalPage>>;
};

/** The faculty and programme of those codes; undefined when the configuration has no such programme. */
export const findProgramme = (
  faculties: readonly Faculty[],
  codes: { faculty: string; programme: string },
): { faculty: Faculty; programme: Programme } | undefined => {
  const faculty = faculties.find(({ code }) => code === codes.faculty);
  const programme = faculty?.programmes.find(({ code }) => code === codes.programme);
  return faculty === undefined || programme === undefined ? undefined : { faculty, programme };
};
