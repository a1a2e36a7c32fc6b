import type { Bilingual } from '../bilingual.ts';

export const DESTINATION_KINDS = ['store', 'campus', 'post', 'counter', 'digital'] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

/** A planned stop of a chain's printing service. */
export type PlannedStop = {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly reasonJa: string;
  readonly reasonEn: string;
};

export type StoreChain = {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  /** Code of the copier network whose machines stand in this chain's stores. */
  readonly copierNetwork: string;
  /** What to press at the copier, in order. */
  readonly steps: readonly Bilingual[];
  readonly stops: readonly PlannedStop[];
};

type Common = {
  /** Closed destinations are shown, but cannot be chosen. */
  readonly open: boolean;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly descriptionJa: string;
  readonly descriptionEn: string;
  readonly notes: readonly Bilingual[];
};

export type StoreDestination = Common & { readonly kind: 'store'; readonly chains: readonly StoreChain[] };
export type CampusDestination = Common & {
  readonly kind: 'campus';
  readonly machines: readonly {
    code: string;
    nameJa: string;
    nameEn: string;
    hours: Bilingual;
    /** Its `ipps:` address, or `ipp:` on this machine. */
    printer: string;
  }[];
  /** For how many minutes a machine keeps what was sent to it until its PIN is typed. */
  readonly releaseMinutes: number;
};
export type PostDestination = Common & {
  readonly kind: 'post';
  /** Heaviest weight in grams of each band and its postage in yen, for one region. */
  readonly bands: readonly { region: 'domestic' | 'abroad'; grams: number; yen: number }[];
  /** What one sheet and one empty envelope weigh, in grams. */
  readonly sheetGrams: number;
  readonly envelopeGrams: number;
  /** ISO 3166-1 alpha-2 codes to which mail is sent, in the order of the list. */
  readonly countries: readonly string[];
  /** Those of them to which no mail is taken at present. */
  readonly suspendedCountries: readonly string[];
};
export type CounterDestination = Common & {
  readonly kind: 'counter';
  readonly offices: readonly { code: string; nameJa: string; nameEn: string; hours: Bilingual }[];
};
export type DigitalDestination = Common & {
  readonly kind: 'digital';
  /** For how many months a recipient's link lives. */
  readonly linkMonths: number;
  /** Whether people may keep a marked copy of what they had sent. */
  readonly personalCopy: boolean;
};

export type Destination =
  | StoreDestination
  | CampusDestination
  | PostDestination
  | CounterDestination
  | DigitalDestination;

/** The destinations that people may choose, in the order of the configuration. */
export const openDestinations = (destinations: readonly Destination[]): Destination[] =>
  destinations.filter((destination) => destination.open);

/** The stops of a chain that end after `now` and begin before `until`, earliest first. */
export const stopsBetween = (
  chain: StoreChain,
  now: Temporal.Instant,
  until: Temporal.Instant,
): PlannedStop[] =>
  chain.stops
    .filter(
      (stop) =>
        Temporal.Instant.compare(stop.until, now) > 0 && Temporal.Instant.compare(stop.from, until) < 0,
    )
    .toSorted((a, b) => Temporal.Instant.compare(a.from, b.from));
