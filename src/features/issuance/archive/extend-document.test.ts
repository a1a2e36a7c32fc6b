import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { PDF } from '@libpdf/core';
import { BEHAVIOURS } from '#dev/timestamp-authority/behaviour.ts';
import { verifySignedPdf } from '#domain/signed-pdf/verify-signed-pdf.ts';
import { manualClock, systemClock } from '#platform/clock.ts';
import { withArchiveWorkshop } from '#test/support/archive-workshop.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { forge } from '#test/support/forgeries.ts';
import { pemOf } from '#test/support/pem.ts';
import { skipLoudly } from '#test/support/skip.ts';
import { addArchivalData, addTimestamp, requireSound } from './extend-document.ts';
import { createTimestampClient } from './timestamp-client.ts';

const run = promisify(execFile);
test('a document grows from B-B to B-LTA, and is renewed, without a change to what was signed', () => {
  const clock = manualClock('2026-11-24T02:00:00Z');
  return withArchiveWorkshop(clock, async ({ tools, make }) => {
    const signed = await make(sampleRecord('enrolment', 'en'));
    const stamped = await addTimestamp(tools, signed);
    assert.equal(stamped.length, signed.length, 'the timestamp goes into the place of the signature');
    const before = await requireSound(tools, stamped);
    assert.equal(before.level, 'B-T');
    const archived = await addArchivalData(tools, stamped);
    assert.deepEqual(archived.subarray(0, stamped.length), stamped);
    const after = await requireSound(tools, archived);
    assert.equal(after.level, 'B-LTA');
    assert.equal(after.revocation, 'good');
    assert.equal(after.signedLength, signed.length);
    assert.equal(after.existedAt?.toString(), '2026-11-24T02:00:00Z');
    clock.advance({ hours: 24 * 365 * 9 });
    const renewed = await addArchivalData(tools, archived);
    assert.equal((await requireSound(tools, renewed)).existedAt?.toString(), '2026-11-24T02:00:00Z');
    const timestamps = (await PDF.load(renewed)).getForm()?.getSignatureFields() ?? [];
    assert.equal(timestamps.length, 3);
    await assert.rejects(addTimestamp(tools, archived), 'only a B-B is stamped');
  });
});

test('an authority that is wrong, slow or down is not believed, and the reason is told', () =>
  withArchiveWorkshop(systemClock, async ({ clock, authority }) => {
    const { url, policy, root } = authority;
    const service = { url, policy, roots: [root] };
    const request = (change: Partial<typeof service> = {}, timeoutMilliseconds = 60_000) =>
      createTimestampClient({
        service: { ...service, ...change },
        clock,
        randomBytes,
        timeoutMilliseconds,
      })(new Uint8Array(randomBytes(32)));
    const reasons: Partial<Record<(typeof BEHAVIOURS)[number], string>> = {
      slow: 'no answer in time',
      down: 'answered 503',
      garbage: 'answer malformed',
      refuse: 'refused with status 2',
      'wrong-imprint': 'token: imprint',
      'wrong-policy': 'token: policy',
      'wrong-time': 'token: time',
      'wrong-nonce': 'token: nonce',
    };
    const reasonOf = (reason: string) => (error: { detail?: { timestamp?: string } }) => {
      assert.equal(error.detail?.timestamp, reason);
      return true;
    };
    for (const behaviour of BEHAVIOURS) {
      authority.behave(behaviour);
      const reason = reasons[behaviour];
      if (reason === undefined) await request();
      else
        await assert.rejects(request({}, behaviour === 'slow' ? 200 : 60_000), reasonOf(reason), behaviour);
    }
    authority.behave('honest');
    await assert.rejects(request({ policy: '1.2.3' }), reasonOf('refused with status 2'));
    await assert.rejects(request({ roots: [] }), reasonOf('authority: issuer-unknown'));
    await assert.rejects(request({ url: 'http://localhost:9' }), reasonOf('not reachable'));
  }));

test('openssl accepts a token of the development authority', (t) =>
  withArchiveWorkshop(systemClock, async ({ folder, tools, authority }) => {
    const digest = createHash('sha256').update('attested').digest();
    const token = join(folder, 'token.der');
    const root = join(folder, 'root.pem');
    await writeFile(token, await tools.requestTimestamp(new Uint8Array(digest)));
    await writeFile(root, pemOf(authority.root));
    const words = ['ts', '-verify', '-digest', digest.toString('hex'), '-in', token, '-token_in'];
    try {
      const { stdout } = await run('openssl', [...words, '-CAfile', root]);
      assert.match(stdout, /Verification: OK/);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
      skipLoudly(t, 'openssl is not installed: it did not judge the timestamp token');
    }
  }));

test('every forgery is refused, and for its own reason', () =>
  withArchiveWorkshop(systemClock, async (workshop) => {
    const { tools, clock, make } = workshop;
    for (const { name, pdf, problem, roots } of await forge(workshop)) {
      const verdict = await verifySignedPdf(pdf, {
        signerRoots: roots === undefined ? await tools.signerRoots() : [roots.signer],
        timestampRoots: roots === undefined ? tools.timestampRoots : [roots.timestamp],
        now: clock.now(),
      });
      assert.deepEqual(verdict, { ok: false, problem }, name);
    }
    const signed = await make(sampleRecord('enrolment', 'en'));
    const followed = new Uint8Array([...signed, ...new TextEncoder().encode('1 0 obj')]);
    await assert.rejects(requireSound(tools, followed), 'bytes behind the end');
  }));
