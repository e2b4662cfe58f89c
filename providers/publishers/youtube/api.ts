import { randomUUID } from 'node:crypto';
import { YouTubeQuotaError } from '../../../domain/errors.ts';
import type { JobId } from '../../../domain/job.ts';
import { callCosts, type YouTubeCall, youtubeDay } from '../../../domain/youtube-quota.ts';
import { span } from '../../tracing/span.ts';
import type { AccessToken } from './access-token.ts';
import { readApiError, YouTubeApiError } from './api-error.ts';
import type { YouTubePorts, YouTubeSettings } from './ports.ts';

interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT';
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** Uploads use another path. */
  upload?: boolean;
}

interface ApiAnswer {
  headers: Headers;
  /** JSON that the caller parses; undefined for an empty response. */
  body: unknown;
}

export interface YouTubeApi {
  /**
   * Makes one call, after its quota is taken. Returns a successful response; throws YouTubeApiError or
   * YouTubeQuotaError.
   */
  call(name: YouTubeCall, path: string, request?: ApiRequest): Promise<ApiAnswer>;
  /** Sends with the access token, and once more with a new one if it is rejected. Throws without a response. */
  authorized(name: string, send: (authorization: string) => Promise<Response>): Promise<Response>;
}

const answerMs = 60_000;

async function readJson(name: string, response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  } catch (error) {
    throw new YouTubeApiError(name, 0, 'unreadable', (error as Error).message);
  }
}

export function youtubeApi(
  jobId: JobId,
  token: AccessToken,
  settings: Pick<YouTubeSettings, 'allowance' | 'endpoint'>,
  ports: Pick<YouTubePorts, 'now' | 'signal'> & { ledger: Pick<YouTubePorts['ledger'], 'spend'> },
): YouTubeApi {
  async function attempt(name: string, send: (authorization: string) => Promise<Response>) {
    const authorization = `Bearer ${await token.get()}`;
    try {
      return await send(authorization);
    } catch (error) {
      ports.signal.throwIfAborted();
      const { message, cause } = error as Error;
      const why = cause instanceof Error ? cause.message : message;
      throw new YouTubeApiError(name, 0, 'unreachable', why);
    }
  }

  const authorized: YouTubeApi['authorized'] = async (name, send) => {
    const first = await attempt(name, send);
    if (first.status !== 401) return first;
    const error = await readApiError(name, first);
    // An account without a channel also gets 401, and a new token does not help.
    if (error.reason === 'youtubeSignupRequired') throw error;
    token.forget();
    return attempt(name, send);
  };

  async function pay(name: YouTubeCall): Promise<void> {
    const { bucket, cost } = callCosts[name];
    const allowance = settings.allowance[bucket];
    const call = `${jobId} ${name} ${randomUUID()}`;
    const day = youtubeDay(ports.now());
    if (await ports.ledger.spend({ day, bucket, cost, call, allowance })) return;
    throw new YouTubeQuotaError(`${name}: the ${allowance} ${bucket} of ${day} are used up`);
  }

  return {
    authorized,
    async call(name, path, { method = 'GET', query = {}, headers = {}, body, upload = false } = {}) {
      await pay(name);
      const url = new URL(`${upload ? '/upload' : ''}/youtube/v3/${path}`, settings.endpoint);
      url.search = new URLSearchParams(query).toString();
      const response = await authorized(name, (authorization) =>
        span(`youtube ${name}`, () =>
          fetch(url, {
            method,
            headers: { ...headers, authorization },
            ...(body !== undefined && { body }),
            signal: AbortSignal.any([ports.signal, AbortSignal.timeout(answerMs)]),
          }),
        ),
      );
      if (!response.ok) throw await readApiError(name, response);
      return { headers: response.headers, body: await readJson(name, response) };
    },
  };
}
