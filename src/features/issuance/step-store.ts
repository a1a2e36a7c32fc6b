import type { ExpressionBuilder } from 'kysely';
import { sql } from 'kysely';
import { AkashiError } from '#domain/error.ts';
import type { Database, Tables } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { CertificateState, IssuedCertificate } from './issuance-store.ts';
import { fromRow, selectCertificates } from './issuance-store.ts';

const isHaltedNow = ({ selectFrom }: ExpressionBuilder<Tables, 'issued_certificate'>) =>
  selectFrom('issuance_halt').select('halted').as('halted');

const selectForStep = prepare((db, { certificateId }: { readonly certificateId: string }) =>
  selectCertificates(db)
    .select(isHaltedNow)
    .select((from) =>
      from
        .selectFrom('order_line')
        .select('rows_by_sheet')
        .whereRef('order_line.id', '=', 'issued_certificate.order_line_id')
        .where('issued_certificate.impression', '=', 1)
        .as('counted'),
    )
    .where('id', '=', certificateId),
);

/** What is looked at before the next steps. */
export type ForStep = {
  readonly certificate: IssuedCertificate;
  /** How many rows its order counted on each sheet. */
  readonly counted: readonly number[] | null;
  readonly halted: boolean;
};

/**
 * The impression, how many rows its order counted on each sheet, and whether nothing may be issued now, read together
 * before the next steps; throws `not-found`. An impression that had to follow another has no count: the first may have
 * come out otherwise.
 */
export const readForStep = async (db: Database, certificateId: string): Promise<ForStep> => {
  const row = await selectForStep.first(db, { certificateId });
  if (row === undefined) throw new AkashiError('not-found', { certificateId });
  return { certificate: fromRow(row), counted: row.counted, halted: row.halted ?? false };
};

/** What a step adds to an impression. */
export type StepChange = Partial<
  Pick<IssuedCertificate, 'record' | 'logged' | 'pages' | 'checkCode' | 'intentSha256' | 'sha256'> & {
    readonly madeAt: Temporal.Instant;
  }
>;

type Advance = {
  readonly certificateId: string;
  readonly from: CertificateState;
  readonly to: CertificateState;
  readonly record: string | null;
  readonly logIndex: number | null;
  readonly logProof: string | null;
  readonly pages: number | null;
  readonly checkCode: string | null;
  readonly intentSha256: string | null;
  readonly sha256: string | null;
  readonly madeAt: Temporal.Instant | null;
};

/** What a step adds, null where it adds nothing. */
const advance = prepare((db, given: Advance) =>
  db
    .updateTable('issued_certificate')
    .set({
      state: given.to,
      record: sql`coalesce(${given.record}::jsonb, record)`,
      log_index: sql`coalesce(${given.logIndex}, log_index)`,
      log_proof: sql`coalesce(${given.logProof}, log_proof)`,
      pages: sql`coalesce(${given.pages}, pages)`,
      check_code: sql`coalesce(${given.checkCode}, check_code)`,
      intent_sha256: sql`coalesce(${given.intentSha256}, intent_sha256)`,
      sha256: sql`coalesce(${given.sha256}, sha256)`,
      made_at: sql`coalesce(${given.madeAt}, made_at)`,
    })
    .where('id', '=', given.certificateId)
    .where('state', '=', given.from)
    .where('status', '=', 'valid')
    .returning(isHaltedNow),
);

/**
 * Takes a valid impression some steps on, and says whether nothing may be issued now; null, and without effect, when
 * another run did so before, or it was withdrawn meanwhile.
 */
export const advanceCertificate = async (
  tx: Database,
  certificateId: string,
  { from, to, change }: { from: CertificateState; to: CertificateState; change: StepChange },
): Promise<{ readonly halted: boolean } | null> => {
  const { record, logged } = change;
  const row = await advance.first(tx, {
    certificateId,
    from,
    to,
    record: record === undefined ? null : JSON.stringify(record),
    logIndex: logged?.index ?? null,
    logProof: logged?.proof ?? null,
    pages: change.pages ?? null,
    checkCode: change.checkCode ?? null,
    intentSha256: change.intentSha256 ?? null,
    sha256: change.sha256 ?? null,
    madeAt: change.madeAt ?? null,
  });
  return row === undefined ? null : { halted: row.halted ?? false };
};
