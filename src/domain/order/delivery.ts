import { isSharedIntake } from '../delivery/shared-intake.ts';
import type { DestinationKind } from '../destination/destination.ts';

/** How many envelopes or recipients one order may have. */
export const MOST_PARCELS = 5;
const LONGEST = 120;
/** What mail programs make a link of. Whoever gets our mail shall find one there, to us: not what an applicant typed. */
const WEB_ADDRESS = /:\/\/|www\.|@|\.[a-z]{2,}\//i;

/** Copies by field of the draft (`copiesField`): what goes into one envelope, or to one recipient. */
export type Contents = Readonly<Record<string, number>>;

export type Envelope = {
  readonly to: 'me' | 'recipient';
  /** 厳封: closed with the university's stamp, to be opened by the recipient only. */
  readonly sealed: boolean;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly postcode: string;
  readonly address: string;
  readonly reference: string;
  readonly contents: Contents;
};

export type Recipient = {
  readonly organisation: string;
  readonly department: string;
  readonly person: string;
  readonly mail: string;
  readonly reference: string;
  readonly language: 'ja' | 'en';
  /** A one-time code is asked for when the link is opened; orders older than this setting have none. */
  readonly asksCode?: boolean;
  readonly contents: Contents;
};

/** How an order reaches its recipient, where the destination alone does not say it. */
export type Delivery =
  | { readonly kind: 'post'; readonly envelopes: readonly Envelope[] }
  | { readonly kind: 'counter'; readonly office: string }
  | { readonly kind: 'digital'; readonly recipients: readonly Recipient[] };

export type DeliveryProblem =
  | 'missing'
  | 'too-long'
  | 'web-address'
  | 'choose'
  | 'mail'
  | 'mail-differs'
  | 'shared-intake'
  | 'suspended-country'
  | 'empty-parcel'
  | 'contents';

export type DeliveryRules = {
  readonly offices: readonly string[];
  readonly countries: readonly string[];
  readonly suspendedCountries: readonly string[];
  /** A mail address as it is kept; null for what is none. */
  readonly readMail: (typed: string) => string | null;
};

export type DeliveryReading = {
  /** Null while something is missing or wrong. */
  readonly delivery: Delivery | null;
  /** What is wrong with a field, by its name. */
  readonly problems: ReadonlyMap<string, DeliveryProblem>;
};

type Typed = Readonly<Record<string, string>>;

export const needsDelivery = (kind: DestinationKind | null): kind is 'post' | 'counter' | 'digital' =>
  kind === 'post' || kind === 'counter' || kind === 'digital';

/** The name of a field of the `parcel`th envelope or recipient, counted from 1. */
export const parcelField = (name: string, parcel: number): string => `${name}.${parcel}`;

/** The name of the field that says how many copies of a line go into a parcel. */
export const contentsField = (copiesFieldName: string, parcel: number): string =>
  `put.${parcel}.${copiesFieldName}`;

/** How many envelopes or recipients the draft has: 1 unless asked for more. */
export const parcelCount = (typed: Typed): number => {
  const count = Number(typed['parcels'] ?? '1');
  return Number.isInteger(count) ? Math.min(MOST_PARCELS, Math.max(1, count)) : 1;
};

/**
 * Reads delivery details as typed. `wanted` is the copies of each line of the order by field: with several parcels what
 * is put into them must add up to it, with one everything goes into that.
 */
export const readDelivery = (
  kind: 'post' | 'counter' | 'digital',
  typed: Typed,
  wanted: Contents,
  rules: DeliveryRules,
): DeliveryReading => {
  const problems = new Map<string, DeliveryProblem>();
  const text = (field: string, optional = false): string => {
    const value = (typed[field] ?? '').trim();
    if (value === '' && !optional) problems.set(field, 'missing');
    if (value.length > LONGEST) problems.set(field, 'too-long');
    return value;
  };
  /** Text that goes into a mail to a stranger. */
  const mailed = (field: string, optional = false): string => {
    const value = text(field, optional);
    if (WEB_ADDRESS.test(value.normalize('NFKC'))) problems.set(field, 'web-address');
    return value;
  };
  const done = (delivery: Delivery): DeliveryReading => ({
    delivery: problems.size === 0 ? delivery : null,
    problems,
  });
  if (kind === 'counter') {
    const office = typed['office'] ?? (rules.offices.length === 1 ? rules.offices[0] : undefined) ?? '';
    if (!rules.offices.includes(office)) problems.set('office', 'choose');
    return done({ kind, office });
  }
  const parcels = Array.from({ length: parcelCount(typed) }, (_, index) => index + 1);
  const contents = readContents(typed, wanted, parcels, problems);
  const contentsOf = (parcel: number): Contents => contents[parcel - 1] ?? {};
  if (kind === 'post') {
    const envelopes = parcels.map((parcel): Envelope => {
      const field = (name: string): string => parcelField(name, parcel);
      const country = typed[field('country')] ?? 'JP';
      if (!rules.countries.includes(country)) problems.set(field('country'), 'choose');
      if (rules.suspendedCountries.includes(country)) problems.set(field('country'), 'suspended-country');
      return {
        to: typed[field('to')] === 'recipient' ? 'recipient' : 'me',
        sealed: typed[field('sealed')] === 'yes',
        name: text(field('name')),
        country,
        postcode: text(field('postcode'), country !== 'JP').normalize('NFKC'),
        address: text(field('address')),
        reference: text(field('reference'), true),
        contents: contentsOf(parcel),
      };
    });
    return done({ kind, envelopes });
  }
  const recipients = parcels.map((parcel): Recipient => {
    const field = (name: string): string => parcelField(name, parcel);
    const mail = readMail(typed, field, problems, rules);
    const asksCode = typed[field('code')] === 'yes';
    if (asksCode && isSharedIntake(mail)) problems.set(field('code'), 'shared-intake');
    return {
      organisation: mailed(field('organisation')),
      department: mailed(field('department'), true),
      person: mailed(field('person'), true),
      mail,
      reference: mailed(field('reference'), true),
      language: typed[field('language')] === 'en' ? 'en' : 'ja',
      asksCode,
      contents: contentsOf(parcel),
    };
  });
  return done({ kind, recipients });
};

/** Typed twice, because a certificate sent to a stranger cannot be called back. */
const readMail = (
  typed: Typed,
  field: (name: string) => string,
  problems: Map<string, DeliveryProblem>,
  rules: Pick<DeliveryRules, 'readMail'>,
): string => {
  const text = typed[field('mail')] ?? '';
  const mail = rules.readMail(text);
  if (text.trim() === '') problems.set(field('mail'), 'missing');
  else if (mail === null) problems.set(field('mail'), 'mail');
  else if (rules.readMail(typed[field('again')] ?? '') !== mail) problems.set(field('again'), 'mail-differs');
  return mail ?? '';
};

const readContents = (
  typed: Typed,
  wanted: Contents,
  parcels: readonly number[],
  problems: Map<string, DeliveryProblem>,
): Contents[] => {
  if (parcels.length === 1) return [wanted];
  const contents = parcels.map((parcel) => {
    const put: Record<string, number> = {};
    for (const field of Object.keys(wanted)) {
      const text = (typed[contentsField(field, parcel)] ?? '').normalize('NFKC').trim() || '0';
      if (!/^\d{1,2}$/.test(text)) problems.set(contentsField(field, parcel), 'contents');
      else if (text !== '0') put[field] = Number(text);
    }
    return put;
  });
  for (const [field, copies] of Object.entries(wanted)) {
    const sum = contents.reduce((total, put) => total + (put[field] ?? 0), 0);
    if (sum !== copies) problems.set(contentsField(field, 1), 'contents');
  }
  const first = Object.keys(wanted)[0] ?? '';
  for (const [index, put] of contents.entries()) {
    const field = contentsField(first, index + 1);
    if (Object.keys(put).length === 0 && !problems.has(field)) problems.set(field, 'empty-parcel');
  }
  return contents;
};
