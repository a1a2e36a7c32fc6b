import { postageOf } from '#domain/fee/postage.ts';
import type { OrderPrice } from '#domain/fee/price-order.ts';
import { priceOrder } from '#domain/fee/price-order.ts';
import type { Yen } from '#domain/money.ts';
import { yen } from '#domain/money.ts';
import type { Contents, Delivery } from '#domain/order/delivery.ts';
import { copiesField } from '#domain/order/draft.ts';
import type { OrderingDependencies } from './dependencies.ts';
import type { OrderLine } from './line-store.ts';
import type { Order } from './order-store.ts';

/** The postage of a delivery, `sheetsOf` a copy by field; null where an envelope is too heavy, 0 where nothing is posted. */
export const postageFor = (
  { university }: Pick<OrderingDependencies, 'university'>,
  delivery: Delivery | null,
  sheetsOf: ReadonlyMap<string, number>,
): Yen | null => {
  const post = university.destinations.find((destination) => destination.kind === 'post');
  if (post === undefined || delivery?.kind !== 'post') return yen(0);
  const envelopes = delivery.envelopes.map(({ country, contents }) => ({
    country,
    sheets: Object.entries(contents).reduce(
      (sum, [field, copies]) => sum + copies * (sheetsOf.get(field) ?? 0),
      0,
    ),
  }));
  return postageOf(post, envelopes);
};

const fieldOf = ({ enrolmentId, certificateType, language }: OrderLine): string =>
  copiesField(enrolmentId, certificateType, language);

type Parcel = { readonly contents: Contents };

/** The parcels with only the copies of `fields` in them; one with nothing left in it is not sent. */
const parcelsOf = <Kind extends Parcel>(parcels: readonly Kind[], fields: ReadonlySet<string>): Kind[] =>
  parcels
    .map((parcel) => ({
      ...parcel,
      contents: Object.fromEntries(Object.entries(parcel.contents).filter(([field]) => fields.has(field))),
    }))
    .filter(({ contents }) => Object.keys(contents).length > 0);

const deliveryOf = (delivery: Delivery | null, fields: ReadonlySet<string>): Delivery | null => {
  if (delivery?.kind === 'post') return { ...delivery, envelopes: parcelsOf(delivery.envelopes, fields) };
  if (delivery?.kind === 'digital')
    return { ...delivery, recipients: parcelsOf(delivery.recipients, fields) };
  return delivery;
};

/** What an order costs, and where it goes, when `lines` are what is left of it; the fees are those it was submitted at. */
export const remainingPrice = (
  dependencies: Pick<OrderingDependencies, 'university'>,
  { destination, delivery: whole }: Order,
  lines: readonly OrderLine[],
): OrderPrice & { readonly delivery: Delivery | null } => {
  const delivery = deliveryOf(whole, new Set(lines.map(fieldOf)));
  const sheets = new Map(lines.map((line) => [fieldOf(line), line.sheetsPerCopy]));
  const price = priceOrder(dependencies.university.fees, {
    destination,
    // What is left is never heavier than the whole, which had a postage.
    postage: postageFor(dependencies, delivery, sheets) ?? yen(0),
    lines: lines.map(({ feeEach, feeClass, copies, sheetsPerCopy }) => ({
      fee: { current: feeEach, graduate: feeEach },
      feeClass,
      copies,
      sheets: sheetsPerCopy,
    })),
  });
  return { ...price, delivery };
};
