import * as z from 'zod';
import {
  ChannelRefused,
  type PipelineError,
  UploadError,
  YouTubeQuotaError,
} from '../../../domain/errors.ts';
import { retryAfterMs } from '../../retry/retry-after.ts';

const Body = z.object({
  error: z.object({
    message: z.string().default(''),
    errors: z.array(z.object({ reason: z.string() })).default([]),
    /** Newer APIs have the reason in here (google.rpc.ErrorInfo). */
    details: z.array(z.object({ reason: z.string().optional() })).default([]),
  }),
});

/** An error response in the API's words (docs/errors); status 0 if there was no response at all. */
export class YouTubeApiError extends Error {
  override readonly name = 'YouTubeApiError';
  readonly status: number;
  readonly reason: string;
  /** Wait that the response asked for before another attempt, in ms. */
  readonly retryAfterMs: number | undefined;

  constructor(call: string, status: number, reason: string, message: string, retryAfterMs?: number) {
    super(`${call}: ${[status || '', reason, message].filter(Boolean).join(' ')}`.slice(0, 500));
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

export async function readApiError(call: string, response: Response): Promise<YouTubeApiError> {
  const text = await response.text().catch(() => '');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // A proxy's page, or nothing: the status is enough.
  }
  const parsed = Body.safeParse(body).data?.error;
  const reason = parsed?.errors[0]?.reason ?? parsed?.details.find((detail) => detail.reason)?.reason ?? '';
  const asked = retryAfterMs(response.headers);
  return new YouTubeApiError(call, response.status, reason, parsed?.message ?? '', asked);
}

const rateLimits = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'uploadRateLimitExceeded']);

/** Returns whether a later attempt can succeed. */
export const isTransient = (error: unknown): boolean =>
  error instanceof YouTubeApiError &&
  (error.status === 0 || error.status >= 500 || error.status === 429 || rateLimits.has(error.reason));

const channelGone =
  'the channel is closed or suspended: see what YouTube Studio says; for another channel run make secrets LOGIN=youtube';
const consentAgain = 'run make secrets LOGIN=youtube and consent to everything that it asks for';

/** Instructions for each refusal (docs/errors, videos.insert). */
const remedies: Readonly<Record<string, string>> = {
  youtubeSignupRequired:
    'the Google account has no YouTube channel: make one on youtube.com, then run make secrets LOGIN=youtube',
  authenticatedUserAccountClosed: channelGone,
  authenticatedUserAccountSuspended: channelGone,
  channelClosed: channelGone,
  channelSuspended: channelGone,
  accountClosed: channelGone,
  accountSuspended: channelGone,
  authError: `YouTube does not accept the access token; ${consentAgain}`,
  insufficientPermissions: `the consent does not cover this; ${consentAgain}`,
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: `the consent does not cover reports; ${consentAgain}`,
  SERVICE_DISABLED:
    'enable the YouTube Reporting API and the YouTube Analytics API in the Google Cloud project of the OAuth client',
  accessNotConfigured: 'enable the YouTube Data API v3 in the Google Cloud project of the OAuth client',
};

const dayIsOver: Readonly<Record<string, string>> = {
  quotaExceeded: "the project's quota is used up until midnight in Los Angeles",
  dailyLimitExceeded: "the project's quota is used up until midnight in Los Angeles",
  uploadLimitExceeded: 'the channel accepts no more uploads for 24 hours',
};

/** Returns whether YouTube's limit is that of the channel, and not that of the Google project. */
export const isChannelLimit = ({ reason }: YouTubeApiError) => reason === 'uploadLimitExceeded';

/** Returns the pipeline's error for an error of YouTube; the message says what to do about it. */
export function forOperator(error: YouTubeApiError): PipelineError {
  const over = dayIsOver[error.reason];
  if (over) return new YouTubeQuotaError(`${over} (${error.message})`, { cause: error });
  const remedy = remedies[error.reason] ?? (error.status === 401 ? remedies.authError : undefined);
  return remedy
    ? new ChannelRefused(`${remedy} (${error.message})`, { cause: error })
    : new UploadError(
        `YouTube ${error.status === 0 ? 'gave no answer that can be used' : 'refused'}: ${error.message}`,
        {
          cause: error,
        },
      );
}
