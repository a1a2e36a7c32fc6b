import type { PDFiumDocument } from '@hyzyla/pdfium';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { withPlainColours } from './pdf-colours.ts';
import { encodePng } from './png.ts';

let library: Promise<PDFiumLibrary> | undefined;

/** The one PDFium of the process, started at first use. */
export const openPdfium = (): Promise<PDFiumLibrary> => {
  library ??= PDFiumLibrary.init();
  return library;
};

/** Opens a PDF to look at it; its profiles of colour are those of any screen. Throws when PDFium cannot read it. */
export const openPdf = async (pdf: Uint8Array): Promise<PDFiumDocument> =>
  (await openPdfium()).loadDocument(withPlainColours(pdf));

/** Page `page` (from 1) of a PDF as a PNG at `dpi`; null past the last page. */
export const renderPage = async (
  pdf: Uint8Array,
  page: number,
  dpi: number,
  as: 'grey' | 'colour' = 'colour',
): Promise<Uint8Array | null> => {
  const document = await openPdf(pdf);
  try {
    if (page < 1 || page > document.getPageCount()) return null;
    const scale = dpi / 72;
    const colorSpace = as === 'grey' ? 'Gray' : 'BGRA';
    const drawn = await document.getPage(page - 1).render({ scale, render: 'bitmap', colorSpace });
    return encodePng(drawn.data, { width: drawn.width, height: drawn.height, as });
  } finally {
    document.destroy();
  }
};
