import type { KeyObject } from 'node:crypto';
import type { SamlRefusal } from './refusal.ts';

/**
 * What the identity provider must sign: `response` is Shibboleth's default (with an encrypted assertion), `both`
 * asks for the two, `assertion` is for providers that leave the response bare and therefore must not encrypt.
 */
export type SignaturePolicy = 'response' | 'both' | 'assertion';

/** Everything the strict layer may know; it asks nobody else, the time included. Times are epoch milliseconds. */
export type SamlInput = {
  /** The form field `SAMLResponse` as posted. */
  readonly response: string;
  readonly now: number;
  readonly serviceProvider: {
    readonly entityId: string;
    readonly acsUrl: string;
    /** Private keys, the current one first, then the previous one during a rollover. */
    readonly decryptionKeys: readonly KeyObject[];
  };
  readonly identityProvider: {
    readonly entityId: string;
    /** PEM certificates of this provider alone, never a pool of several providers. */
    readonly signingCertificates: readonly string[];
    /** Domains, in lower case, for which the provider may speak (shibmd:Scope). */
    readonly scopes: readonly string[];
    readonly policy: SignaturePolicy;
  };
  /** The sign-in that this browser began. */
  readonly transaction: {
    readonly requestId: string;
    readonly issuedAt: number;
    readonly forceAuthn: boolean;
    /** The contexts that were asked for; empty when any will do. */
    readonly authnContexts: readonly string[];
  };
};

/** What a verified assertion says; every value comes from bytes whose signature was checked. */
export type SamlAssertion = {
  readonly assertionId: string;
  readonly issuer: string;
  /** Epoch milliseconds after which the assertion is refused anyway: how long its id must be remembered. */
  readonly notOnOrAfter: number;
  readonly nameId: string | null;
  /** Attribute name (urn:oid:…) → values; a NameID inside a value (eduPersonTargetedID) is given as its text. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly authnContext: string;
  /** Epoch milliseconds. */
  readonly authnInstant: number;
  readonly sessionIndex: string | null;
};

export type SamlResult =
  | { readonly ok: true; readonly assertion: SamlAssertion }
  | { readonly ok: false; readonly reason: SamlRefusal };
