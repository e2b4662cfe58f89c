import { OAuth2Client } from 'google-auth-library';
import * as z from 'zod';
import { ChannelRefused, ConfigurationError } from '../../../domain/errors.ts';
import type { SecretValue } from '../../../domain/secrets.ts';
import { YouTubeApiError } from './api-error.ts';

/** Error response of the token endpoint (RFC 6749, 5.2). */
const Refusal = z.object({
  response: z.object({
    status: z.number(),
    data: z.object({ error: z.string(), error_description: z.string().optional() }).optional(),
  }),
});

/** An error of the connection, by its code alone. */
const NoAnswer = z.object({ code: z.string().regex(/^[A-Z_]+$/) });

const remedies: Readonly<Record<string, string>> = {
  invalid_grant:
    'The consent for the channel is revoked or has expired: run make secrets LOGIN=youtube again. (Consents to an OAuth app in "Testing" last 7 days; publish it in the Google Cloud console.)',
  invalid_client:
    'Google does not know the OAuth client, or its secret has changed: run make secrets LOGIN=youtube with the current client',
  unauthorized_client:
    'The refresh token belongs to another OAuth client: run make secrets LOGIN=youtube again',
};

/** Google's error contains the request with its secrets, so only these two words of it are passed on. */
function withoutSecrets(error: unknown): Error {
  const refusal = Refusal.safeParse(error).data?.response;
  const code = refusal?.data?.error ?? '';
  const remedy = remedies[code];
  if (remedy) return new ChannelRefused(`${remedy} (${code})`);
  if (refusal) return new YouTubeApiError('the token endpoint', refusal.status, code, '');
  const { data } = NoAnswer.safeParse(error);
  return new YouTubeApiError('the token endpoint', 0, 'unreachable', data?.code ?? '');
}

export interface AccessToken {
  get(): Promise<string>;
  /** Returns what the owner of the channel has consented to. */
  scopes(): Promise<readonly string[]>;
  /** Discards a token that YouTube rejected; the next one is new. */
  forget(): void;
}

/** Returns access tokens made from the secret's refresh token, and renews them shortly before they expire. */
export function accessToken(
  credentials: () => Promise<SecretValue<'youtube'>>,
  tokenEndpoint: string,
): AccessToken {
  let client: Promise<{ auth: OAuth2Client; refresh_token: string }> | undefined;
  const connect = async () => {
    const { client_id, client_secret, refresh_token } = await credentials().catch((cause: unknown) => {
      // A secret that is missing or has another form is one channel's, so the others continue.
      throw cause instanceof ConfigurationError ? new ChannelRefused(cause.message, { cause }) : cause;
    });
    const auth = new OAuth2Client({
      clientId: client_id,
      clientSecret: client_secret,
      endpoints: { oauth2TokenUrl: tokenEndpoint },
    });
    auth.setCredentials({ refresh_token });
    return { auth, refresh_token };
  };
  async function get(): Promise<string> {
    client ??= connect();
    const { auth } = await client;
    try {
      const { token } = await auth.getAccessToken();
      if (token) return token;
    } catch (error) {
      throw withoutSecrets(error);
    }
    throw new ChannelRefused('Google returned no access token: run make secrets LOGIN=youtube again');
  }
  return {
    get,
    async scopes() {
      await get();
      // Google names them in every answer that has a token (RFC 6749, 5.1).
      return (await client)?.auth.credentials.scope?.split(' ') ?? [];
    },
    forget() {
      void client?.then(({ auth, refresh_token }) => auth.setCredentials({ refresh_token }));
    },
  };
}
