import { renderPage } from '#platform/pdf-image.ts';

/** Fine enough that a seal of 77 modules on 30 mm can be read: three pixels a module. At 110 two of three could not. */
const DPI = 200;

/** Every page of a PDF as a PNG, black and white as the store copiers print. */
export const printPages = async (pdf: Uint8Array): Promise<Uint8Array[]> => {
  const sheets: Uint8Array[] = [];
  for (let page = 1; ; page += 1) {
    const sheet = await renderPage(pdf, page, DPI, 'grey');
    if (sheet === null) return sheets;
    sheets.push(sheet);
  }
};
