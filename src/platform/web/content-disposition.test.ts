import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachment } from './content-disposition.ts';

test('a file name goes into the header once where it is plain, and twice where it is not', () => {
  assert.equal(attachment('a_b-1.pdf'), 'attachment; filename="a_b-1.pdf"');
  assert.equal(
    attachment('証明"\r\n書.pdf'),
    `attachment; filename="______.pdf"; filename*=UTF-8''%E8%A8%BC%E6%98%8E%22%0D%0A%E6%9B%B8.pdf`,
  );
});
