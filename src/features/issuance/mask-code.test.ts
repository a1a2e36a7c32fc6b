import assert from 'node:assert/strict';
import { test } from 'node:test';
import QRCode, { type QRCodeSegment } from 'qrcode';
import { seededUnit } from '#test/support/seeded.ts';
import { createCode } from './mask-code.ts';

test('a code is the one that qrcode makes when it chooses the mask, whatever it says', () => {
  const random = seededUnit(1);
  const masks = new Set<number | undefined>();
  for (let number = 0; number < 120; number += 1) {
    const digits = Array.from({ length: 20 + number * 13 }, () => Math.floor(random() * 10));
    const segments = [
      { data: Buffer.from('https://verify.example/v#'), mode: 'byte' },
      { data: digits.join(''), mode: 'numeric' },
    ] as QRCodeSegment[];
    const { modules, maskPattern } = QRCode.create(segments, { errorCorrectionLevel: 'M' });
    const made = createCode(segments);
    assert.equal(made.size, modules.size);
    assert.deepEqual(Buffer.from(made.data), Buffer.from(modules.data), `${number}`);
    masks.add(maskPattern);
  }
  assert.equal(masks.size, 8, 'every mask is the best one of some');
});
