import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import type { DescribedDocument } from '../describe-documents.ts';

/** What a document is and in which language, in the reader's words. */
export const documentTitle = ({ title, language: printed }: DescribedDocument, language: Language): string =>
  messagesFor(language).delivery.titleIn[printed](title[configuredLanguage(language)]);
