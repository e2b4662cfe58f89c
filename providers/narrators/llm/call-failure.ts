import { AISDKError, APICallError } from 'ai';
import * as z from 'zod';
import { ConfigurationError } from '../../../domain/errors.ts';
import { TransientError } from '../../retry/retry.ts';
import { retryAfterMs } from '../../retry/retry-after.ts';

/** The endpoint accepts other requests, but not this one. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

const ErrorBody = z.object({ error: z.object({ code: z.unknown(), type: z.unknown() }).partial() });

/**
 * Classifies the failure of a call: TransientError, RequestRefused, ConfigurationError, or the error itself. Error bodies can
 * repeat keys and requests, so none of their text is kept.
 */
export function failureOf(error: unknown): unknown {
  if (APICallError.isInstance(error)) return callFailure(error);
  // Such as a reply without choices.
  if (AISDKError.isInstance(error)) return new TransientError(error.name);
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return new TransientError('it took too long');
  // fetch throws this for a broken connection; our own TypeErrors have no cause.
  if (name === 'TypeError' && cause) return new TransientError('the connection broke');
  return error;
}

function callFailure({ statusCode, responseHeaders, responseBody }: APICallError): Error {
  if (statusCode === undefined) return new TransientError('no connection');
  if (statusCode < 400) return new TransientError('its response was truncated or not JSON');
  const said = `it returned ${statusCode}`;
  if (statusCode === 402 || isOutOfCredit(responseBody))
    return misconfigured(`the account has no credit left (${said}): top it up at the provider`);
  if (statusCode === 401 || statusCode === 403)
    return misconfigured(`the key or role is refused (${said}): make secrets SET=llm sets the key`);
  if (statusCode === 404)
    return misconfigured(`the model or the address is unknown there (${said}): check both settings`);
  if (statusCode === 408 || statusCode === 409 || statusCode === 429 || statusCode >= 500)
    return new TransientError(said, { retryAfterMs: retryAfterMs(responseHeaders ?? {}) });
  return new RequestRefused(`The model's endpoint refused the request: ${said}`);
}

const misconfigured = (what: string) => new ConfigurationError(`The language model can't be used: ${what}`);

/** OpenAI returns 429 both for too many requests and for an empty account, with different codes. */
function isOutOfCredit(body: string | undefined): boolean {
  try {
    const { error } = ErrorBody.parse(JSON.parse(body ?? ''));
    return error.code === 'insufficient_quota' || error.type === 'insufficient_quota';
  } catch {
    return false;
  }
}
