import { z } from 'zod';
import { yen } from '#domain/money.ts';

export const text = z.string().trim().min(1);
export const code = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and hyphens');
export const bilingual = z.strictObject({ ja: text, en: text });
export const names = { nameJa: text, nameEn: text };
export const amount = z.int().min(0).transform(yen);
export const count = z.int().min(1);
export const date = z.iso.date().transform((value) => Temporal.PlainDate.from(value));
export const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a month and a day, such as 10-01')
  .transform((value) => Temporal.PlainMonthDay.from(value));
export const instant = z.iso
  .datetime({ offset: true, message: 'a time with its zone, such as 2026-12-31T23:00:00+09:00' })
  .transform((value) => Temporal.Instant.from(value));
