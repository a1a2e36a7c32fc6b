import type { PDFiumPage } from '@hyzyla/pdfium';
import { openPdf } from './pdf-image.ts';

/** Rows from the top: RGBA, four bytes a pixel, or grey, one. */
export type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** A rectangle of a page: its place, from the left and from below, and its size, in parts of the page's. */
export type PagePart = {
  readonly left: number;
  readonly below: number;
  readonly width: number;
  readonly height: number;
};

type Colours = 'rgba' | 'grey';

/** A page as a reader program has it; `number` counts from 1. */
export type PdfPage = {
  readonly number: number;
  /** Its text in reading order, as the file maps glyphs to characters. */
  readonly text: () => string;
  /** The page as drawn, or a part of it: what lies outside that costs no drawing. */
  readonly pixels: (dpi: number, as?: Colours, part?: PagePart) => Promise<Pixels>;
};

/** What the package keeps to itself of a page: it can only draw whole ones, and reads them anew for each drawing. */
type OpenPage = {
  readonly pageIdx: number;
  readonly module: {
    readonly HEAPU8: Uint8Array;
    readonly wasmExports: { readonly malloc: (size: number) => number; readonly free: (at: number) => void };
    readonly _FPDF_GetPageWidth: (page: number) => number;
    readonly _FPDF_GetPageHeight: (page: number) => number;
    readonly _FPDF_ClosePage: (page: number) => void;
    readonly _FPDFBitmap_CreateEx: (...sizeFormatPlaceStride: readonly number[]) => number;
    readonly _FPDFBitmap_FillRect: (bitmap: number, ...rectangleColour: readonly number[]) => void;
    readonly _FPDFBitmap_Destroy: (bitmap: number) => void;
    readonly _FPDF_RenderPageBitmap: (bitmap: number, page: number, ...rectangle: readonly number[]) => void;
  };
};

/** fpdfview.h: FPDF_ANNOT everywhere; FPDF_LCD_TEXT and FPDF_REVERSE_BYTE_ORDER, which makes it RGBA; FPDF_GRAYSCALE. */
const FLAGS = { rgba: 0x01 | 0x02 | 0x10, grey: 0x01 | 0x08 } as const;
/** FPDFBitmap_BGRA and FPDFBitmap_Gray: both are called after their bytes a pixel. */
const FORMAT = { rgba: 4, grey: 1 } as const;
const WHITE = 0xffffffff;

const open = (page: PDFiumPage): OpenPage => page as unknown as OpenPage;

const draw = (page: PDFiumPage, dpi: number, as: Colours, part: PagePart): Pixels => {
  const { module, pageIdx } = open(page);
  const across = Math.floor((module._FPDF_GetPageWidth(pageIdx) * dpi) / 72);
  const down = Math.floor((module._FPDF_GetPageHeight(pageIdx) * dpi) / 72);
  const width = Math.floor(across * part.width);
  const height = Math.floor(down * part.height);
  const left = Math.floor(across * part.left);
  const below = Math.floor(down * part.below);
  const stride = width * FORMAT[as];
  const size = stride * height;
  const place = module.wasmExports.malloc(size);
  if (place === 0) throw new RangeError('no memory for a picture');
  const bitmap = module._FPDFBitmap_CreateEx(width, height, FORMAT[as], place, stride);
  try {
    module._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    const top = height + below - down;
    module._FPDF_RenderPageBitmap(bitmap, pageIdx, -left, top, across, down, 0, FLAGS[as]);
    return { data: module.HEAPU8.slice(place, place + size), width, height };
  } finally {
    module._FPDFBitmap_Destroy(bitmap);
    module.wasmExports.free(place);
  }
};

const WHOLE: PagePart = { left: 0, below: 0, width: 1, height: 1 };

/** Opens a PDF for as long as `work` takes; each page is read once. Throws when PDFium cannot read it. */
export const withPdfPages = async <T>(
  pdf: Uint8Array,
  work: (pages: readonly PdfPage[]) => Promise<T>,
): Promise<T> => {
  const document = await openPdf(pdf);
  const opened = new Map<number, PDFiumPage>();
  const pageAt = (index: number): PDFiumPage => {
    const page = opened.get(index) ?? document.getPage(index);
    opened.set(index, page);
    return page;
  };
  try {
    const pages = Array.from(
      { length: document.getPageCount() },
      (_, index): PdfPage => ({
        number: index + 1,
        text: () => pageAt(index).getText(),
        pixels: async (dpi, as = 'rgba', part = WHOLE) => draw(pageAt(index), dpi, as, part),
      }),
    );
    return await work(pages);
  } finally {
    // A megabyte each would stay in PDFium's memory for as long as we run.
    for (const page of opened.values()) open(page).module._FPDF_ClosePage(open(page).pageIdx);
    document.destroy();
  }
};
