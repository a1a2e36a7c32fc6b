import type { ErrorCode } from '#domain/error.ts';
import type { SamlRefusal } from './saml/index.ts';

const FAMILIES: Partial<Record<SamlRefusal, ErrorCode>> = {
  'status-cancelled-or-failed': 'sign-in-cancelled',
  'status-authn-context': 'second-factor-missing',
  'authn-context': 'second-factor-missing',
  attributes: 'sign-in-incomplete',
  scope: 'sign-in-incomplete',
  'no-identifier': 'sign-in-incomplete',
  expired: 'sign-in-expired',
  'not-yet-valid': 'sign-in-expired',
  'issue-instant': 'sign-in-expired',
  'session-over': 'sign-in-expired',
  'in-response-to': 'sign-in-expired',
  busy: 'unavailable',
};

/**
 * The page for a refused response: what a person can do something about has its own; everything that smells of a
 * forgery has one, so that a forger learns nothing from it.
 */
export const codeOfRefusal = (reason: SamlRefusal): ErrorCode => FAMILIES[reason] ?? 'sign-in-failed';
