import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Return paths of our mails, one a mail (VERP), so that a delivery report names the mail by where it comes back to.
 * The tag (80 bits of HMAC-SHA256) keeps strangers from reporting mails of whose return path they know nothing.
 */
export type ReturnPaths = {
  addressOf: (mailId: string) => string;
  /** The outbox id an address was made for; null when it is not one of ours, in whatever way. */
  read: (address: string) => string | null;
};

const TAG_BYTES = 10;

/** `domain` is where reports are taken in; `key` is a secret of at least 32 bytes. */
export const createReturnPaths = (domain: string, key: Uint8Array): ReturnPaths => {
  const tagOf = (compact: string): Buffer =>
    createHmac('sha256', key).update(`return-path:${compact}`).digest().subarray(0, TAG_BYTES);
  return {
    addressOf: (mailId) => {
      const compact = mailId.replaceAll('-', '');
      return `bounce-${compact}-${tagOf(compact).toString('hex')}@${domain}`;
    },
    read: (address) => {
      const found = /^bounce-([0-9a-f]{32})-([0-9a-f]{20})@(.+)$/.exec(address.toLowerCase());
      const [, compact = '', tag = '', host = ''] = found ?? [];
      if (found === null || host !== domain.toLowerCase()) return null;
      if (!timingSafeEqual(Buffer.from(tag, 'hex'), tagOf(compact))) return null;
      return compact.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  };
};
