import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PDF, rgb } from '@libpdf/core';
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

test('a part is drawn as it stands on the whole page, in colours and in grey', async () => {
  const document = PDF.create();
  const page = document.addPage();
  for (let at = 0; at < 40; at += 1)
    page.drawRectangle({
      x: at * 17,
      y: at * 19,
      width: 9 + at,
      height: 14,
      color: rgb(at / 40, 0, 1 - at / 40),
    });
  const pdf = await document.save();
  const place = { left: 0.05, below: 0.1, width: 1 / 3, height: 0.2 };
  for (const [as, bytes] of [
    ['rgba', 4],
    ['grey', 1],
  ] as const) {
    const [whole, part] = await withPdfPages(pdf, async ([first]) => [
      await first?.pixels(100, as),
      await first?.pixels(100, as, place),
    ]);
    assert.ok(whole && part && part.width < whole.width / 2 && part.height < whole.height / 4);
    const [left, below] = [Math.floor(whole.width * place.left), Math.floor(whole.height * place.below)];
    const same = Array.from({ length: part.height }, (_, row) => {
      const from = ((whole.height - below - part.height + row) * whole.width + left) * bytes;
      return whole.data.subarray(from, from + part.width * bytes);
    });
    assert.equal(whole.data.length, whole.width * whole.height * bytes);
    assert.ok(new Set(part.data).size > 3, 'there is something to be seen');
    assert.equal(Buffer.compare(part.data, Buffer.concat(same)), 0, as);
  }
});
