/**
 * Who may use the console. It shows everything that the pipeline holds and can act in its name, so a program or a page
 * that only knows its address gets nothing:
 * - the Host must be this machine's own name, or a web page could come in by a name that resolves to 127.0.0.1;
 * - a browser must say that the request is the console's own, not another page's;
 * - reading takes the key of a cookie, which pictures, sound and events carry too;
 * - acting takes the token itself, in a header that no form and no other page can set.
 * Cookies know no ports. So the cookie's key is made from the token but is not the token: another server on this machine
 * that gets to see it can't act.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export const tokenHeader = 'x-console-token';

export type Access = 'refused' | 'page' | 'read' | 'act';

interface Request {
  headers: IncomingHttpHeaders;
}

export interface Guard {
  /** What a request may do; `page` is the page without any data. */
  accessOf(request: Request): Access;
  /** The cookie that lets the browser read. */
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
      const given = headers[tokenHeader];
      if (typeof given === 'string') return isSame(given, token) ? 'act' : 'page';
      const key = cookie.split(/; */).find((part) => part.startsWith(`${cookieName}=`));
      return key && isSame(key.slice(cookieName.length + 1), readKey) ? 'read' : 'page';
    },
  };
}

/** Takes the same time whatever is wrong. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
