import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';

export type PrintSecrets = {
  /** The keyed index under which a number is found. */
  indexOf: (printNumber: string) => Buffer;
  seal: (jobId: string, secrets: TicketSecrets) => Buffer;
  open: (jobId: string, sealed: Uint8Array) => TicketSecrets;
  /** Whether a PIN is the one that a job keeps sealed; where there is no job, false after the same work. */
  checkPin: (job: SealedTicket | undefined, pin: string) => boolean;
  signToken: (text: string) => string;
  /** The text of a token we signed, else null. */
  readToken: (token: string) => string | null;
};

export type TicketSecrets = { readonly printNumber: string; readonly pin: string };

/** A job's id and what `seal` made for it. */
export type SealedTicket = { readonly id: string; readonly secrets: Uint8Array };

const NONCE = 12;
const TAG = 16;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Three keys out of one (HKDF, RFC 5869), so that none does two kinds of work. `secretKey` has 32 bytes or more. */
export const createPrintSecrets = (secretKey: Uint8Array): PrintSecrets => {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(), `akashi print ${purpose}`, 32));
  const [indexKey, sealKey, tokenKey] = [derive('index'), derive('seal'), derive('token')];
  const tag = (text: string): Buffer => createHmac('sha256', tokenKey).update(text).digest();
  const seal: PrintSecrets['seal'] = (jobId, secrets) => {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(jobId));
    const body = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  };
  const open: PrintSecrets['open'] = (jobId, sealed) => {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, NONCE));
    decipher.setAAD(Buffer.from(jobId)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
    return JSON.parse(text.toString()) as TicketSecrets;
  };
  // As long as a real one, with a PIN that nobody can type.
  const id = randomUUID();
  const nobody: SealedTicket = { id, secrets: seal(id, { printNumber: '0'.repeat(12), pin: '----' }) };
  return {
    indexOf: (printNumber) => createHmac('sha256', indexKey).update(printNumber).digest(),
    seal,
    open,
    checkPin: (job, pin) => {
      const kept = job ?? nobody;
      const equal = timingSafeEqual(sha256(open(kept.id, kept.secrets).pin), sha256(pin));
      return equal && job !== undefined;
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
