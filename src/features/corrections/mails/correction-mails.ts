import { messagesFor } from '#messages/messages.ts';
import { letterBodies } from '#platform/mail/letter-bodies.ts';
import type { Correction } from '../corrections-store.ts';

type Letter = { readonly subject: string; readonly text: string; readonly html: string };
type Request = Pick<Correction, 'language' | 'matter' | 'details' | 'requestNumber'>;

const letter = (subject: string, lines: readonly string[]): Letter => ({ subject, ...letterBodies(lines) });

/** Confirms what was said; the draft of the order waits. */
export const receivedMail = ({ language, matter, details, requestNumber }: Request): Letter => {
  const texts = messagesFor(language).corrections;
  return letter(texts.mail.receivedSubject(requestNumber), [
    texts.mail.received,
    `${texts.number}: ${requestNumber}`,
    `${texts.matters[matter]}\n${details}`,
    texts.kept,
  ]);
};

/** The office's answer in its own words. */
export const answeredMail = ({ language, requestNumber }: Request, answer: string): Letter => {
  const texts = messagesFor(language).corrections;
  return letter(texts.mail.answeredSubject(requestNumber), [
    texts.mail.answered,
    answer,
    `${texts.number}: ${requestNumber}`,
    texts.kept,
  ]);
};
