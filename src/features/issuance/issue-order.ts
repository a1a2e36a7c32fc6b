import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { academicYear, tokyoDate } from '#domain/dates.ts';
import { readOrder, readOrderLines, transitionOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { DocumentFiles } from './document-files.ts';
import type { IssuedCertificate, Made } from './issuance-store.ts';
import {
  listCertificates,
  nextCertificateNumber,
  registerMade,
  reserveCertificate,
} from './issuance-store.ts';

export type IssueDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly files: DocumentFiles;
  readonly createSerial: () => string;
  /** Typesets, seals, signs and checks one document. */
  readonly make: (record: CertificateRecord) => Promise<Made & { pdf: Uint8Array }>;
  readonly encrypt: (bytes: Uint8Array) => { key: Uint8Array; sealed: Uint8Array };
};

/**
 * Makes every document of a paid order (docs/issuance-cycle.md). Each step is committed before the next begins, and
 * each may be met again after a crash: what is reserved stays reserved, what is made is not made twice.
 */
export const issueOrder = async (dependencies: IssueDependencies, orderId: string): Promise<void> => {
  const { db } = dependencies;
  if (!(await beginPreparing(dependencies, orderId))) return;
  await transaction(db, (tx) => reserveAll(tx, dependencies, orderId));
  for (const certificate of await listCertificates(db, orderId)) {
    if (certificate.state === 'reserved') await makeOne(dependencies, certificate);
  }
  await addJob(db, 'release-order', { orderId }, { key: `release-order:${orderId}` });
};

/** True when the order is now being prepared, by us or by a run that was cut short. */
const beginPreparing = ({ db, clock }: IssueDependencies, orderId: string): Promise<boolean> =>
  transaction(db, async (tx) => {
    const order = await readOrder(tx, orderId);
    if (order.state === 'preparing') return true;
    if (order.state !== 'paid') return false;
    await transitionOrder(tx, { orderId, event: 'prepare', at: clock.now(), actor: 'system' });
    return true;
  });

const reserveAll = async (
  tx: Database,
  { clock, createSerial }: IssueDependencies,
  orderId: string,
): Promise<void> => {
  const reserved = new Set(
    (await listCertificates(tx, orderId)).map((one) => `${one.orderLineId}/${one.copy}`),
  );
  const at = clock.now();
  const issueDate = tokyoDate(at);
  for (const line of await readOrderLines(tx, orderId)) {
    for (let copy = 1; copy <= line.copies; copy += 1) {
      if (reserved.has(`${line.id}/${copy}`)) continue;
      const record: CertificateRecord = {
        snapshot: line.snapshot,
        serial: createSerial(),
        impression: 1,
        certificateNumber: await nextCertificateNumber(tx, academicYear(issueDate)),
        issueDate: issueDate.toString(),
        issuedAt: at.toString(),
      };
      await reserveCertificate(tx, { orderId, orderLineId: line.id, copy, record, at });
      const data = { orderId, serial: record.serial, impression: 1, number: record.certificateNumber };
      await recordEvent(tx, {
        at,
        type: 'certificate.reserved',
        subject: `order:${orderId}`,
        actor: 'system',
        data,
      });
    }
  }
};

const makeOne = async (dependencies: IssueDependencies, certificate: IssuedCertificate): Promise<void> => {
  const { db, clock, files, make, encrypt } = dependencies;
  const { pdf, ...made } = await make(certificate.record);
  const { key, sealed } = encrypt(pdf);
  await files.write(certificate.id, sealed);
  await transaction(db, async (tx) => {
    const at = clock.now();
    await registerMade(tx, certificate.id, made, key, at);
    const { serial, impression } = certificate.record;
    const data = { serial, impression, sha256: made.sha256, pages: made.pages };
    const subject = `order:${certificate.orderId}`;
    await recordEvent(tx, { at, type: 'certificate.made', subject, actor: 'system', data });
  });
};
