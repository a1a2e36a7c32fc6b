import { randomBytes } from 'node:crypto';
import type { AuthnRequest } from './authn-request.ts';
import type { Persona } from './personas.ts';

/** A request on its way through the pages. `login` is set once the person is known. */
export type Pending = {
  readonly request: AuthnRequest;
  readonly since: number;
  login: { readonly persona: Persona; readonly at: number } | null;
  misbehaviour: string;
};

/** What the provider remembers between pages; gone when it stops. */
export type Memory = {
  readonly pending: Map<string, Pending>;
  readonly sessions: Map<string, { readonly persona: Persona; readonly at: number }>;
  /** `user service` for everybody who wants not to be asked again. */
  readonly consents: Set<string>;
  /** The last right response, for the replay. */
  lastResponse: string | null;
};

const PATIENCE = 3_600_000; // milliseconds a page may lie open

export const openMemory = (): Memory => ({
  pending: new Map(),
  sessions: new Map(),
  consents: new Set(),
  lastResponse: null,
});

export const newToken = (): string => randomBytes(24).toString('base64url');

export const remember = (memory: Memory, request: AuthnRequest): string => {
  const now = Date.now();
  for (const [token, { since }] of memory.pending) if (since < now - PATIENCE) memory.pending.delete(token);
  const token = newToken();
  memory.pending.set(token, { request, since: now, login: null, misbehaviour: '' });
  return token;
};
