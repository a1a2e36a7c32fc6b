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

test('a corner is drawn as it stands on the whole page', async () => {
  const document = PDF.create();
  const page = document.addPage();
  for (let line = 0; line < 40; line += 1) page.drawText(`line ${line}`, { x: 11, y: line * 19, size: 14 });
  const [whole, corner] = await withPdfPages(await document.save(), async ([first]) => [
    await first?.pixels(100),
    await first?.pixels(100, { width: 1 / 3, height: 0.2 }),
  ]);
  assert.ok(whole && corner && corner.width < whole.width / 2 && corner.height < whole.height / 4);
  const left = Array.from({ length: corner.height }, (_, row) => {
    const from = (whole.height - corner.height + row) * whole.width * 4;
    return whole.data.subarray(from, from + corner.width * 4);
  });
  assert.deepEqual(Buffer.from(corner.data), Buffer.concat(left));
});
