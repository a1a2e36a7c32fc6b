import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { NodeCompiler, type PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import { listOwnFonts, SHIPPED_FONTS } from './glyphs.ts';
import type { Make } from './typesetter.ts';

const workspace = resolve(process.argv[2] ?? '.');
const compiler = NodeCompiler.create({
  workspace,
  // Blobs, not folders: nothing of this machine but these files may reach a certificate.
  fontArgs: [{ fontBlobs: [...SHIPPED_FONTS, ...listOwnFonts(workspace)].map((file) => readFileSync(file)) }],
});

/**
 * What some thirty documents did without is forgotten: looking what that is takes a millisecond, so only every tenth time.
 * A transcript's rows cost three times as much where they are not remembered from the last one, and most documents
 * between two transcripts are of other kinds.
 */
const LOOKED_THROUGH_EVERY = 10;
const TIMES_REMEMBERED = 3;

/**
 * What templates read as `/record.json`. As an input of the compiler it would be part of everything, and nothing of one
 * document could be remembered for the next.
 */
const recordFile = join(workspace, 'record.json');

type Work = { id: number; template: string; data: string; seconds: number; make: Make };
type Diagnostic = {
  message: string;
  path: string;
  severity: number;
  range: { start: { line: number } } | null;
};

const placeOf = ({ path, range }: Diagnostic): string =>
  `${path === '' ? '' : relative(workspace, path)}:${(range?.start.line ?? 0) + 1}`;

/** Errors as `file:line: message`, with the template's own line where the library's was reached from it. */
const explain = (diagnostics: readonly Diagnostic[]): string[] => {
  const trace = diagnostics.findLast(({ severity }) => severity === 4);
  return diagnostics
    .filter(({ severity }) => severity === 1)
    .map((one) => `${placeOf(one)}: ${one.message}${trace === undefined ? '' : ` (from ${placeOf(trace)})`}`);
};

process.on('message', (work: Work) => {
  try {
    const mainFilePath = join(workspace, 'templates', `${work.template}.typ`);
    if (!existsSync(mainFilePath)) throw new Error('no such template');
    compiler.mapShadow(recordFile, Buffer.from(work.data));
    const result = compiler.compile({ mainFilePath });
    const document = result.result;
    if (result.hasError() || !document) {
      const diagnostics = explain(compiler.fetchDiagnostics(result.takeError() as never) as Diagnostic[]);
      process.send?.({ id: work.id, error: 'typst', diagnostics, rss: 0 });
      return;
    }
    const [rows] = compiler.query(document, { selector: '<rows>' }) as { value: number[] }[];
    const standard = (name: string) => ({
      pdfStandard: name as PdfStandard,
      creationTimestamp: work.seconds,
    });
    let pdf: Buffer | null = null;
    if (work.make === 'draft') pdf = compiler.pdf(document, { pdfTags: false });
    if (work.make === 'document') {
      compiler.pdf(document, standard('ua-1'));
      pdf = compiler.pdf(document, standard('a-3a'));
    }
    process.send?.({
      id: work.id,
      pages: document.numOfPages,
      rows: rows?.value ?? [],
      pdf,
      rss: process.memoryUsage.rss(),
    });
    if (work.id % LOOKED_THROUGH_EVERY === 0) compiler.evictCache(TIMES_REMEMBERED);
  } catch (error) {
    process.send?.({ id: work.id, error: String(error), diagnostics: [String(error)], rss: 0 });
  }
});
process.on('disconnect', () => process.exit(0));
