import type { Database } from '#platform/database/database.ts';
import type { PrintClaimRow } from './claim-store.ts';
import { listClaims } from './claim-store.ts';

type Reported = { readonly impressions: readonly { readonly result: string; readonly pages: number }[] };

/** A machine that names every document it was given as failed, and never told of a page, has put nothing out. */
const isClean = ({ outcome, documents, pages_printed: pages }: PrintClaimRow): boolean => {
  if (outcome === null || pages > 0) return false;
  const { impressions } = outcome as Reported;
  const named = impressions.length > 0 && impressions.length >= (documents ?? 1);
  return named && impressions.every((one) => one.result === 'failed' && one.pages === 0);
};

/**
 * Whether any sheet of a job may ever have left a machine, whole or pulled out of a jam, valid or void by now: then its
 * order cannot be cancelled (docs/adr/0034). A claim that was never reported may have put everything out.
 */
export const paperMayBeOut = async (db: Database, jobId: string): Promise<boolean> =>
  (await listClaims(db, jobId)).some((claim) => !isClean(claim));
