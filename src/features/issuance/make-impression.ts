import { listCertificates, readCertificate } from './issuance-store.ts';
import { issueCertificate } from './issue-certificate.ts';
import type { IssueDependencies } from './issue-dependencies.ts';

export type MadeImpression = { readonly documentId: string; readonly pages: number; readonly sha256: string };

/** Makes a reserved impression, or the one that had to follow it; says why when it cannot. */
export const makeImpression = async (
  dependencies: IssueDependencies,
  certificateId: string,
): Promise<MadeImpression | 'halted' | 'withdrawn'> => {
  let id = certificateId;
  for (;;) {
    if (!(await issueCertificate(dependencies, id))) return 'halted';
    const { status, orderId, orderLineId, copy, pages, sha256 } = await readCertificate(dependencies.db, id);
    if (status === 'valid' && pages !== null && sha256 !== null) return { documentId: id, pages, sha256 };
    const next = (await listCertificates(dependencies.db, orderId)).find(
      (one) => one.orderLineId === orderLineId && one.copy === copy,
    );
    if (next === undefined) return 'withdrawn';
    id = next.id;
  }
};
