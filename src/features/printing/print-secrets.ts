import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

export type PrintSecrets = {
  /** The keyed index under which a number is found. */
  indexOf: (printNumber: string) => Buffer;
  seal: (jobId: string, secrets: TicketSecrets) => Buffer;
  open: (jobId: string, sealed: Uint8Array) => TicketSecrets;
  signToken: (text: string) => string;
  /** The text of a token we signed, else null. */
  readToken: (token: string) => string | null;
};

export type TicketSecrets = { readonly printNumber: string; readonly pin: string };

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
