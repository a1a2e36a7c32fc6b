import assert from 'node:assert/strict';
import { createVerify } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { providerMetadata } from '#dev/identity-provider/metadata.ts';
import { writeResponse } from '#dev/identity-provider/response.ts';
import { loadOrCreateServiceProviderKeys, rotateServiceProviderKeys } from '#features/sign-in/saml/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import { certificateBody } from '#platform/xml/escape.ts';
import type { Campus } from '#test/support/saml-campus.ts';
import {
  announcedCertificates,
  beginAt,
  createCampus,
  postTo,
  rightPlan,
  STUDENT,
} from '#test/support/saml-campus.ts';
import type { TestService } from '#test/support/service.ts';
import { withService } from '#test/support/service.ts';

type Way = { readonly encryptionCertificate: string; readonly now?: number };

/** Signs the student in; the status of the answer, and the request that the browser carried. */
const signIn = async ({ address, baseUrl }: TestService, campus: Campus, way: Way) => {
  const { requestId, cookie, url } = await beginAt(address);
  const { encryptionCertificate, now } = way;
  const plan = rightPlan(campus, { baseUrl, encryptionCertificate }, requestId, STUDENT, now);
  const response = Buffer.from(await writeResponse(plan)).toString('base64');
  return { status: (await postTo(address, response, cookie)).status, request: url };
};

/** As metadata writes it. */
const certificateOf = ({ certificatePem }: KeyAndCertificate): string =>
  `-----BEGIN CERTIFICATE-----\n${certificateBody(certificatePem)}\n-----END CERTIFICATE-----\n`;

/** SAML Bindings §3.4.4.1: the signature is over the query as it was written. */
const isSignedBy = (request: URL, certificatePem: string): boolean => {
  const [signed = '', signature = ''] = request.search.slice(1).split('&Signature=');
  return createVerify('RSA-SHA256')
    .update(signed)
    .verify(certificatePem, Buffer.from(decodeURIComponent(signature), 'base64'));
};

test('our own keys change in three steps; whatever metadata announces decrypts, and signs what is asked', async () => {
  const campus = createCampus('idp');
  const university = { identityProviders: [campus.configured] };
  const folder = mkdtempSync(join(tmpdir(), 'akashi-rollover-'));
  const keys = join(folder, 'keys');
  const first = await loadOrCreateServiceProviderKeys(keys, systemClock);
  let known = [certificateOf(first.signing)];
  for (const [step, announced] of [
    ['prepare', 2],
    ['switch', 2],
    ['retire', 1],
  ] as const) {
    await rotateServiceProviderKeys(keys, step, systemClock);
    const dataFolder = join(folder, step);
    cpSync(keys, join(dataFolder, 'keys'), { recursive: true });
    await withService({ university, dataFolder }, async (service) => {
      const certificates = await announcedCertificates(service.address, 'encryption');
      assert.equal(new Set(certificates).size, announced, step);
      const signing = await announcedCertificates(service.address, 'signing');
      for (const encryptionCertificate of certificates) {
        const { status, request } = await signIn(service, campus, { encryptionCertificate });
        assert.equal(status, 303, step);
        assert.ok(isSignedBy(request, signing[0] ?? ''), step);
      }
      // A provider that read the metadata one step ago knows the key already.
      assert.ok(known.includes(signing[0] ?? ''), step);
      known = signing;
      const old = await signIn(service, campus, { encryptionCertificate: certificateOf(first.encryption) });
      assert.equal(old.status, step === 'retire' ? 403 : 303, step);
    });
  }
  rmSync(folder, { recursive: true });
});

test('a provider’s key changes through its metadata, while the service runs', async () => {
  const campus = createCampus('idp');
  const renewed = { ...campus, keys: createSelfSigned('renewed', Temporal.Now.instant()) };
  const publish = (...signing: KeyAndCertificate[]): void => {
    const [text = '', ...others] = signing.map(({ certificatePem }) =>
      providerMetadata({
        entityId: campus.entityId,
        signOnUrl: `${campus.entityId}/sso`,
        certificatePem,
        scopes: ['akatsuki.example'],
        universityNameJa: '暁月大学',
      }),
    );
    const descriptor = /<md:KeyDescriptor[\s\S]*<\/md:KeyDescriptor>/;
    const more = others.map((other) => descriptor.exec(other)?.[0]).join('');
    writeFileSync(
      campus.configured.metadata,
      text.replace(descriptor, (own) => own + more),
    );
  };
  let later = Temporal.Duration.from({ hours: 0 });
  const clock = { now: () => Temporal.Now.instant().add(later) };
  await withService({ university: { identityProviders: [campus.configured] }, clock }, async (service) => {
    const [encryptionCertificate = ''] = await announcedCertificates(service.address, 'encryption');
    const statusFrom = async (provider: Campus): Promise<number> =>
      (await signIn(service, provider, { encryptionCertificate, now: clock.now().epochMilliseconds })).status;
    /** An hour later metadata is read anew, beside the sign-in that found it old. */
    const anHourLater = async (provider: Campus, expected: number): Promise<void> => {
      later = later.add({ minutes: 61 });
      for (let patience = 50; patience > 0 && (await statusFrom(provider)) !== expected; patience -= 1);
    };
    assert.deepEqual([await statusFrom(campus), await statusFrom(renewed)], [303, 403]);
    publish(campus.keys, renewed.keys);
    await anHourLater(renewed, 303);
    assert.deepEqual([await statusFrom(campus), await statusFrom(renewed)], [303, 303]);
    publish(renewed.keys);
    await anHourLater(campus, 403);
    assert.deepEqual([await statusFrom(campus), await statusFrom(renewed)], [403, 303]);
  });
});
