import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { sha256 } from '#domain/bytes.ts';
import { verifySignedPdf } from '#domain/signed-pdf/verify-signed-pdf.ts';
import { issueDevelopmentSigner, makeDevelopmentChain } from '#platform/keys/development-chain.ts';
import { newPrivateKey, openFileKey, openFileKeys } from '#platform/keys/file-keys.ts';
import type { IssuanceKeys } from '#platform/keys/key-holder.ts';
import { SAMPLE_KINDS, sampleRecord } from '#test/support/certificate-record.ts';
import { skipLoudly } from '#test/support/skip.ts';
import { checkIssued } from './check-issued.ts';
import { makeDocument, typesetSealed } from './make-document.ts';
import { prepareDocument, signDocument } from './sign/sign-document.ts';
import type { Typesetter } from './typeset/typesetter.ts';
import { openTypesetter } from './typeset/typesetter.ts';

const HOST = 'verify.example.ac.jp';
const run = promisify(execFile);

type Workshop = { folder: string; keys: IssuanceKeys; typesetter: Typesetter };

const withWorkshop = async (work: (workshop: Workshop) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'akashi-make-'));
  const now = Temporal.Instant.from('2026-11-24T00:00:00Z');
  const keys = await openFileKeys(join(folder, 'keys'), { now, university: 'Akatsuki University' });
  const typesetter = openTypesetter({ universityFolder: resolve('config/demo') });
  try {
    await work({ folder, keys, typesetter });
  } finally {
    typesetter.close();
    await rm(folder, { recursive: true, force: true });
  }
};

test('every certificate passes its own check, and one of another record does not', () =>
  withWorkshop(async ({ keys, typesetter }) => {
    for (const { type, language } of SAMPLE_KINDS) {
      const record = sampleRecord(type, language);
      const made = await makeDocument({ record, typesetter, keys, verificationHost: HOST });
      assert.equal(made.seals.length, made.pages);
      const expected = { record, seals: made.seals, host: HOST, keys };
      await checkIssued(made.pdf, expected);
      const { snapshot } = record;
      const person = { ...snapshot.person, nameJa: '別人', nameRoman: 'SOMEBODY Else' };
      const wrong: Record<string, Partial<typeof expected>> = {
        name: { record: { ...record, snapshot: { ...snapshot, person } } },
        number: { record: { ...record, certificateNumber: '2026-999999' } },
        serial: { record: { ...record, serial: 'AK7Q-2M4X-0000' } },
        seal: { host: 'verify.elsewhere.example' },
        pages: { seals: [...made.seals, ...made.seals] },
      };
      for (const [check, change] of Object.entries(wrong)) {
        await assert.rejects(
          checkIssued(made.pdf, { ...expected, ...change }),
          (error: { detail?: { check?: string } }) => error.detail?.check === check,
          `${type} ${language} ${check}`,
        );
      }
      const changed = made.pdf.slice();
      changed[500] = (changed[500] ?? 0) ^ 1;
      await assert.rejects(checkIssued(changed, expected));
      await assert.rejects(checkIssued(new Uint8Array([...made.pdf, 10]), expected));
    }
  }));

test('a file signed under the same authority with a key that is not ours is of another issuer', () =>
  withWorkshop(async ({ keys, typesetter }) => {
    const record = sampleRecord('enrolment', 'ja');
    const foreign = await openFileKey(await newPrivateKey('RSASSA-PKCS1-v1_5'), 'RSASSA-PKCS1-v1_5');
    const request = { university: 'Somebody Else', now: Temporal.Instant.from('2026-11-24T00:00:00Z') };
    const { chain, authorities } = await makeDevelopmentChain({
      publicKeySpki: keys.document.publicKeySpki,
      ...request,
    });
    const other = { publicKeySpki: foreign.publicKeySpki, serialNumber: '04', ...request };
    const documents = [
      { ...keys.document, chain },
      { ...foreign, chain: await issueDevelopmentSigner(authorities, other) },
    ];
    const problems = [];
    for (const document of documents) {
      const signing = { ...keys, document };
      const { pdf } = await makeDocument({ record, typesetter, keys: signing, verificationHost: HOST });
      const verdict = await verifySignedPdf(pdf, {
        signerRoots: chain.slice(-1),
        signerKeys: [await sha256(keys.document.publicKeySpki)],
        timestampRoots: [],
        now: Temporal.Instant.from(record.issuedAt),
      });
      problems.push(verdict.ok ? null : verdict.problem);
    }
    assert.deepEqual(problems, [null, 'signer-not-ours']);
  }));

test('a name with a rare character and a variation selector is found as it was written', () =>
  withWorkshop(async ({ keys, typesetter }) => {
    const record = sampleRecord('enrolment', 'ja');
    record.snapshot.person.nameJa = '髙橋 𠮷人 神\u{E0100}';
    await makeDocument({ record, typesetter, keys, verificationHost: HOST });
  }));

test('one record, its seals and its fonts give the same bytes, and the impression another identity', () =>
  withWorkshop(async ({ keys, typesetter }) => {
    const record = sampleRecord('transcript', 'ja');
    const made = await makeDocument({ record, typesetter, keys, verificationHost: HOST });
    const bytes = async (of = record) => {
      const typeset = await typesetSealed({
        record: of,
        typesetter,
        seals: made.seals,
        verificationHost: HOST,
      });
      return { before: await (await prepareDocument(typeset.pdf, of)).save({ incremental: true }), typeset };
    };
    const first = await bytes();
    const other = openTypesetter({ universityFolder: resolve('config/demo') });
    const typeset = await typesetSealed({
      record,
      typesetter: other,
      seals: made.seals,
      verificationHost: HOST,
    });
    other.close();
    assert.deepEqual(Buffer.from(typeset.pdf), Buffer.from(first.typeset.pdf));
    assert.deepEqual((await bytes()).before, first.before);
    assert.deepEqual(await signDocument(typeset.pdf, keys.document, record), made.pdf);
    const idOf = (pdf: Uint8Array) =>
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/ID \[\((.*?)\) \((.*?)\)\]/);
    const again = idOf((await bytes({ ...record, impression: 2 })).before);
    const id = idOf(first.before);
    const named = createHash('sha256').update(`document\0${record.serial}`).digest().subarray(0, 16);
    assert.equal(id?.[1], named.toString('base64'));
    assert.equal(again?.[1], id?.[1]);
    assert.notEqual(again?.[2], id?.[2]);
    assert.match(Buffer.from(made.pdf).toString('latin1'), /\/M \(D:20261124020000/);
  }));

/** A tool's output on both streams; null when it is not installed. */
const outputOf = async (command: string, ...words: string[]): Promise<string | null> => {
  try {
    const { stdout, stderr } = await run(command, words);
    return stdout + stderr;
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 'ENOENT') return null;
    return `${stdout}${stderr} (exit ${code})`;
  }
};

test('pdfsig, qpdf and zbarimg accept every certificate', (t) =>
  withWorkshop(async ({ folder, keys, typesetter }) => {
    const missing = new Set<string>();
    for (const { type, language } of SAMPLE_KINDS) {
      const record = sampleRecord(type, language);
      const made = await makeDocument({ record, typesetter, keys, verificationHost: HOST });
      const file = join(folder, `${type}-${language}.pdf`);
      await writeFile(file, made.pdf);
      const signature = await outputOf('pdfsig', file);
      if (signature === null) missing.add('pdfsig');
      else {
        assert.match(signature, /Signature is Valid/);
        assert.match(signature, /Total document signed/);
      }
      const structure = await outputOf('qpdf', '--check', file);
      if (structure === null) missing.add('qpdf');
      // qpdf 11 warns of about one stream in hundreds that other readers of zlib find whole.
      else
        assert.match(structure, /No syntax or stream encoding errors found|complete but output may still be/);
      const drawn = await outputOf('pdftoppm', '-r', '200', '-gray', '-png', file, file);
      const codes =
        drawn === null
          ? null
          : await outputOf(
              'sh',
              '-c',
              'command -v zbarimg >/dev/null || exit 127; zbarimg -q --raw "$0"-*.png 2>/dev/null',
              file,
            );
      if (codes === null || codes.includes('(exit 127)')) missing.add('zbarimg (with pdftoppm)');
      else assert.equal(codes.trim().split('\n').length, made.pages, codes);
    }
    for (const tool of missing) skipLoudly(t, `${tool} is not installed: it did not judge the certificates`);
  }));
