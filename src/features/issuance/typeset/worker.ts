import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler, type PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';

const require = createRequire(import.meta.url);
const FONTS = ['400Regular/NotoSerifJP_400Regular.ttf', '700Bold/NotoSerifJP_700Bold.ttf'];
const fontBlobs = FONTS.map((path) =>
  readFileSync(require.resolve(`@expo-google-fonts/noto-serif-jp/${path}`)),
);
const workspace = process.argv[2] ?? '.';
const fontPaths = process.argv.slice(3);
const compiler = NodeCompiler.create({
  workspace,
  fontArgs: [{ fontBlobs }, ...(fontPaths.length > 0 ? [{ fontPaths }] : [])],
});

type Work = { id: number; template: string; data: string; seconds: number; measure: boolean };

process.on('message', (work: Work) => {
  try {
    const result = compiler.compile({
      mainFilePath: `${workspace}/templates/${work.template}.typ`,
      inputs: { data: work.data },
    });
    const document = result.result;
    if (result.hasError() || !document) {
      throw new Error(
        `typst: ${JSON.stringify(compiler.fetchDiagnostics(result.takeError() as never)).slice(0, 1500)}`,
      );
    }
    const rows = (compiler.query(document, { selector: '<row>' }) as { value: number }[]).map(
      (row) => row.value,
    );
    const standard = (name: string) => ({
      pdfStandard: name as PdfStandard,
      creationTimestamp: work.seconds,
    });
    let pdf: Buffer | null = null;
    if (!work.measure) {
      compiler.pdf(document, standard('ua-1'));
      pdf = compiler.pdf(document, standard('a-3a'));
    }
    process.send?.({ id: work.id, pages: document.numOfPages, rows, pdf, rss: process.memoryUsage.rss() });
    compiler.evictCache(2);
  } catch (error) {
    process.send?.({ id: work.id, error: String(error), rss: 0 });
  }
});
process.on('disconnect', () => process.exit(0));
