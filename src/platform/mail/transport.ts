import type { KeyObject } from 'node:crypto';
import type { Transporter } from 'nodemailer';
import { createTransport } from 'nodemailer';

export type MailTransport = Transporter;

/** A DKIM signature (RFC 6376) for every mail: `selector._domainkey.domain` in the DNS holds the public key. */
export type DkimKey = { readonly domain: string; readonly selector: string; readonly privateKey: KeyObject };

export type TransportOptions = {
  /** `smtp://host:port`, or `smtps://user:password@host`. */
  readonly smtpUrl: string;
  readonly dkim?: DkimKey;
};

/** Connections to a relay, kept for the next mail while mails follow each other. Nothing is sent yet. */
export const openTransport = ({ smtpUrl, dkim }: TransportOptions): MailTransport =>
  createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    // Some relays end what is idle after a minute or less; a mail that meets that would wait for the next connection.
    idleTimeout: 10_000,
    // So it does when it meets that nevertheless, before a byte of it was sent. A connection lost later is ours to retry: the
    // outbox counts it, the pool must not do it in secret, and does not.
    maxRequeues: 1,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim === undefined
      ? {}
      : { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey } }),
  } as Record<string, unknown>);
