import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTokenUri } from './token-uri.ts';

test('a URI names a token and an object in it, and nothing else', () => {
  assert.deepEqual(parseTokenUri('pkcs11:token=Akashi%20HSM;object=seal;id=%01%ff'), {
    token: 'Akashi HSM',
    object: 'seal',
    id: new Uint8Array([1, 255]),
  });
  for (const uri of [
    'pkcs11:token=a',
    'pkcs11:object=a',
    'token=a;object=b',
    'pkcs11:token=a;object=b?module-path=/tmp/evil.so',
    'pkcs11:token=a;token=b;object=c',
  ])
    assert.throws(() => parseTokenUri(uri), /needs/, uri);
});
