/** What RFC 8187 §3.2.1 lets stand unencoded. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * `Content-Disposition` of a file to be saved (RFC 6266): a plain name for every program, and beside it the exact one
 * (RFC 8187) where the plain one had to leave something out.
 */
export const attachment = (name: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/]/g, '_');
  return plain === name
    ? `attachment; filename="${plain}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${encode(name)}`;
};
