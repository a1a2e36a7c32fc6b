import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { IppAttribute } from './message.ts';
import { decodeMessage, encodeMessage, valuesOf } from './message.ts';
import { OPERATION } from './tags.ts';

const attribute = (name: string, syntax: IppAttribute['syntax'], ...values: IppAttribute['values']) => ({
  name,
  syntax,
  values,
});

test('the Get-Jobs request of RFC 8010 A.8 is encoded byte for byte', () => {
  const bytes = encodeMessage({
    version: [1, 1],
    code: OPERATION['get-jobs'],
    requestId: 0x123,
    data: new Uint8Array(),
    groups: [
      {
        group: 'operation',
        attributes: [
          attribute('attributes-charset', 'charset', 'utf-8'),
          attribute('attributes-natural-language', 'naturalLanguage', 'en-us'),
          attribute('printer-uri', 'uri', 'ipp://printer.example.com/ipp/print/pinetree'),
          attribute('limit', 'integer', 50),
          attribute('requested-attributes', 'keyword', 'job-id', 'job-name', 'document-format'),
        ],
      },
    ],
  });
  const field = (tag: number, name: string, value: Buffer): Buffer => {
    const length = (n: number) => Buffer.from([n >> 8, n & 255]);
    return Buffer.concat([
      Buffer.from([tag]),
      length(name.length),
      Buffer.from(name),
      length(value.length),
      value,
    ]);
  };
  const expected = Buffer.concat([
    Buffer.from('0101000a0000012301', 'hex'),
    field(0x47, 'attributes-charset', Buffer.from('utf-8')),
    field(0x48, 'attributes-natural-language', Buffer.from('en-us')),
    field(0x45, 'printer-uri', Buffer.from('ipp://printer.example.com/ipp/print/pinetree')),
    field(0x21, 'limit', Buffer.from('00000032', 'hex')),
    field(0x44, 'requested-attributes', Buffer.from('job-id')),
    field(0x44, '', Buffer.from('job-name')),
    field(0x44, '', Buffer.from('document-format')),
    Buffer.from([3]),
  ]);
  assert.deepEqual(Buffer.from(bytes), expected);
});

const value = fc.oneof(
  fc.record({
    syntax: fc.constant('integer' as const),
    value: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  }),
  fc.record({ syntax: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({
    syntax: fc.constant('keyword' as const),
    value: fc.string({ unit: 'grapheme', maxLength: 40 }),
  }),
  fc.record({ syntax: fc.constant('octetString' as const), value: fc.uint8Array({ maxLength: 40 }) }),
  fc.record({ syntax: fc.constant('no-value' as const), value: fc.constant(null) }),
);
const plain = fc
  .record({ name: fc.stringMatching(/^[a-z-]{1,30}$/), first: value })
  .map(({ name, first }) => attribute(name, first.syntax, first.value));
const collected = fc
  .record({ name: fc.stringMatching(/^[a-z-]{1,30}$/), members: fc.array(plain, { maxLength: 3 }) })
  .map(({ name, members }) => attribute(name, 'begCollection', members));

test('what is encoded is decoded as it was, collections and documents too', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(plain, collected), { maxLength: 6 }),
      fc.uint8Array({ maxLength: 200 }),
      (attributes, data) => {
        const message = {
          version: [2, 0] as const,
          code: 2,
          requestId: 7,
          groups: [{ group: 'job' as const, attributes }],
          data,
        };
        assert.deepEqual(decodeMessage(encodeMessage(message)), message);
      },
    ),
  );
});

test('of arbitrary bytes nothing but a message or a refusal comes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      try {
        decodeMessage(bytes);
      } catch (error) {
        assert.match(String(error), /bad-request/);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a message that is cut anywhere is refused', () => {
  const whole = encodeMessage({
    version: [2, 0],
    code: 0,
    requestId: 1,
    groups: [
      {
        group: 'printer',
        attributes: [attribute('printer-state', 'enum', 3), attribute('x', 'keyword', 'a', 'b')],
      },
    ],
    data: new Uint8Array(),
  });
  assert.deepEqual(valuesOf(decodeMessage(whole), 'printer', 'x'), ['a', 'b']);
  for (let length = 0; length < whole.length; length += 1)
    assert.throws(() => decodeMessage(whole.subarray(0, length)), /bad-request/);
});
