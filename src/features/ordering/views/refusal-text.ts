import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';

/** Why a line is not issued, in words: a reason of the rules, or one of its own. */
export const refusalText = (reason: string, language: Language): string => {
  const { heldLines, ordering } = messagesFor(language);
  const own: Readonly<Record<string, string>> = { ...ordering.reasons, ...heldLines.refusals };
  return own[reason] ?? heldLines.refusals.other;
};
