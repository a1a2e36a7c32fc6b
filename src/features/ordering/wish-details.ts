import { needsDelivery } from '#domain/order/delivery.ts';
import type { Draft } from '#domain/order/draft.ts';
import type { FareDiscountPurpose } from '#domain/university/university.ts';

/** The names of the fields of a student fare discount. */
export const FARE_DISCOUNT_FIELDS = {
  purpose: 'fare-discount.purpose',
  sectionFrom: 'fare-discount.from',
  sectionTo: 'fare-discount.to',
  /** `yes` where the person has declared that the section is longer than 100 km. */
  over100: 'fare-discount.over-100',
} as const;

export type FareDiscountDetails = {
  readonly purpose: FareDiscountPurpose;
  readonly sectionFrom: string;
  readonly sectionTo: string;
};

/** What a person types to have it printed. */
export type WishDetails = {
  /** The recipient's reference; null for none. */
  readonly reference: string | null;
  /** Null while the purpose, an end of the section or the declaration is missing. */
  readonly fareDiscount: FareDiscountDetails | null;
};

/** UTF-16 units, as many as the field takes. */
const LONGEST_REFERENCE = 60;

/** Printed names of stations; as many letters as the form has room for. */
export const LONGEST_STATION = 20;

/** The details in a draft, trimmed; nothing else is changed. */
export const readDetails = (
  { typed, destination }: Pick<Draft, 'typed' | 'destination'>,
  purposes: readonly FareDiscountPurpose[],
): WishDetails => {
  const text = (name: string): string => typed[name]?.trim() ?? '';
  // What is delivered has its references with its recipients, of whom there may be several.
  const reference = needsDelivery(destination) ? '' : text('reference').slice(0, LONGEST_REFERENCE);
  const purpose = purposes.find(({ code }) => code === text(FARE_DISCOUNT_FIELDS.purpose));
  const sectionFrom = text(FARE_DISCOUNT_FIELDS.sectionFrom);
  const sectionTo = text(FARE_DISCOUNT_FIELDS.sectionTo);
  const stations = [sectionFrom, sectionTo].every(({ length }) => length > 0 && length <= LONGEST_STATION);
  const complete = stations && text(FARE_DISCOUNT_FIELDS.over100) === 'yes';
  return {
    reference: reference === '' ? null : reference,
    fareDiscount: purpose !== undefined && complete ? { purpose, sectionFrom, sectionTo } : null,
  };
};
