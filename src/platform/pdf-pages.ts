import type { PDFiumPage } from '@hyzyla/pdfium';
import { PDF, PdfArray, PdfNumber } from '@libpdf/core';
import { openPdfium } from './pdf-image.ts';

/** RGBA, four bytes a pixel, rows from the top. */
export type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** A page as a reader program has it; `number` counts from 1. */
export type PdfPage = {
  readonly number: number;
  /** Its text in reading order, as the file maps glyphs to characters. */
  readonly text: () => string;
  readonly pixels: (dpi: number) => Promise<Pixels>;
};

/** What the package keeps to itself of a page: it closes one only when it has drawn it. */
type OpenPage = {
  readonly module: { readonly _FPDF_ClosePage: (page: number) => void };
  readonly pageIdx: number;
};

/** The words of a page, which is closed again: a megabyte each would stay in PDFium's memory for as long as we run. */
const textOf = (page: PDFiumPage): string => {
  try {
    return page.getText();
  } finally {
    const { module, pageIdx } = page as unknown as OpenPage;
    module._FPDF_ClosePage(pageIdx);
  }
};

/** Opens a PDF for as long as `work` takes. Throws when PDFium cannot read it. */
export const withPdfPages = async <T>(
  pdf: Uint8Array,
  work: (pages: readonly PdfPage[]) => Promise<T>,
): Promise<T> => {
  const document = await (await openPdfium()).loadDocument(pdf);
  try {
    const pages = Array.from(
      { length: document.getPageCount() },
      (_, index): PdfPage => ({
        number: index + 1,
        text: () => textOf(document.getPage(index)),
        // Rendered, a page is closed, so each rendering opens it anew.
        pixels: (dpi) => document.getPage(index).render({ scale: dpi / 72, render: 'bitmap' }),
      }),
    );
    return await work(pages);
  } finally {
    document.destroy();
  }
};

/** Parts of a page's width and height, from its lower left corner. */
export type LowerLeft = { readonly width: number; readonly height: number };

/**
 * A copy of a PDF whose pages show only their lower left corner. Drawing that takes a fifth of the time that the page
 * takes, where the rest of it is full of fine dots. Throws when it cannot be read.
 */
export const cropPages = async (pdf: Uint8Array, { width, height }: LowerLeft): Promise<Uint8Array> => {
  const document = await PDF.load(pdf);
  for (const page of document.getPages()) {
    const corner = [0, 0, page.width * width, page.height * height];
    page.dict.set('CropBox', new PdfArray(corner.map((length) => PdfNumber.of(length))));
  }
  return document.save();
};
