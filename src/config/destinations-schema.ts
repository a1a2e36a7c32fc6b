import { z } from 'zod';
import { bilingual, code, count, instant, names, text } from './schema-parts.ts';

const common = {
  open: z.boolean(),
  ...names,
  descriptionJa: text,
  descriptionEn: text,
  notes: z.array(bilingual),
};
const place = z.strictObject({ code, ...names, hours: bilingual });
// The PIN and the certificate travel to the printer: in the clear only where they do not leave the machine.
const printer = z
  .url({ protocol: /^ipps?$/ })
  .refine(
    (uri) => uri.startsWith('ipps:') || /^ipp:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(uri),
    'an ipps: address, or ipp: on localhost',
  );
const machine = place.extend({ printer });
const stop = z.strictObject({ from: instant, until: instant, reasonJa: text, reasonEn: text });
const chain = z.strictObject({
  code,
  ...names,
  copierNetwork: code,
  steps: z.array(bilingual).min(1),
  stops: z.array(stop),
});
const country = z.string().regex(/^[A-Z]{2}$/, 'a country code of two capital letters');
const band = z.strictObject({ region: z.enum(['domestic', 'abroad']), grams: count, yen: z.int().min(0) });

export const destinationsSchema = z.strictObject({
  copierNetworks: z.array(
    z.strictObject({ code, keyId: text, secretVariable: z.string().regex(/^[A-Z][A-Z0-9_]*$/) }),
  ),
  destinations: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('store'), ...common, chains: z.array(chain).min(1) }),
        z.strictObject({
          kind: z.literal('campus'),
          ...common,
          machines: z.array(machine).min(1),
          releaseMinutes: z
            .int()
            .min(5)
            .max(24 * 60),
        }),
        z.strictObject({
          kind: z.literal('post'),
          ...common,
          bands: z.array(band).min(1),
          sheetGrams: count,
          envelopeGrams: count,
          countries: z.array(country).min(1),
          suspendedCountries: z.array(country),
        }),
        z.strictObject({ kind: z.literal('counter'), ...common, offices: z.array(place).min(1) }),
        z.strictObject({
          kind: z.literal('digital'),
          ...common,
          linkMonths: count,
          personalCopy: z.boolean(),
        }),
      ]),
    )
    .min(1),
});
