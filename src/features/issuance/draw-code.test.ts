import assert from 'node:assert/strict';
import { test } from 'node:test';
import QRCode from 'qrcode';
import { drawCode } from './draw-code.ts';

type Point = readonly [x: number, y: number];

/** The corners of every closed line of a path that goes right, left, up and down only. */
const outlinesOf = (path: string): Point[][] =>
  path.split('z').flatMap((line) => {
    const [, x, y, turns] = /^M(\d+) (\d+)((?:[HV]\d+)*)$/.exec(line) ?? [];
    if (x === undefined || y === undefined || turns === undefined) return [];
    const corners: Point[] = [[Number(x), Number(y)]];
    for (const [, turn, to] of turns.matchAll(/([HV])(\d+)/g)) {
      const [across, down] = corners.at(-1) ?? [0, 0];
      corners.push(turn === 'H' ? [Number(to), down] : [across, Number(to)]);
    }
    return [[...corners, [Number(x), Number(y)]]];
  });

/** Whether a module is filled: the lines to its left go round it once more in one direction than in the other. */
const isFilled = (outlines: readonly (readonly Point[])[], column: number, row: number): boolean => {
  let turns = 0;
  for (const corners of outlines) {
    corners.slice(1).forEach(([x, y], at) => {
      const [fromX, fromY] = corners[at] ?? [x, y];
      assert.ok(x === fromX || y === fromY, 'no line is slanted');
      const beside = x === fromX && x <= column && Math.min(y, fromY) <= row && row < Math.max(y, fromY);
      if (beside) turns += Math.sign(y - fromY);
    });
  }
  return turns !== 0;
};

test('a code is outlined module by module, whatever it says', () => {
  for (const digits of [40, 700, 1600]) {
    const data = Array.from({ length: digits }, (_, at) => (at * at + digits) % 10).join('');
    const segments = [
      { data: 'https://verify.example/v#', mode: 'byte' as const },
      { data, mode: 'numeric' as const },
    ];
    const [, , path = ''] = drawCode(segments as never).split(' d="');
    const outlines = outlinesOf(path.slice(0, path.indexOf('"')));
    const { modules } = QRCode.create(segments as never, { errorCorrectionLevel: 'M' });
    for (let row = 0; row < modules.size; row += 1)
      for (let column = 0; column < modules.size; column += 1)
        assert.equal(isFilled(outlines, column, row), modules.get(row, column) === 1, `${column} ${row}`);
  }
});
