import { AkashiError } from '#domain/error.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import { lockAccount, lockCorrection, saveAnswer } from './corrections-store.ts';
import { answeredMail } from './mails/correction-mails.ts';

export type CorrectionAnswer = {
  readonly requestNumber: string;
  /** Who answers, and what: it is mailed to the person. */
  readonly by: string;
  readonly reason: string;
};

/** Answers a request once and mails the answer. Throws `not-found`, and `wrong-state` for one already answered. */
export const answerCorrection = (
  db: Database,
  clock: Clock,
  { requestNumber, by, reason }: CorrectionAnswer,
): Promise<void> =>
  transaction(db, async (tx) => {
    const request = await lockCorrection(tx, requestNumber);
    if (request.answer !== null) throw new AkashiError('wrong-state', { correction: 'answered' });
    const at = clock.now();
    await saveAnswer(tx, request.id, { answer: reason, by, at });
    const data = { requestNumber };
    await recordEvent(tx, {
      at,
      type: 'correction.answered',
      subject: `correction:${request.id}`,
      actor: by,
      data,
    });
    const address = await lockAccount(tx, request.accountId);
    if (address === null) return;
    const mail = answeredMail(request, reason);
    await queueMail(tx, clock, { to: address, ...mail, kind: 'correction-answered', reference: request.id });
  });
