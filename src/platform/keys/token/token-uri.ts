/** Which object of which token: the part of a PKCS #11 URI (RFC 7512) that names a key. */
export type TokenObject = {
  readonly token: string;
  readonly object: string | null;
  /** CKA_ID. */
  readonly id: Uint8Array | null;
};

const bytesOf = (text: string): Uint8Array =>
  new Uint8Array(
    Buffer.from(
      text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ),
  );

/**
 * Reads `pkcs11:token=…;object=…;id=…`, of which token and one of the others are needed. Throws on anything else: the
 * module and the PIN are the environment's to name, never the URI's.
 */
export const parseTokenUri = (uri: string): TokenObject => {
  const found = new Map<string, string>();
  for (const part of uri.replace(/^pkcs11:/, '').split(';')) {
    const [, name = '', value = ''] = /^(token|object|id)=([^?]+)$/.exec(part) ?? [];
    if (name === '' || found.has(name)) throw new Error(`${uri}: needs pkcs11:token=…;object=… or ;id=…`);
    found.set(name, value);
  }
  const [token, object, id] = ['token', 'object', 'id'].map((name) => found.get(name));
  if (!uri.startsWith('pkcs11:') || token === undefined || (object ?? id) === undefined)
    throw new Error(`${uri}: needs pkcs11:token=…;object=… or ;id=…`);
  return {
    token: decodeURIComponent(token),
    object: object === undefined ? null : decodeURIComponent(object),
    id: id === undefined ? null : bytesOf(id),
  };
};
