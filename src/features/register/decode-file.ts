export type RegisterEncoding = 'utf-8' | 'shift_jis';

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/**
 * The encoding of a file that is not wholly UTF-8. A single line of Shift_JIS can look like UTF-8 by chance and a file
 * of UTF-8 can hold one damaged line, so the lines with other than ASCII bytes vote.
 */
const vote = (bytes: Uint8Array): RegisterEncoding => {
  let balance = 0;
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    if (line.some((byte) => byte > 0x7f)) balance += isUtf8(line) ? 1 : -1;
    from = end === -1 ? bytes.length : end + 1;
  }
  return balance < 0 ? 'shift_jis' : 'utf-8';
};

/** The text of a file in UTF-8 or Shift_JIS (Windows-31J); a byte that is neither becomes U+FFFD. */
export const decodeFile = (bytes: Uint8Array): { text: string; encoding: RegisterEncoding } => {
  const encoding = isUtf8(bytes) ? 'utf-8' : vote(bytes);
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
};

/**
 * What is left where a conversion knew no character: the geta mark (〓), the replacement character, and a question
 * mark: in a name in any encoding, and anywhere in Shift_JIS when it is full-width. Such a line would print something
 * wrong, so it is refused, never mended. Null where nothing was lost.
 */
export const lostCharacter = (column: string, value: string, encoding: RegisterEncoding): string | null => {
  if (/[〓\uFFFD]/.test(value)) return 'a character was lost in conversion; send the file as UTF-8';
  if (column.startsWith('name_') && /[?\uFF1F]/.test(value))
    return 'a question mark in a name: a lost character';
  if (encoding === 'shift_jis' && value.includes('\uFF1F'))
    return 'a full-width question mark in Shift_JIS: perhaps a lost character; send the file as UTF-8';
  const isControl = (character: string): boolean => character < ' ' || character === '\u007F';
  return [...value].some(isControl) ? 'a control character' : null;
};
