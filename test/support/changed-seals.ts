import { claimsOf } from '#domain/seal/claims.ts';
import { judgeSeal } from '#domain/seal/judge-seal.ts';
import { encodeSealUrl, signSeal } from '#domain/seal/seal.ts';
import { newPrivateKey, openFileKey } from '#platform/keys/file-keys.ts';
import { sampleRecord } from './certificate-record.ts';
import { seeded } from './seeded.ts';

const HOST = 'verify.example';

/**
 * Changes one random bit of one of four seals, `count` times, and has the verification page's judge read the code that
 * would be printed of it. Answers what was accepted: anything that proved a claim.
 */
export const acceptedChanges = async (count: number, seed: number): Promise<string[]> => {
  const below = seeded(seed);
  const key = await openFileKey(await newPrivateKey('ECDSA-P256'), 'ECDSA-P256');
  const keys = [{ kid: key.keyId, spkiBase64: Buffer.from(key.publicKeySpki).toString('base64') }];
  const log = { index: 4711, salt: new Uint8Array(16).fill(7) };
  const kinds = (['enrolment', 'transcript'] as const).flatMap((type) =>
    (['ja', 'en'] as const).map((language) => ({ type, language })),
  );
  const seals = await Promise.all(
    kinds.map(({ type, language }) => {
      const rowCount = type === 'transcript' ? 40 : 0;
      const page = { page: 1, pages: 1, firstRow: 1, rowCount };
      return signSeal(claimsOf(sampleRecord(type, language), page, log), key);
    }),
  );
  const options = { host: HOST, keys, statusList: [] };
  for (const seal of seals) {
    const { word } = await judgeSeal(encodeSealUrl(HOST, seal), options);
    if (word !== 'valid') throw new Error('the seal itself is not accepted');
  }
  const accepted: string[] = [];
  for (let change = 0; change < count; change += 1) {
    const seal = seals[below(seals.length)] ?? new Uint8Array();
    const bit = below(seal.length * 8);
    const changed = seal.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const { word, claims } = await judgeSeal(encodeSealUrl(HOST, changed), options);
    if (claims !== null || (word !== 'altered' && word !== 'cannot-tell'))
      accepted.push(`bit ${bit}: ${word}`);
  }
  return accepted;
};
