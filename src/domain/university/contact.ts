import type { Bilingual } from '../bilingual.ts';

/** What people ask about; each has somebody who answers. */
export const CONTACT_MATTERS = ['operation', 'payment', 'content', 'health', 'tuition', 'account'] as const;
export type ContactMatter = (typeof CONTACT_MATTERS)[number];

export type Contact = {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly telephone: string;
  readonly mail: string | null;
  readonly hours: Bilingual;
  readonly answersFor: readonly ContactMatter[];
  /** The same in words, for the page of inquiries. */
  readonly answers: Bilingual;
};

/** The first contact that answers for a matter; undefined when nobody does. */
export const contactFor = (contacts: readonly Contact[], matter: ContactMatter): Contact | undefined =>
  contacts.find((contact) => contact.answersFor.includes(matter));
