import type { VerdictReason } from '#domain/seal/judge-seal.ts';
import type { PdfProblem, PdfVerdict } from '#domain/signed-pdf/verify-signed-pdf.ts';
import type { VerdictFinding } from '#ui/components/verdict-report.tsx';
import { judgeScanned } from './judge.ts';
import type { VerificationPageData } from './page-data.ts';

const reasonOf = (problem: PdfProblem): VerdictReason => {
  if (problem === 'unreadable') return 'damaged';
  if (problem === 'unsigned') return 'pdf-unsigned';
  return problem.startsWith('signer-') ? 'pdf-other-issuer' : 'pdf-changed';
};

const refused = (problem: PdfProblem): VerdictFinding => {
  const reason = reasonOf(problem);
  return {
    verdict: {
      word: reason === 'pdf-changed' ? 'altered' : 'cannot-tell',
      reason,
      claims: null,
      statusChecked: false,
      otherHost: null,
      withdrawal: null,
    },
    log: null,
    pdf: null,
    checkedAt: new Date().toISOString(),
    statusAt: null,
    checkCode: null,
  };
};

const existedAt = (verdict: PdfVerdict): string | null =>
  verdict.ok && verdict.existedAt !== null ? verdict.existedAt.toString() : null;

/** A file is worth what its signature and the seal of every page are worth, and what it must say is in the first seal. */
export const judgePdf = async (bytes: Uint8Array, data: VerificationPageData): Promise<VerdictFinding> => {
  const { checkPdf } = await import('./check-pdf.ts');
  const { verdict, seals } = await checkPdf(bytes, data);
  if (!verdict.ok) return refused(verdict.problem);
  const pages = await Promise.all(seals.map((seal) => judgeScanned(seal, data)));
  const worst = pages.find((page) => page.verdict.word !== 'valid') ?? pages[0];
  if (worst === undefined || pages.length !== verdict.pages) return refused('unsigned');
  return { ...worst, pdf: { pages: verdict.pages, existedAt: existedAt(verdict) } };
};
