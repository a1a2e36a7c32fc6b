import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { makeDocument } from '#features/issuance/make-document.ts';
import { signDocument } from '#features/issuance/sign/sign-document.ts';
import { openTypesetter } from '#features/issuance/typeset/typesetter.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { UNIVERSITY_FOLDER, withFolder } from './akashi.ts';
import { medianOf, milliseconds, report } from './measure.ts';

type Kind = 'enrolment' | 'transcript40';

const typeOf = (kind: Kind) => (kind === 'enrolment' ? 'enrolment' : 'transcript');

const HOST = 'verify.bench.example';
const ISSUED_AT = '2026-11-24T02:00:00Z';

/** One copy made as the service makes it, and one only typeset once and signed: no seal, no check. */
export const benchCertificate = (kind: Kind): Promise<void> =>
  withFolder(async (folder) => {
    const now = Temporal.Instant.from(ISSUED_AT);
    const keys = await openFileKeys(folder, { now, university: 'Akatsuki University' });
    const typesetter = openTypesetter({ universityFolder: UNIVERSITY_FOLDER });
    const typesetAndSign = async (record: CertificateRecord): Promise<void> => {
      const { pdf } = await typesetter.typeset({
        template: record.snapshot.certificateType,
        data: { record, host: HOST, watermark: false, seals: [] },
        seconds: Math.floor(now.epochMilliseconds / 1000),
        make: 'document',
      });
      if (pdf === null) throw new Error('nothing was typeset');
      await signDocument(pdf, keys.document, record);
    };
    const rounds = { warmUp: 2, rounds: 9 };
    try {
      const whole = await medianOf(rounds, (round) => {
        const record = sampleRecord(typeOf(kind), 'ja', round);
        return milliseconds(() => makeDocument({ record, typesetter, keys, verificationHost: HOST }));
      });
      report(`certificate.${kind}.ms`, whole, 'ms');
      const bare = await medianOf(rounds, (round) =>
        milliseconds(() => typesetAndSign(sampleRecord(typeOf(kind), 'ja', 500 + round))),
      );
      report(`certificate.${kind}.limit.ms`, bare, 'ms');
    } finally {
      typesetter.close();
    }
  });
