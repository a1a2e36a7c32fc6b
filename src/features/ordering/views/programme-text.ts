import type { CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';

/** Faculty and programme as the register has them, in the reader's order. */
export const programmeText = (
  { facultyJa, facultyEn, programmeJa, programmeEn }: CertificateSnapshot['enrolment'],
  language: Language,
): string => {
  const { programmeOf } = messagesFor(language).ordering;
  return language === 'ja' ? programmeOf(facultyJa, programmeJa) : programmeOf(facultyEn, programmeEn);
};
