/** A private key that signs without showing itself: a file here, a token or cloud service elsewhere. */
export type KeyHolder = {
  /** First eight bytes of SHA-256 of the public key's SPKI, in lower-case hexadecimal. */
  keyId: string;
  algorithm: 'RSASSA-PKCS1-v1_5' | 'ECDSA-P256';
  publicKeySpki: Uint8Array;
  /** Signs `bytes` with SHA-256; ECDSA answers r‖s of 64 bytes (IEEE P1363). */
  sign: (bytes: Uint8Array) => Promise<Uint8Array>;
};

/** The document key with its certificates, DER, signer first and root last. */
export type DocumentKey = KeyHolder & { chain: Uint8Array[] };

/** Every key with which certificates are made. */
export type IssuanceKeys = { document: DocumentKey; seal: KeyHolder };
