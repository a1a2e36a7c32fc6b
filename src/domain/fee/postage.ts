import type { PostDestination } from '../destination/destination.ts';
import type { Yen } from '../money.ts';
import { sumYen, yen } from '../money.ts';

/** The postage of envelopes by their weight: of each region's bands the lightest that carries it; null past the last. */
export const postageOf = (
  { bands, sheetGrams, envelopeGrams }: Pick<PostDestination, 'bands' | 'sheetGrams' | 'envelopeGrams'>,
  envelopes: readonly { readonly country: string; readonly sheets: number }[],
): Yen | null => {
  const amounts: Yen[] = [];
  for (const { country, sheets } of envelopes) {
    const region = country === 'JP' ? 'domestic' : 'abroad';
    const grams = envelopeGrams + sheets * sheetGrams;
    const fitting = bands.filter((band) => band.region === region && band.grams >= grams);
    const [lightest] = fitting.toSorted((a, b) => a.grams - b.grams);
    if (lightest === undefined) return null;
    amounts.push(yen(lightest.yen));
  }
  return sumYen(amounts);
};
