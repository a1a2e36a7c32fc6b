/** Who signs which certificates of which faculty, and between which days. */
export type Issuer = {
  readonly certificateTypes: '*' | readonly string[];
  /** A faculty code, or `*` for every faculty. */
  readonly faculty: string;
  readonly from: Temporal.PlainDate;
  /** The last day in office; null while it has no end. */
  readonly until: Temporal.PlainDate | null;
  readonly titleJa: string;
  readonly titleEn: string;
  readonly nameJa: string;
  readonly nameEn: string;
  /** Paths within the university folder. */
  readonly sealImage: string;
  readonly signatureImage: string;
};

const inForce = (issuer: Issuer, on: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(issuer.from, on) <= 0 &&
  (issuer.until === null || Temporal.PlainDate.compare(on, issuer.until) <= 0);

const narrowness = (issuer: Issuer): number =>
  (issuer.certificateTypes === '*' ? 0 : 2) + (issuer.faculty === '*' ? 0 : 1);

/**
 * The issuer of a certificate on a day. The narrowest entry wins: one that names the type before one that does not,
 * then one that names the faculty. Undefined when nobody is in office: nothing may be issued then.
 */
export const findIssuer = (
  issuers: readonly Issuer[],
  wanted: { certificateType: string; faculty: string; on: Temporal.PlainDate },
): Issuer | undefined =>
  issuers
    .filter(
      (issuer) =>
        inForce(issuer, wanted.on) &&
        (issuer.faculty === '*' || issuer.faculty === wanted.faculty) &&
        (issuer.certificateTypes === '*' || issuer.certificateTypes.includes(wanted.certificateType)),
    )
    .toSorted((a, b) => narrowness(b) - narrowness(a))[0];
