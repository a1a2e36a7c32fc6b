import type { Draft } from '#domain/order/draft.ts';
import type { FareDiscountPurpose } from '#domain/university/university.ts';

/** The names of the fields of a student fare discount. */
export const FARE_DISCOUNT_FIELDS = {
  purpose: 'fare-discount.purpose',
  sectionFrom: 'fare-discount.from',
  sectionTo: 'fare-discount.to',
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
  /** Null while the purpose or an end of the section is missing. */
  readonly fareDiscount: FareDiscountDetails | null;
};

/** Printed names of stations; as many letters as the form has room for. */
const LONGEST_STATION = 20;

/** The details in a draft, trimmed; nothing else is changed. */
export const readDetails = (
  { typed }: Pick<Draft, 'typed'>,
  purposes: readonly FareDiscountPurpose[],
): WishDetails => {
  const text = (name: string): string => typed[name]?.trim() ?? '';
  const reference = text('reference');
  const purpose = purposes.find(({ code }) => code === text(FARE_DISCOUNT_FIELDS.purpose));
  const sectionFrom = text(FARE_DISCOUNT_FIELDS.sectionFrom);
  const sectionTo = text(FARE_DISCOUNT_FIELDS.sectionTo);
  const complete = [sectionFrom, sectionTo].every(({ length }) => length > 0 && length <= LONGEST_STATION);
  return {
    reference: reference === '' ? null : reference,
    fareDiscount: purpose !== undefined && complete ? { purpose, sectionFrom, sectionTo } : null,
  };
};
