import { z } from 'zod';
import { STATEMENT_KINDS } from '#domain/certificate/statement.ts';
import { DESTINATION_KINDS } from '#domain/destination/destination.ts';
import { ELIGIBILITY_RULE_NAMES } from '#domain/eligibility/rules.ts';
import { ENROLMENT_LEVELS } from '#domain/person/person.ts';
import { CONTACT_MATTERS } from '#domain/university/contact.ts';
import { RETENTION_CLASSES } from '#domain/university/university.ts';
import { amount, bilingual, code, count, date, instant, monthDay, names, text } from './schema-parts.ts';

export const universitySchema = z.strictObject({
  code,
  ...names,
  unit: bilingual,
  identityLabel: bilingual,
  scope: text,
  identityProviders: z
    .array(
      z.strictObject({
        entityId: text,
        metadata: text,
        policy: z.enum(['response', 'both', 'assertion']),
        displayName: bilingual,
      }),
    )
    .min(1),
  federation: z
    .strictObject({ metadata: text, certificates: z.array(text).min(1), discovery: z.url().nullable() })
    .nullable()
    .default(null),
  signIn: z.strictObject({ freshAfterLogOut: z.boolean() }).default({ freshAfterLogOut: false }),
  mail: z.strictObject({
    from: z.email(),
    fromName: bilingual,
    dkim: z.strictObject({ domain: z.hostname(), selector: code }).nullable().default(null),
    reportDomain: z.hostname().nullable().default(null),
  }),
  witness: z.strictObject({ url: z.url(), verifierKey: text }).nullable().default(null),
  campusNetworks: z.array(z.union([z.cidrv4(), z.cidrv6()])).default([]),
  invoiceRegistrationNumber: z.string().regex(/^T\d{13}$/, 'T and 13 digits'),
  limits: z.strictObject({ sheetsPerOrder: count, copiesPerLine: count }),
  badPrints: z.strictObject({ perOrder: z.int().min(0), hours: count }),
  deadlines: z.strictObject({
    confirmationUrlMinutes: count,
    printDays: count,
    paymentDays: count,
    cardPaymentMinutes: count,
    reviewBusinessDays: count,
    dispatchBusinessDays: count,
  }),
  retention: z.array(
    z.strictObject({
      code: z.enum(RETENTION_CLASSES),
      data: bilingual,
      days: count.nullable(),
      period: bilingual,
    }),
  ),
});

export const organisationSchema = z.strictObject({
  faculties: z
    .array(
      z.strictObject({
        code,
        ...names,
        programmes: z
          .array(
            z.strictObject({
              code,
              ...names,
              level: z.enum(ENROLMENT_LEVELS),
              degreeJa: text.nullable(),
              degreeEn: text.nullable(),
              years: count,
              requiredCredits: count.nullable(),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});

export const certificatesSchema = z.strictObject({
  certificateTypes: z
    .array(
      z
        .strictObject({
          code,
          titleJa: text,
          titleEn: text,
          offered: z.boolean(),
          languages: z.array(z.enum(['ja', 'en'])).min(1),
          destinations: z.array(z.enum(DESTINATION_KINDS)).min(1),
          fee: z.strictObject({ current: amount, graduate: amount }),
          template: code,
          statement: z.enum(STATEMENT_KINDS),
          dateEra: z.enum(['western', 'japanese']),
          eligibility: z.array(z.enum(ELIGIBILITY_RULE_NAMES)).min(1),
          opensOn: monthDay.optional(),
          yearEndStop: z.strictObject({ from: monthDay, until: monthDay }).optional(),
          limits: z.strictObject({ perDay: count, perYear: count }).optional(),
        })
        .transform(({ opensOn = null, yearEndStop = null, limits = null, ...type }) => ({
          ...type,
          conditions: { opensOn, yearEndStop, limits },
        })),
    )
    .min(1),
  grading: z
    .array(
      z.strictObject({
        enteredFrom: z.int(),
        grades: z
          .array(
            z.strictObject({
              grade: text,
              meaningJa: text,
              meaningEn: text,
              gradePoint: z.number().min(0).max(9.99).nullable(),
              passes: z.boolean(),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
  academicRecord: z.strictObject({
    failed: z.boolean(),
    repeated: z.boolean(),
    running: z.boolean(),
    gradePointAverage: z.boolean(),
    runningGrade: bilingual,
  }),
  paperOnly: z.array(
    z.strictObject({
      faculty: z.union([z.literal('*'), code]),
      admittedBefore: date,
      certificateTypes: z.union([z.literal('*'), z.array(code).min(1)]),
    }),
  ),
  fareDiscountPurposes: z.array(z.strictObject({ code, ja: text, en: text })).min(1),
});

export const issuersSchema = z.strictObject({
  issuers: z
    .array(
      z.strictObject({
        certificateTypes: z.union([z.literal('*'), z.array(code).min(1)]),
        faculty: z.union([z.literal('*'), code]),
        from: date,
        until: date.nullable(),
        titleJa: text,
        titleEn: text,
        ...names,
        sealImage: text,
        signatureImage: text,
      }),
    )
    .min(1),
});

const taxClass = z.enum(['untaxed', 'standard-10']);
export const feesSchema = z.strictObject({
  systemFee: amount,
  printChargePerSheet: amount,
  taxClasses: z.strictObject({ issuanceFee: taxClass, systemFee: taxClass, postage: taxClass }),
});

export const calendarSchema = z.strictObject({
  officeDays: z.array(z.int().min(1).max(7)).min(1),
  closures: z.array(z.strictObject({ from: date, until: date, ...names })),
  maintenance: z.array(z.strictObject({ from: instant, until: instant, reason: bilingual })),
});

export const contactsSchema = z.strictObject({
  contacts: z
    .array(
      z.strictObject({
        code,
        ...names,
        telephone: z.string().regex(/^[0-9+-]+$/),
        mail: z.email().nullable(),
        hours: bilingual,
        answersFor: z.array(z.enum(CONTACT_MATTERS)).min(1),
        answers: bilingual,
      }),
    )
    .min(1),
});

export const noticeSchema = z.strictObject({
  id: code,
  from: instant,
  until: instant,
  important: z.boolean(),
  title: bilingual,
  body: bilingual,
});

const millimetres = z.number().min(0.02).max(2);
export const paperSchema = z.strictObject({
  ink: z.string().regex(/^#[0-9a-f]{6}$/, 'a colour such as #1b2a4a'),
  crest: text,
  embossedSeal: text,
  copyGuard: z
    .strictObject({
      setting: code,
      lettering: text,
      letterHeight: z.number().min(10).max(60),
      settings: z.record(
        code,
        z.strictObject({
          smallDot: millimetres,
          largeDot: millimetres,
          tone: z.number().min(0.01).max(0.2),
        }),
      ),
    })
    .refine(({ setting, settings }) => setting === 'none' || setting in settings, {
      path: ['setting'],
      message: 'none, or the name of one of the settings',
    }),
  statements: z.record(z.string().regex(/^[a-z][A-Za-z]*$/), bilingual),
  fareDiscountSchool: z.strictObject({ designation: text, address: text }),
  fareDiscountNotes: z.array(text).min(1),
});
