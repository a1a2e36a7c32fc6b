import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { startWitness } from '#dev/witness/witness.ts';
import { decodeSealUrl, encodeSealUrl, openSeal } from '#domain/seal/seal.ts';
import { encodeVerifier } from '#domain/transparency/note.ts';
import { publishCheckpoint, verifyLog } from '#features/transparency-log/index.ts';
import { manualClock } from '#platform/clock.ts';
import { KEY_PURPOSES } from '#platform/keys/key-holder.ts';
import { openKeyIn } from '#platform/keys/key-ring.ts';
import { KEY_STEPS, rotateKey } from '#platform/keys/rotate-key.ts';
import { listSigningKeys } from '#platform/keys/signing-key-store.ts';
import { judgeScanned } from '#src/client/verification/judge.ts';
import { judgePdf } from '#src/client/verification/judge-pdf.ts';
import type { VerificationPageData } from '#src/client/verification/page-data.ts';
import { findStudent, openService, placePaidOrder } from '#test/support/issuing.ts';
import { seeded } from '#test/support/seeded.ts';
import { withService } from '#test/support/service.ts';
import { skipLoudly } from '#test/support/skip.ts';
import { audit } from '../../auditor/audit.ts';
import { readSigner } from '../../auditor/notes.ts';

const SEED = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);
const PYTHON = resolve(import.meta.dirname, '../peers/seal/verify_seal.py');

type Issued = { readonly url: string; readonly pdf: Uint8Array };

/** The page's script asks by path, as in a browser. */
const withPageFetch = async (base: string, work: () => Promise<void>): Promise<void> => {
  const own = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    own(typeof input === 'string' && input.startsWith('/') ? `${base}${input}` : input, init);
  await work().finally(() => {
    globalThis.fetch = own;
  });
};

const readPage = async (base: string): Promise<VerificationPageData> => {
  const html = await (await fetch(`${base}/verify`)).text();
  const [, json = ''] =
    /<script type="application\/json" id="verification-data">(.*?)<\/script>/.exec(html) ?? [];
  return JSON.parse(json) as VerificationPageData;
};

test(`seal, document and log keys change under load, and everything before and after verifies (seed ${SEED})`, async (context) => {
  const below = seeded(SEED);
  const clock = manualClock('2026-11-24T03:00:00Z');
  const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-rotation-'));
  const folder = join(dataFolder, 'keys');
  await withService({ university: {}, clock, dataFolder }, ({ db, url, baseUrl }) =>
    withPageFetch(baseUrl, async () => {
      // A second process on the same register: neither is told of a change.
      const { parts, jobs } = await openService(db, { url, dataFolder, clock, baseUrl });
      const { verifierOf, publish } = parts.transparency;
      const logKeys = async () =>
        (await listSigningKeys(db)).filter(({ purpose }) => purpose === 'log').map(verifierOf);
      const witness = await startWitness({ port: 0, dataFolder, logs: logKeys, clock });
      const witnessed = { ...publish, witness: { url: witness.url, verifier: witness.verifier } };
      const student = await findStudent(db, clock);
      const issued: Issued[] = [];
      const failures: string[] = [];
      let pages = [await readPage(baseUrl)];
      let checked = 0;

      const issue = async (): Promise<Issued> => {
        clock.advance({ seconds: 1 + below(60) });
        const orderId = await placePaidOrder(parts, student);
        await jobs['issue-order']?.({ orderId });
        await publishCheckpoint(witnessed);
        const [document] = await parts.printing.listDocuments(db, orderId);
        assert.ok(document, 'nothing was issued');
        const pdf = await parts.printing.readDocument(document.documentId);
        const { seal } = await db
          .selectFrom('certificate_seal')
          .select('seal')
          .where('issued_certificate_id', '=', document.documentId)
          .executeTakeFirstOrThrow();
        return { url: encodeSealUrl(parts.verificationHost, new Uint8Array(seal)), pdf };
      };
      /** With the page as it is now, and with the one that was opened a step ago. */
      const check = async ({ url: address, pdf }: Issued): Promise<void> => {
        for (const data of pages) {
          for (const { verdict, log } of [await judgeScanned(address, data), await judgePdf(pdf, data)]) {
            checked += 1;
            if (verdict.word !== 'valid' || log?.state !== 'logged')
              failures.push(`${verdict.word} ${verdict.reason} ${log?.state}`);
          }
        }
      };

      issued.push(await issue());
      const steps = KEY_PURPOSES.map((purpose) => KEY_STEPS.map((step) => ({ purpose, step })));
      let going = true;
      const load = (async () => {
        while (going) {
          const one = issued[below(issued.length)];
          if (one !== undefined) await check(one);
        }
      })();
      const open = openKeyIn(folder);
      while (steps.some((left) => left.length > 0)) {
        const left = steps.filter((some) => some.length > 0);
        const next = left[below(left.length)]?.shift();
        assert.ok(next);
        const decision = { by: 'Sato', reason: 'yearly', at: clock.now() };
        const place = { folder, open, place: null, hurry: true, developmentFor: 'Akatsuki University' };
        const [document, done] = await Promise.all([
          issue(),
          rotateKey(db, next.step, { purpose: next.purpose, ...decision, ...place }),
        ]);
        assert.equal(done.length, 1);
        pages = [...pages.slice(-1), await readPage(baseUrl)];
        // Only now: a page from before its key was announced, which nobody waits for here, need not know it.
        issued.push(document);
      }
      issued.push(await issue());
      going = false;
      await load;
      for (const one of issued) await check(one);
      context.diagnostic(`${issued.length} certificates, ${checked} verifications`);
      assert.deepEqual([...new Set(failures)], []);

      const kids = issued.map(({ url: address }) => openSeal(decodeSealUrl(address).bytes).keyId);
      assert.equal(new Set(kids).size, 2, 'old and new seals were checked');
      const files = readdirSync(folder).filter((name) => /^(seal|document|log)[-.].*key$/.test(name));
      assert.equal(files.length, 3, `private halves of old keys are gone: ${files}`);
      assert.ok(!existsSync(join(folder, 'seal.key')));

      const keys = await logKeys();
      assert.equal((await verifyLog(db, keys)).broken, null);
      const audited = {
        log: `${baseUrl}/log`,
        status: `${baseUrl}/verify/status.json`,
        witness: witness.url,
        witnessKey: readSigner(witness.verifierKey),
      };
      const signers = (await Promise.all(keys.map(encodeVerifier))).map(readSigner);
      assert.deepEqual((await audit({ ...audited, logKeys: signers })).findings, []);
      const half = await audit({ ...audited, logKeys: signers.slice(0, 1) });
      assert.ok(half.findings.some(({ code }) => code === 'not-signed'));

      const vectors = {
        host: parts.verificationHost,
        keys: Object.fromEntries(
          pages.at(-1)?.sealKeys.map(({ kid, spkiBase64 }) => [kid, spkiBase64]) ?? [],
        ),
        status: [],
        cases: issued.map(({ url: text }, at) => ({ name: `${at}`, text })),
      };
      const file = join(dataFolder, 'vectors.json');
      writeFileSync(file, JSON.stringify(vectors));
      const python = spawnSync('python3', [PYTHON, file], { encoding: 'utf8' });
      if (python.error !== undefined) skipLoudly(context, 'the second verifier of seals: no python3');
      else assert.equal(python.stdout.match(/"verdict": "valid"/g)?.length, issued.length, python.stderr);

      await witness.close();
      parts.close();
    }),
  );
  rmSync(dataFolder, { recursive: true, force: true });
});
