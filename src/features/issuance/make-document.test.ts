import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { makeDocument } from './make-document.ts';
import { signatureHolds } from './sign/sign-document.ts';
import { openTypesetter } from './typeset/typesetter.ts';

test('certificates of both kinds and languages are made, and a changed byte is noticed', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'akashi-keys-'));
  const keys = await openFileKeys(folder, {
    now: Temporal.Instant.from('2026-11-24T00:00:00Z'),
    university: 'Akatsuki University',
  });
  const typesetter = openTypesetter({ universityFolder: resolve('config/demo') });
  try {
    for (const type of ['enrolment', 'transcript'] as const) {
      for (const language of ['ja', 'en'] as const) {
        const started = performance.now();
        const made = await makeDocument({
          record: sampleRecord(type, language),
          typesetter,
          keys,
          verificationHost: 'verify.example.ac.jp',
        });
        context.diagnostic(
          `${type} ${language}: ${Math.round(performance.now() - started)} ms, ${made.pages} pages, seal ${made.seals[0]?.length} bytes`,
        );
        assert.equal(made.seals.length, made.pages);
        const changed = made.pdf.slice();
        changed[500] = (changed[500] ?? 0) ^ 1;
        assert.equal(await signatureHolds(changed, keys.document), false);
      }
    }
  } finally {
    typesetter.close();
    await rm(folder, { recursive: true, force: true });
  }
});
