import type { Verdict } from '#domain/seal/judge-seal.ts';
import { judgeSeal } from '#domain/seal/judge-seal.ts';
import { checkCodeOf, decodeDigits, decodeSealUrl } from '#domain/seal/seal.ts';
import type { LogFinding } from '#domain/transparency/check-logged.ts';
import { checkLogged } from '#domain/transparency/check-logged.ts';
import type { VerdictFinding } from '#ui/components/verdict-report.tsx';
import { fetchStatus } from './fetch-status.ts';
import type { VerificationPageData } from './page-data.ts';
import { logOverNetwork, readLogKeys } from './read-log.ts';

/** The check code of what was read, where a seal was proved. */
const codeOf = async (text: string, verdict: Verdict): Promise<string | null> => {
  if (verdict.claims === null) return null;
  return checkCodeOf(/^\d+$/.test(text) ? decodeDigits(text) : decodeSealUrl(text).bytes);
};

const findInLog = async (verdict: Verdict, data: VerificationPageData): Promise<LogFinding | null> => {
  if (verdict.claims === null) return null;
  const keys = await readLogKeys(data.logKeys).catch(() => null);
  if (keys === null) return { state: 'unreachable' };
  return checkLogged(verdict.claims, logOverNetwork(data.logUrl), keys, Math.floor(Date.now() / 1000));
};

/** Everything one check can find out: the signature, then what the network adds. */
export const judgeScanned = async (text: string, data: VerificationPageData): Promise<VerdictFinding> => {
  const list = await fetchStatus(data.statusUrl);
  const options = { host: data.host, keys: data.sealKeys, statusList: list?.entries ?? null };
  const verdict = await judgeSeal(text, options);
  const log = list === null ? null : await findInLog(verdict, data);
  return {
    verdict:
      log?.state === 'missing' && verdict.word === 'valid'
        ? { ...verdict, word: 'cannot-tell', reason: 'not-logged' }
        : verdict,
    log,
    pdf: null,
    checkedAt: new Date().toISOString(),
    statusAt: list?.asOf ?? null,
    checkCode: await codeOf(text, verdict),
  };
};
