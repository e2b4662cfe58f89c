import { lookup as resolveName } from 'node:dns/promises';
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLoopback, isPublicAddress } from './public-address.ts';

/** `refused`: the URL or its address must not be fetched. `size`: more bytes than allowed. `broken`: anything else. */
export class WebFailure extends Error {
  override readonly name = 'WebFailure';
  readonly kind: 'refused' | 'size' | 'broken';
  constructor(kind: WebFailure['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

export interface WebRequest {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  maxBytes: number;
  /** Limit for the whole exchange, including redirects. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface WebResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
}

export interface WebClientSettings {
  /** Sent with each request. */
  userAgent: string;
  /** For a peer on this machine: its addresses can be fetched too, and without TLS. */
  allowLoopback?: boolean;
  resolve?: (host: string) => Promise<{ address: string; family: number }[]>;
}

const maxRedirects = 3;
const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches URLs that came from outside, and only from the public internet: https only, every address that a name resolves to
 * is checked, the connection goes to a checked address, and each redirect is checked like a new URL. Size and time are
 * bounded. Throws WebFailure.
 */
export function webClient({
  userAgent,
  allowLoopback = false,
  resolve = (host) => resolveName(host, { all: true }),
}: WebClientSettings) {
  const mayConnect = (address: string, secure: boolean) =>
    (secure && isPublicAddress(address)) || (allowLoopback && isLoopback(address));
  const refuse = (host: string, address: string) =>
    new WebFailure('refused', `${host} is ${address}: only https to public addresses is fetched`);

  /** Called for each new connection, which then uses the returned address: no second look-up can differ. */
  const lookupFor =
    (secure: boolean): LookupFunction =>
    (host, { all }, callback) => {
      resolve(host).then(
        (found) => {
          const [first] = found;
          const bad = found.find(({ address }) => !mayConnect(address, secure));
          if (bad || !first) callback(refuse(host, bad?.address ?? 'no address'), []);
          else if (all) callback(null, found);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
    };
  const secureAgent = new https.Agent({ keepAlive: true });
  const plainAgent = new http.Agent({ keepAlive: true });

  function check(url: URL): void {
    if (url.username || url.password) throw new WebFailure('refused', `${url.host}: a URL with a password`);
    const secure = url.protocol === 'https:';
    if (!secure && !(allowLoopback && url.protocol === 'http:')) {
      throw new WebFailure('refused', `${url.protocol}//${url.host}: only https is fetched`);
    }
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) && !mayConnect(host, secure)) throw refuse(url.host, host);
  }

  function connect(url: URL, { method = 'GET', headers, body }: WebRequest, signal: AbortSignal) {
    const secure = url.protocol === 'https:';
    return new Promise<IncomingMessage>((resolve, reject) => {
      const request = (secure ? https : http).request(url, {
        method,
        signal,
        agent: secure ? secureAgent : plainAgent,
        lookup: lookupFor(secure),
        headers: {
          'user-agent': userAgent,
          ...headers,
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        },
      });
      request.once('response', resolve).once('error', reject).end(body);
    });
  }

  async function exchange(
    url: URL,
    request: WebRequest,
    signal: AbortSignal,
    hops: number,
  ): Promise<WebResponse> {
    check(url);
    const response = await connect(url, request, signal);
    const { statusCode: status = 0, headers } = response;
    if (redirects.has(status) && headers.location !== undefined) {
      response.destroy();
      if (hops === 0 || request.method === 'POST')
        throw new WebFailure('refused', `${url.host} redirects too often`);
      return exchange(new URL(headers.location, url), request, signal, hops - 1);
    }
    return { status, headers, body: await bodyOf(response, url, request.maxBytes) };
  }

  return {
    async request(url: string, request: WebRequest): Promise<WebResponse> {
      const deadline = AbortSignal.timeout(request.timeoutMs);
      const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
      try {
        return await exchange(new URL(url), request, signal, maxRedirects);
      } catch (cause) {
        if (cause instanceof WebFailure) throw cause;
        const reason = deadline.aborted ? `no response in ${request.timeoutMs} ms` : (cause as Error).message;
        throw new WebFailure('broken', `${URL.parse(url)?.host ?? 'an invalid URL'}: ${reason}`, {
          cause,
        });
      }
    },
    close(): void {
      secureAgent.destroy();
      plainAgent.destroy();
    },
  };
}
export type WebClient = ReturnType<typeof webClient>;

async function bodyOf(response: IncomingMessage, url: URL, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // A stream that ends before its Content-Length fails with an error, so a returned body is complete.
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      response.destroy();
      throw new WebFailure('size', `${url.host} sends more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
