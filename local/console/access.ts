/**
 * Access control of the console. The console shows everything that the pipeline holds and can act in its name, so a
 * program or a page that only knows its address gets nothing:
 * - the Host must be this machine's name; otherwise a web page could use a name that resolves to 127.0.0.1;
 * - a browser must say that the request comes from the console's page;
 * - reading takes a key in a cookie, which images, audio and event streams send too;
 * - acting takes the token in a header that no form and no other page can set.
 * Cookies are not separated by port, so another server on this machine can see the key. Therefore the key is derived
 * from the token and does not allow acting.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export const tokenHeader = 'x-console-token';

type Access = 'refused' | 'page' | 'read' | 'act';

interface Request {
  headers: IncomingHttpHeaders;
}

export interface Guard {
  /** Returns what a request is allowed to do; `page` is the page without any data. */
  accessOf(request: Request): Access;
  /** The cookie that allows the browser to read. */
  cookie: string;
}

export function createGuard(token: string, port: number): Guard {
  const names = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`);
  const cookieName = `console-${port}`;
  const readKey = createHash('sha256').update(`read ${token}`).digest('base64url');
  return {
    cookie: `${cookieName}=${readKey}; Path=/; HttpOnly; SameSite=Strict`,
    accessOf({ headers }) {
      const { host = '', origin, cookie = '' } = headers;
      if (!names.includes(host)) return 'refused';
      if (origin !== undefined && origin !== `http://${host}`) return 'refused';
      const site = headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'refused';
      // Assistants send it as programs do; a page of another origin can send neither header.
      const given = headers[tokenHeader] ?? /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
      if (typeof given === 'string') return isSame(given, token) ? 'act' : 'page';
      const key = cookie.split(/; */).find((part) => part.startsWith(`${cookieName}=`));
      return key && isSame(key.slice(cookieName.length + 1), readKey) ? 'read' : 'page';
    },
  };
}

/** Compares in constant time. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
