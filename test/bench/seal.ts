import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimsOf } from '#domain/seal/claims.ts';
import { encodeDigits, openSeal, signSeal } from '#domain/seal/seal.ts';
import { datedRecord, issueLeaf } from '#features/issuance/issue-leaf.ts';
import { publishCheckpoint } from '#features/transparency-log/index.ts';
import { systemClock } from '#platform/clock.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { openBrowser } from '#test/support/browser.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { openService } from '#test/support/issuing.ts';
import { withService } from '#test/support/service.ts';
import { median, report } from './measure.ts';

const ROUNDS = { warmUp: 2, rounds: 15 };

/** In the page: milliseconds from the code in the address to the verdict on the screen. */
const fromCodeToVerdict = async (digits: string): Promise<number> => {
  const result = document.querySelector<HTMLElement>('#result');
  if (result === null) throw new Error('not the verification page');
  document.querySelector<HTMLElement>('#again')?.click();
  const started = performance.now();
  const shown = new Promise<void>((done) => {
    const observer = new MutationObserver(() => {
      if (result.hidden) return;
      observer.disconnect();
      done();
    });
    observer.observe(result, { attributes: true, attributeFilter: ['hidden'] });
  });
  location.hash = digits;
  await shown;
  const took = performance.now() - started;
  const word = document.querySelector('#verdict')?.textContent ?? '';
  if (!/valid/i.test(word)) throw new Error(`the verdict is ${word}`);
  return took;
};

/** In the page: milliseconds of the one signature check in it. */
const bareCheck = async (seal: {
  spki: number[];
  signed: number[];
  signature: number[];
}): Promise<number> => {
  const started = performance.now();
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('spki', new Uint8Array(seal.spki), algorithm, false, ['verify']);
  const holds = await crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    new Uint8Array(seal.signature),
    new Uint8Array(seal.signed),
  );
  if (!holds) throw new Error('the signature does not hold');
  return performance.now() - started;
};

/** A scanned code on the verification page in Chromium: signature, status list, log, verdict drawn. */
export const benchSealVerify = (): Promise<void> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-bench-seal-'));
  return withService({ university: {}, dataFolder }, async ({ db, url, baseUrl }) => {
    const { parts } = await openService(db, { url, dataFolder, clock: systemClock, baseUrl });
    const browser = await openBrowser();
    try {
      const now = systemClock.now();
      const keys = await openFileKeys(join(dataFolder, 'keys'), { now, university: 'unused' });
      const draft = sampleRecord('enrolment', 'ja', 1);
      const salt = new Uint8Array(16).fill(1);
      const page1 = { page: 1, pages: 1, firstRow: 1, rowCount: 0 };
      const { log, publish } = parts.transparency;
      const build = (at: Temporal.Instant) =>
        issueLeaf({ record: draft, salt }, [claimsOf(draft, page1)], at);
      const place = await log.append({ ...draft, kind: 'issue', build });
      await publishCheckpoint(publish);
      const claims = claimsOf(datedRecord(draft, place.at), page1, { index: place.index, salt });
      const seal = await signSeal(claims, keys.seal);
      const page = await browser.newPage({ locale: 'en-GB' });
      await page.goto(`${baseUrl}/verify`);
      const { signed, signature } = openSeal(seal);
      const bare = {
        spki: [...keys.seal.publicKeySpki],
        signed: [...signed],
        signature: [...signature],
      };
      const whole: number[] = [];
      const limit: number[] = [];
      for (let round = 0; round < ROUNDS.warmUp + ROUNDS.rounds; round += 1) {
        const [took, least] = [
          await page.evaluate(fromCodeToVerdict, encodeDigits(seal)),
          await page.evaluate(bareCheck, bare),
        ];
        if (round < ROUNDS.warmUp) continue;
        whole.push(took);
        limit.push(least);
      }
      report('seal.verify.browser_ms', median(whole), 'ms');
      report('seal.verify.browser.limit_ms', median(limit), 'ms');
    } finally {
      await browser.close();
      parts.close();
    }
  });
};
