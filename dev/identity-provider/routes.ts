import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';
import { answer, releasedTo } from './answer.ts';
import { RequestRefused, readAuthnRequest } from './authn-request.ts';
import type { Memory, Pending } from './memory.ts';
import { newToken, remember } from './memory.ts';
import { providerMetadata } from './metadata.ts';
import type { Place } from './pages.ts';
import { consentPage, loginPage, messagePage, returnPage } from './pages.ts';
import type { Persona } from './personas.ts';
import { scopeOf } from './personas.ts';
import type { ServiceProviderSource } from './service-provider.ts';

export type Provider = {
  readonly entityId: string;
  readonly signOnUrl: string;
  readonly keys: KeyAndCertificate;
  readonly personas: readonly Persona[];
  readonly serviceProvider: ServiceProviderSource;
  readonly place: Place;
  readonly memory: Memory;
};

const COOKIE = 'akashi-development-identity-provider'; // cookies ignore ports, so the name says whose it is
const asset = (name: string): string => readFileSync(join(import.meta.dirname, 'assets', name), 'utf8');

export const createRoutes = (provider: Provider): Hono => {
  const routes = new Hono();
  routes.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('content-security-policy')) c.header('Content-Security-Policy', policy("'self'"));
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
  });
  routes.get('/', (c) =>
    c.html(messagePage(provider.place, '開発用の認証システム', 'サービスのログインから始めてください。')),
  );
  routes.get('/help', (c) =>
    c.html(
      messagePage(
        provider.place,
        'お困りの方へ',
        '見本の利用者のパスワードは、ログイン画面の一覧にあります。',
      ),
    ),
  );
  routes.get('/assets/identity-provider.css', (c) =>
    c.body(asset('identity-provider.css'), 200, { 'content-type': 'text/css' }),
  );
  routes.get('/assets/submit.js', (c) =>
    c.body(asset('submit.js'), 200, { 'content-type': 'text/javascript' }),
  );
  routes.get('/metadata', (c) =>
    c.body(metadataOf(provider), 200, { 'content-type': 'application/samlmetadata+xml' }),
  );
  routes.get('/sso', (c) => begin(c, provider));
  routes.post('/sso/login', (c) => login(c, provider));
  routes.post('/sso/consent', (c) => consent(c, provider));
  routes.onError((error, c) => {
    const text =
      error instanceof RequestRefused ? error.message : `The service could not be reached: ${error.message}`;
    return c.html(messagePage(provider.place, 'ログインできません', text), 400);
  });
  return routes;
};

/** `form-action` also rules the redirects that follow a post, hence the service's origin where we post to it. */
const policy = (formAction: string): string =>
  `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`;

const metadataOf = (provider: Provider): string =>
  providerMetadata({
    entityId: provider.entityId,
    signOnUrl: provider.signOnUrl,
    certificatePem: provider.keys.certificatePem,
    scopes: [...new Set(provider.personas.map(scopeOf))],
    universityNameJa: provider.place.universityNameJa,
  });

const begin = async (c: Context, provider: Provider): Promise<Response> => {
  const request = await readAuthnRequest(new URL(c.req.url), provider.serviceProvider, provider.signOnUrl);
  const token = remember(provider.memory, request);
  const session = provider.memory.sessions.get(getCookie(c, COOKIE) ?? '');
  if (session === undefined || request.forceAuthn) return showLogin(c, provider, token, '', false);
  const pending = pendingOf(provider, token);
  pending.login = session;
  return afterLogin(c, provider, token, pending);
};

const pendingOf = (provider: Provider, token: string): Pending => {
  const pending = provider.memory.pending.get(token);
  if (pending === undefined) throw new RequestRefused('This page is too old. Begin again at the service.');
  return pending;
};

const showLogin = (c: Context, provider: Provider, token: string, user: string, wrong: boolean): Response => {
  const serviceName = pendingOf(provider, token).request.serviceProvider.displayNameJa;
  const view = { request: token, serviceName, personas: provider.personas, user, wrongPassword: wrong };
  return c.html(loginPage(provider.place, view)) as Response;
};

const login = async (c: Context, provider: Provider): Promise<Response> => {
  const form = await c.req.formData();
  const field = (name: string): string => String(form.get(name) ?? '');
  const token = field('request');
  const pending = pendingOf(provider, token);
  const clicked = provider.personas.find(({ user }) => user === field('persona'));
  const typed = provider.personas.find(
    ({ user, password }) => user === field('user').trim() && password === field('password'),
  );
  const persona = clicked ?? typed;
  if (persona === undefined) return showLogin(c, provider, token, field('user'), true);
  pending.login = { persona, at: Date.now() };
  pending.misbehaviour = field('misbehaviour');
  if (field('forget') === '') keepSession(c, provider, pending.login);
  if (field('ask') !== '') provider.memory.consents.delete(consentKey(pending, persona));
  return afterLogin(c, provider, token, pending);
};

const keepSession = (c: Context, provider: Provider, session: { persona: Persona; at: number }): void => {
  const token = newToken();
  provider.memory.sessions.set(token, session);
  setCookie(c, COOKIE, token, { httpOnly: true, sameSite: 'Lax', path: '/' });
};

const consentKey = (pending: Pending, persona: Persona): string =>
  `${persona.user} ${pending.request.serviceProvider.entityId}`;

const afterLogin = async (
  c: Context,
  provider: Provider,
  token: string,
  pending: Pending,
): Promise<Response> => {
  const persona = pending.login?.persona;
  if (persona === undefined) return showLogin(c, provider, token, '', false);
  if (provider.memory.consents.has(consentKey(pending, persona)))
    return goBack(c, provider, token, pending, true);
  const { serviceProvider } = pending.request;
  const attributes = releasedTo(persona, serviceProvider.entityId);
  const view = { request: token, serviceName: serviceProvider.displayNameJa, attributes };
  return c.html(consentPage(provider.place, view)) as Response;
};

const consent = async (c: Context, provider: Provider): Promise<Response> => {
  const form = await c.req.formData();
  const token = String(form.get('request') ?? '');
  const pending = pendingOf(provider, token);
  if (pending.login === null) return showLogin(c, provider, token, '', false);
  const accepted = form.get('choice') === 'accept';
  if (accepted && form.get('remember') === 'always') {
    provider.memory.consents.add(consentKey(pending, pending.login.persona));
  }
  return goBack(c, provider, token, pending, accepted);
};

const goBack = async (
  c: Context,
  provider: Provider,
  token: string,
  pending: Pending,
  accepted: boolean,
): Promise<Response> => {
  const response = await answer(pending, accepted, provider);
  provider.memory.pending.delete(token);
  const { acsUrl } = pending.request.serviceProvider;
  c.header('Content-Security-Policy', policy(new URL(acsUrl).origin));
  return c.html(
    returnPage(provider.place, { acsUrl, response, relayState: pending.request.relayState }),
  ) as Response;
};
