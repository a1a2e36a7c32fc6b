import type { Transporter } from 'nodemailer';
import { createTransport } from 'nodemailer';

export type MailTransport = Transporter;

/** A DKIM signature (RFC 6376) for every mail: `selector._domainkey.domain` in the DNS holds the public key. */
export type DkimKey = { readonly domain: string; readonly selector: string; readonly privateKeyPem: string };

export type TransportOptions = {
  /** `smtp://host:port`, or `smtps://user:password@host`. */
  readonly smtpUrl: string;
  readonly dkim?: DkimKey;
};

/** A pool of connections to a relay. Nothing is sent yet. */
export const openTransport = ({ smtpUrl, dkim }: TransportOptions): MailTransport =>
  createTransport(smtpUrl, {
    pool: true,
    maxConnections: 3,
    // A connection lost in the middle is ours to retry: the outbox counts it, the pool must not do it in secret.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim === undefined
      ? {}
      : {
          dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKeyPem },
        }),
  } as Record<string, unknown>);
