import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

export type CookieJar = {
  get: (c: Context, name: string) => string | undefined;
  set: (
    c: Context,
    name: string,
    value: string,
    options?: { sameSite?: 'Lax' | 'None'; maxAgeSeconds?: number },
  ) => void;
  clear: (c: Context, name: string) => void;
};

/**
 * Cookies under the rules of the design: `__Host-`, `Secure`, `HttpOnly` on https; on the http loopback the same names
 * without prefix and all `Lax`, because WebKit drops `Secure` cookies there and another port is the same site.
 */
export const openCookieJar = (baseUrl: string): CookieJar => {
  const secure = baseUrl.startsWith('https:');
  const full = (name: string): string => (secure ? `__Host-${name}` : name);
  return {
    get: (c, name) => getCookie(c, full(name)),
    set: (c, name, value, { sameSite = 'Lax', maxAgeSeconds } = {}) =>
      setCookie(c, full(name), value, {
        path: '/',
        httpOnly: true,
        secure,
        sameSite: secure ? sameSite : 'Lax',
        ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
      }),
    clear: (c, name) => void deleteCookie(c, full(name), { path: '/', secure }),
  };
};
