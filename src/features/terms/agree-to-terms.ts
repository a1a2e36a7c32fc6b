import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { saveAgreedVersion } from './terms-store.ts';

/**
 * Records a person's consent to a version of the terms of use, with the language in which they read it. Consenting
 * twice is one consent: the first instant stands.
 */
export const agreeToTerms = (
  { db, clock }: { db: Database; clock: Clock },
  consent: { accountId: string; version: string; language: 'ja' | 'en' },
): Promise<void> =>
  transaction(db, async (tx) => {
    const { accountId, version, language } = consent;
    const at = clock.now();
    if (!(await saveAgreedVersion(tx, accountId, version, at))) return;
    const subject = `account:${accountId}`;
    await recordEvent(tx, { at, type: 'terms.agreed', subject, actor: subject, data: { version, language } });
  });
