/** What a key signs. */
export const KEY_PURPOSES = ['document', 'seal', 'log'] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

export type KeyAlgorithm = 'RSASSA-PKCS1-v1_5' | 'ECDSA-P256' | 'Ed25519';

export const ALGORITHM_OF: Readonly<Record<KeyPurpose, KeyAlgorithm>> = {
  document: 'RSASSA-PKCS1-v1_5',
  seal: 'ECDSA-P256',
  log: 'Ed25519',
};

/** A private key that signs without showing itself: a file here, a token or cloud service elsewhere. */
export type KeyHolder = {
  /** First eight bytes of SHA-256 of the public key's SPKI, in lower-case hexadecimal. */
  keyId: string;
  algorithm: KeyAlgorithm;
  publicKeySpki: Uint8Array;
  /** RSA and ECDSA sign with SHA-256; ECDSA answers r‖s of 64 bytes (IEEE P1363). */
  sign: (bytes: Uint8Array) => Promise<Uint8Array>;
};

/** The document key with its certificates, DER, signer first and root last. */
export type DocumentKey = KeyHolder & { chain: Uint8Array[] };

/** Every key with which certificates are made at one moment. */
export type IssuanceKeys = {
  document: DocumentKey;
  seal: KeyHolder;
  /** SPKI by key id of this and every other seal key whose seals may still stand in a document that is being made. */
  sealKeys: ReadonlyMap<string, Uint8Array>;
};
