import { setTimeout as sleep } from 'node:timers/promises';
import { AISDKError, APICallError } from 'ai';
import { z } from 'zod';
import { ConfigurationError } from '../../../domain/errors.ts';
import type { LlmSettings } from './settings.ts';

/** The endpoint gave no reply in the time and the attempts that a page has. */
export class ModelUnavailable extends Error {
  override readonly name = 'ModelUnavailable';
}

/** The endpoint takes other requests, but not this one. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

type Patience = Pick<LlmSettings, 'attempts' | 'firstRetryMs' | 'callTimeoutMs' | 'requestsPerMinute'>;
type Failure = { again: true; afterMs?: number; reason: string } | { again: false; error: unknown };

/** Makes calls at a pace that all pages share: who is told to wait makes the others wait, too. */
export function createPatience(settings: Patience) {
  const interval = settings.requestsPerMinute > 0 ? 60_000 / settings.requestsPerMinute : 0;
  let nextTurn = 0;

  /** Waits for a turn; false when there is none before the deadline. */
  async function turn(deadline: number): Promise<boolean> {
    const at = Math.max(Date.now(), nextTurn);
    if (at >= deadline) return false;
    nextTurn = at + interval;
    if (at > Date.now()) await sleep(at - Date.now());
    return true;
  }

  /**
   * @param deadline epoch in ms, after which nothing is tried any more
   * @throws ModelUnavailable, RequestRefused, or ConfigurationError when no request can ever succeed
   */
  return async function patiently<T>(
    deadline: number,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    let reason = 'the page had no time left';
    for (let attempt = 1; attempt <= settings.attempts; attempt++) {
      if (!(await turn(deadline))) break;
      const left = Math.max(1, deadline - Date.now());
      try {
        return await call(AbortSignal.timeout(Math.min(left, settings.callTimeoutMs)));
      } catch (error) {
        const failure = failureOf(error);
        if (!failure.again) throw failure.error;
        reason = failure.reason;
        if (failure.afterMs !== undefined) {
          nextTurn = Math.max(nextTurn, Date.now() + failure.afterMs);
        } else if (attempt < settings.attempts) {
          const backoff = settings.firstRetryMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
          if (Date.now() + backoff >= deadline) break;
          await sleep(backoff);
        }
      }
    }
    throw new ModelUnavailable(`The model's endpoint gave no reply: ${reason}`);
  };
}

const ErrorBody = z.object({ error: z.object({ code: z.unknown(), type: z.unknown() }).partial() });

/** Says what a failure means. Bodies of errors may repeat keys and requests, so none of their text is kept. */
function failureOf(error: unknown): Failure {
  if (APICallError.isInstance(error)) return callFailure(error);
  // A reply without choices and the like.
  if (AISDKError.isInstance(error)) return { again: true, reason: error.name };
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return { again: true, reason: 'it took too long' };
  // What fetch throws when a connection breaks; a TypeError of our own has no cause.
  if (name === 'TypeError' && cause) return { again: true, reason: 'the connection broke' };
  return { again: false, error };
}

function callFailure({ statusCode, responseHeaders, responseBody }: APICallError): Failure {
  if (statusCode === undefined) return { again: true, reason: 'no connection' };
  if (statusCode < 400) return { again: true, reason: 'its answer was cut or no JSON' };
  const said = `it answered ${statusCode}`;
  if (statusCode === 402 || isOutOfCredit(responseBody))
    return misconfigured(`the account has no credit left (${said}): top it up at the provider`);
  if (statusCode === 401 || statusCode === 403)
    return misconfigured(`the key or role is refused (${said}): make secret sets the key`);
  if (statusCode === 404)
    return misconfigured(`the model or the address is unknown there (${said}): check both settings`);
  if (statusCode === 408 || statusCode === 409 || statusCode === 429 || statusCode >= 500) {
    const afterMs = retryAfter(responseHeaders ?? {});
    return { again: true, reason: said, ...(afterMs !== undefined && { afterMs }) };
  }
  return { again: false, error: new RequestRefused(`The model's endpoint refused the request: ${said}`) };
}

const misconfigured = (what: string): Failure => ({
  again: false,
  error: new ConfigurationError(`The language model can't be used: ${what}`),
});

/** OpenAI answers 429 both for haste and for an empty account, and tells them apart by the code. */
function isOutOfCredit(body: string | undefined): boolean {
  try {
    const { error } = ErrorBody.parse(JSON.parse(body ?? ''));
    return error.code === 'insufficient_quota' || error.type === 'insufficient_quota';
  } catch {
    return false;
  }
}

/** Milliseconds; seconds or a date (RFC 9110, 10.2.3), or OpenAI's own finer header. */
function retryAfter(headers: Record<string, string>): number | undefined {
  const fine = Number.parseFloat(headers['retry-after-ms'] ?? '');
  if (fine >= 0) return fine;
  const header = headers['retry-after'];
  if (!header) return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
