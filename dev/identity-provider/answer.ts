import { createHash } from 'node:crypto';
import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import type { Memory, Pending } from './memory.ts';
import { MISBEHAVIOURS } from './misbehaviours.ts';
import type { Persona, ReleasedAttribute } from './personas.ts';
import { attributesOf } from './personas.ts';
import { planResponse, writeResponse } from './response.ts';
import type { ResponsePlan } from './response-plan.ts';

const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';
/** What a second factor satisfies: REFEDS MFA and GakuNin's AAL2. */
const STRONG = ['https://refeds.org/profile/mfa', 'https://www.gakunin.jp/profile/AAL2'];

export const releasedTo = (persona: Persona, serviceEntityId: string): readonly ReleasedAttribute[] => {
  const hash = createHash('sha256').update(`${serviceEntityId} ${persona.principal}`).digest('base64url');
  return attributesOf(persona, hash);
};

/** The context to answer with: the first one asked for that the person can reach; null when there is none. */
const contextFor = (persona: Persona, asked: readonly string[]): string | null => {
  if (asked.length === 0) return PASSWORD;
  const reachable = persona.mfa ? [PASSWORD, ...STRONG] : [PASSWORD];
  return asked.find((context) => reachable.includes(context)) ?? null;
};

const failure = (inner: string, message: string): Partial<ResponsePlan> => ({
  withAssertion: false,
  status: { code: 'Responder', inner, message },
});

/** The response in base64 for a request whose person is known; `accepted` false when the person said no. */
export const answer = async (
  pending: Pending,
  accepted: boolean,
  provider: { readonly entityId: string; readonly keys: KeyAndCertificate; readonly memory: Memory },
): Promise<string> => {
  const { request, login } = pending;
  const { memory } = provider;
  if (login === null) throw new Error('nobody has signed in');
  if (pending.misbehaviour === 'replay' && memory.lastResponse !== null) return memory.lastResponse;
  const context = contextFor(login.persona, request.authnContexts);
  const right = planResponse({
    issuer: provider.entityId,
    acsUrl: request.serviceProvider.acsUrl,
    audience: request.serviceProvider.entityId,
    inResponseTo: request.id,
    now: Date.now(),
    authnInstant: login.at,
    authnContext: context ?? PASSWORD,
    attributes: releasedTo(login.persona, request.serviceProvider.entityId),
    keys: provider.keys,
    encryptionCertificate: request.serviceProvider.encryptionCertificate,
  });
  const written = await writeResponse({ ...right, ...deviation(pending, accepted, context, right) });
  const response = Buffer.from(written).toString('base64');
  if (accepted && pending.misbehaviour === '') memory.lastResponse = response;
  return response;
};

const deviation = (
  pending: Pending,
  accepted: boolean,
  context: string | null,
  right: ResponsePlan,
): Partial<ResponsePlan> => {
  if (!accepted) return failure('RequestDenied', 'the person did not agree to send attributes');
  if (context === null) return failure('NoAuthnContext', 'no second factor');
  const chosen = MISBEHAVIOURS.find(({ name }) => name === pending.misbehaviour);
  return chosen?.change(right, createSelfSigned('stranger', Temporal.Now.instant())) ?? {};
};
