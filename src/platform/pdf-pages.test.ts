import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PDF } from '@libpdf/core';
import { openPdfium } from './pdf-image.ts';
import { withPdfPages } from './pdf-pages.ts';

/** Bytes that PDFium has taken; WebAssembly never gives any back. */
const taken = async (): Promise<number> => {
  const { module } = (await openPdfium()) as unknown as { module: { HEAPU8: Uint8Array } };
  return module.HEAPU8.length;
};

test('a document that was read leaves nothing behind, however many there are', async () => {
  const document = PDF.create();
  const page = document.addPage();
  for (let line = 0; line < 2000; line += 1) page.drawText(`line ${line}`, { x: 20, y: line % 800, size: 6 });
  const pdf = await document.save();
  const read = () =>
    withPdfPages(pdf, async ([first]) => {
      assert.match(first?.text() ?? '', /line 1999/);
      await first?.pixels(36);
    });
  for (let round = 0; round < 5; round += 1) await read();
  const before = await taken();
  for (let round = 0; round < 20; round += 1) await read();
  assert.equal(await taken(), before);
});
