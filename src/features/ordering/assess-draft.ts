import type { CertificateType } from '#domain/certificate/certificate-type.ts';
import { findCertificateType } from '#domain/certificate/certificate-type.ts';
import { markMissing, printedNames } from '#domain/certificate/printed-names.ts';
import type { CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import { availabilityOf } from '#domain/destination/availability.ts';
import { feeClassOf } from '#domain/fee/fee-class.ts';
import type { OrderPrice } from '#domain/fee/price-order.ts';
import { priceOrder } from '#domain/fee/price-order.ts';
import { yen } from '#domain/money.ts';
import type { DeliveryReading, DeliveryRules } from '#domain/order/delivery.ts';
import { needsDelivery, readDelivery } from '#domain/order/delivery.ts';
import type { Draft } from '#domain/order/draft.ts';
import { parseCopies, readCopiesField } from '#domain/order/draft.ts';
import type { PersonRecord, PersonRegister } from '#domain/person/person.ts';
import { parseAddress } from '#features/mail-address/index.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { freeze } from './freeze.ts';
import type { Offer } from './list-offers.ts';
import { listOffers } from './list-offers.ts';
import { postageFor } from './remaining-price.ts';

export type WishedLine = {
  readonly offer: Offer;
  readonly copies: number;
  readonly snapshot: CertificateSnapshot;
  /** What is shown and measured: the snapshot, with a mark for every character that cannot be printed. */
  readonly specimen: CertificateSnapshot;
  readonly sheetsPerCopy: number;
  readonly rowsBySheet: readonly number[];
  /** Characters of the names that cannot be printed. */
  readonly missingGlyphs: readonly string[];
};

export type { Offer };
export type DraftProblem = 'copies' | 'not-eligible' | 'fare-discount';

export type Assessment = {
  readonly register: PersonRegister;
  /** Whether the draft's destination may be chosen. */
  readonly open: boolean;
  readonly offers: readonly Offer[];
  readonly lines: readonly WishedLine[];
  /** What is wrong with a field, by its name. */
  readonly problems: ReadonlyMap<string, DraftProblem>;
  readonly price: OrderPrice;
  readonly tooManySheets: boolean;
  /** How it reaches the recipient; null where the destination says it all. */
  readonly delivery: DeliveryReading | null;
  /** No band of postage carries one of the envelopes. */
  readonly tooHeavy: boolean;
  /** Certificates wished for that the chosen destination does not take; they wait in the draft. */
  readonly conflicts: readonly CertificateType[];
};

/** Whether a person may choose the draft's destination now. */
const isOpen = (
  { university }: OrderingDependencies,
  { enrolments }: PersonRegister,
  { destination }: Draft,
  now: Temporal.Instant,
): boolean => {
  const chosen = university.destinations.find(({ kind }) => kind === destination);
  return chosen !== undefined && availabilityOf(chosen, enrolments, now).available;
};

const conflictsOf = (
  { university }: OrderingDependencies,
  draft: Draft,
  offers: readonly Offer[],
): CertificateType[] => {
  const found = new Set<CertificateType>();
  for (const [field, typed] of Object.entries(draft.copies)) {
    if (parseCopies(typed, 999) === 0 || offers.some((offer) => offer.field === field)) continue;
    const code = readCopiesField(field)?.certificateType ?? '';
    const type = findCertificateType(university.certificateTypes, code);
    if (type?.offered === true) found.add(type);
  }
  return [...found];
};

const wishedLine = async (
  dependencies: OrderingDependencies,
  offer: Offer,
  copies: number,
  now: Temporal.Instant,
): Promise<WishedLine> => {
  const snapshot = freeze(dependencies, offer, now);
  const missingGlyphs = [...new Set(dependencies.preview.missingGlyphs(printedNames(snapshot)))];
  const specimen = missingGlyphs.length === 0 ? snapshot : markMissing(snapshot, missingGlyphs);
  const rowsBySheet = await dependencies.preview.rowsBySheet(specimen);
  const sheetsPerCopy = rowsBySheet.length;
  return { offer, copies, snapshot, specimen, sheetsPerCopy, rowsBySheet, missingGlyphs };
};

const rulesOf = ({ destinations }: OrderingDependencies['university']): DeliveryRules => {
  const rules = {
    offices: [] as string[],
    countries: [] as string[],
    suspendedCountries: [] as string[],
    readMail: (typed: string): string | null => {
      const read = parseAddress(typed);
      return read.ok ? read.address : null;
    },
  };
  for (const destination of destinations) {
    if (destination.kind === 'counter') rules.offices = destination.offices.map(({ code }) => code);
    if (destination.kind === 'post') {
      rules.countries = [...destination.countries];
      rules.suspendedCountries = [...destination.suspendedCountries];
    }
  }
  return rules;
};

const deliveryOf = (
  { university }: OrderingDependencies,
  draft: Draft,
  lines: readonly WishedLine[],
): DeliveryReading | null => {
  const wanted = Object.fromEntries(lines.map(({ offer, copies }) => [offer.field, copies]));
  return needsDelivery(draft.destination)
    ? readDelivery(draft.destination, draft.typed, wanted, rulesOf(university))
    : null;
};

/** The draft against what the register says at `now`: each line is checked, frozen, typeset and priced by itself. */
export const assessDraft = async (
  dependencies: OrderingDependencies,
  register: PersonRecord,
  draft: Draft,
  now: Temporal.Instant,
): Promise<Assessment> => {
  const { fees, limits } = dependencies.university;
  const offers = await listOffers(dependencies, register, draft, now);
  const lines: WishedLine[] = [];
  const problems = new Map<string, DraftProblem>();
  for (const offer of offers) {
    const copies = parseCopies(draft.copies[offer.field] ?? '', limits.copiesPerLine);
    if (copies === null) problems.set(offer.field, 'copies');
    if (copies === null || copies === 0) continue;
    if (!offer.eligibility.eligible) {
      problems.set(offer.field, 'not-eligible');
      continue;
    }
    if (offer.type.statement === 'fare-discount' && offer.details.fareDiscount === null) {
      problems.set(offer.field, 'fare-discount');
      continue;
    }
    lines.push(await wishedLine(dependencies, offer, copies, now));
  }
  const delivery = deliveryOf(dependencies, draft, lines);
  const sheetsOf = new Map(lines.map(({ offer, sheetsPerCopy }) => [offer.field, sheetsPerCopy]));
  const postage = postageFor(dependencies, delivery?.delivery ?? null, sheetsOf);
  const price = priceOrder(fees, {
    destination: draft.destination ?? 'store',
    postage: postage ?? yen(0),
    lines: lines.map(({ offer, copies, sheetsPerCopy }) => ({
      fee: offer.type.fee,
      feeClass: feeClassOf(offer.enrolment),
      copies,
      sheets: sheetsPerCopy,
    })),
  });
  return {
    register,
    open: isOpen(dependencies, register, draft, now),
    offers,
    lines,
    problems,
    price,
    tooManySheets: price.sheets > limits.sheetsPerOrder,
    delivery,
    tooHeavy: postage === null,
    conflicts: conflictsOf(dependencies, draft, offers),
  };
};

/** The same for a page; what is ordered is assessed once more. */
export const assessForPage = async (
  dependencies: OrderingDependencies,
  personId: string,
  draft: Draft,
  now: Temporal.Instant,
): Promise<Assessment> =>
  assessDraft(dependencies, await dependencies.register.readRecentRecord(personId, now), draft, now);

/** The characters of the names that no font of ours has; the order waits for a person when there are any. */
export const missingGlyphsOf = ({ lines }: Pick<Assessment, 'lines'>): string[] => [
  ...new Set(lines.flatMap(({ missingGlyphs }) => missingGlyphs)),
];

/** Whether the certificates can be ordered as they stand; delivery details may still be missing. */
export const isChosen = ({ open, lines, problems, tooManySheets, conflicts }: Assessment): boolean =>
  open && lines.length > 0 && problems.size === 0 && !tooManySheets && conflicts.length === 0;

/** Whether an order can be made of it as it stands. */
export const isComplete = (assessment: Assessment): boolean =>
  isChosen(assessment) && assessment.delivery?.delivery !== null && !assessment.tooHeavy;
