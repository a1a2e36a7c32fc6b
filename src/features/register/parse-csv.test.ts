import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCsv } from './parse-csv.ts';

test('rows know the line they begin on, quoted line ends included', () => {
  assert.deepEqual(parseCsv('\uFEFFa,b\r\n"x\ny","say ""hi"""\n\n1,\n'), [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['x\ny', 'say "hi"'] },
    { line: 5, cells: ['1', ''] },
  ]);
});

test('what was written is what is read', () => {
  const cells = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(cells, { minLength: 1, maxLength: 6 }), (rows) => {
      const text = rows
        .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
        .join('\r\n');
      assert.deepEqual(
        parseCsv(text).map((row) => row.cells),
        rows,
      );
    }),
  );
});

test('a quote that never closes is named by its line', () => {
  assert.throws(() => parseCsv('a,b\n1,"2'), /^Error: 2: /);
});
