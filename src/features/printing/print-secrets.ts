import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

export type PrintSecrets = {
  /** The keyed index under which a number is found. */
  indexOf: (printNumber: string) => Buffer;
  seal: (jobId: string, secrets: TicketSecrets) => Buffer;
  open: (jobId: string, sealed: Uint8Array) => TicketSecrets;
  /** A PIN as it is kept (argon2id): too slow to try all 10⁴ of them where the lock-out does not reach. */
  hashPin: (pin: string) => Promise<string>;
  /** Whether a PIN is the one kept; where none is kept, false after the same work. */
  checkPin: (kept: string | null, pin: string) => Promise<boolean>;
  signToken: (text: string) => string;
  /** The text of a token we signed, else null. */
  readToken: (token: string) => string | null;
};

export type TicketSecrets = { readonly printNumber: string; readonly pin: string };

// OWASP's floor for argon2id.
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
// A hash, at the same cost, of nothing that anyone can type.
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b7dWRWJTmaaJObGm6oE1EzqxqM';
const NONCE = 12;
const TAG = 16;

/** Three keys out of one (HKDF, RFC 5869), so that none does two kinds of work. `secretKey` has 32 bytes or more. */
export const createPrintSecrets = (secretKey: Uint8Array): PrintSecrets => {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(), `akashi print ${purpose}`, 32));
  const [indexKey, sealKey, tokenKey] = [derive('index'), derive('seal'), derive('token')];
  const tag = (text: string): Buffer => createHmac('sha256', tokenKey).update(text).digest();
  return {
    indexOf: (printNumber) => createHmac('sha256', indexKey).update(printNumber).digest(),
    seal: (jobId, secrets) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(jobId));
      const body = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open: (jobId, sealed) => {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, NONCE));
      decipher.setAAD(Buffer.from(jobId)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
      return JSON.parse(text.toString()) as TicketSecrets;
    },
    hashPin: (pin) => hash(pin, ARGON),
    checkPin: (kept, pin) => verify(kept ?? NOBODY, pin),
    signToken: (text) => `${Buffer.from(text).toString('base64url')}.${tag(text).toString('base64url')}`,
    readToken: (token) => {
      const [body = '', signature = ''] = token.split('.');
      const text = Buffer.from(body, 'base64url').toString();
      const given = Buffer.from(signature, 'base64url');
      const expected = tag(text);
      return given.length === expected.length && timingSafeEqual(given, expected) ? text : null;
    },
  };
};
