import { createHash } from 'node:crypto';
import { together } from '#platform/database/database.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { listDocumentsOfClaim } from '../print-store.ts';
import { requireLease } from './claim.ts';
import { GatewayProblem } from './problem.ts';

/** One byte range (RFC 9110 §14.1.2), null for none or one we do not serve, 'unsatisfiable' beyond the end. */
export const parseRange = (header: string | null, length: number) => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return null;
  const start = from === '' ? Math.max(0, length - Number(to)) : Number(from);
  const end = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  return start > end || start >= length ? ('unsatisfiable' as const) : { start, end };
};

/** The PDF of one paid copy, whole or in part, to the copier that holds the lease. */
export const sendDocument = async (
  dependencies: PrintingDependencies,
  network: string,
  request: Request,
  asked: { readonly claimId: string; readonly position: number },
): Promise<Response> => {
  const documents = await together(dependencies.db, async (db) => {
    const [copies] = await Promise.all([
      listDocumentsOfClaim(db, asked.claimId),
      requireLease({ ...dependencies, db }, network, asked.claimId),
    ]);
    return copies;
  });
  const document = documents.find((one) => one.position === asked.position);
  if (document === undefined || document.state !== 'waiting') throw new GatewayProblem('lease-ended');
  const bytes = Uint8Array.from(await dependencies.readDocument(document.document_id));
  const digest = createHash('sha256').update(bytes).digest();
  const etag = `"${digest.toString('hex')}"`;
  const headers = {
    'Content-Type': 'application/pdf',
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-store',
    ETag: etag,
    'Repr-Digest': `sha-256=:${digest.toString('base64')}:`,
    'Copier-SHA256': digest.toString('hex'),
  };
  const condition = request.headers.get('if-range');
  const range =
    condition === null || condition === etag ? parseRange(request.headers.get('range'), bytes.length) : null;
  if (range === null) return new Response(bytes, { headers });
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${bytes.length}` } });
  }
  const contentRange = `bytes ${range.start}-${range.end}/${bytes.length}`;
  return new Response(bytes.slice(range.start, range.end + 1), {
    status: 206,
    headers: { ...headers, 'Content-Range': contentRange },
  });
};
