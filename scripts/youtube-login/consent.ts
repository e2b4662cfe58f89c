import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodeChallengeMethod, OAuth2Client } from 'google-auth-library';
import * as z from 'zod';
import { ConfigurationError } from '../../domain/errors.ts';
import { reportsScope } from '../../providers/publishers/youtube/ports.ts';

/** Covers upload, thumbnail, captions and playlists; youtube.upload alone does not allow captions (captions.insert). */
const publishScope = 'https://www.googleapis.com/auth/youtube.force-ssl';
/** Google lets a person untick each of them. */
export const scope = `${publishScope} ${reportsScope}`;

export interface Consent {
  refreshToken: string;
  /** Whether it covers reports too, which the publisher can do without. */
  coversReports: boolean;
}

export interface OAuthClient {
  client_id: string;
  client_secret: string;
}

export interface ConsentOptions {
  /** Shows the person the address to consent at. */
  show(url: string): void;
  /** 0 takes a free one; a fixed one can be forwarded through ssh. */
  port?: number;
  timeoutMs?: number;
  /** Google's, unless another server plays Google. */
  endpoints?: { authorize: string; token: string };
}

const googles = {
  authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
};

/**
 * Asks a person to consent in the browser and returns what Google grants: the loopback flow of an installed app with PKCE
 * and state (OAuth 2.0 for native apps, RFC 8252). Throws ConfigurationError without consent.
 */
export async function askForConsent(client: OAuthClient, options: ConsentOptions): Promise<Consent> {
  const { show, port = 0, timeoutMs = 600_000, endpoints = googles } = options;
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  try {
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const auth = new OAuth2Client({
      clientId: client.client_id,
      clientSecret: client.client_secret,
      redirectUri,
      endpoints: { oauth2AuthBaseUrl: endpoints.authorize, oauth2TokenUrl: endpoints.token },
    });
    const { codeVerifier, codeChallenge = '' } = await auth.generateCodeVerifierAsync();
    const state = randomBytes(24).toString('base64url');
    const code = codeFrom(server, state, timeoutMs);
    show(
      auth.generateAuthUrl({
        ...{ access_type: 'offline', prompt: 'consent', scope, state },
        code_challenge: codeChallenge,
        code_challenge_method: CodeChallengeMethod.S256,
      }),
    );
    return await redeem(auth, await code, codeVerifier);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Waits for the code from the browser; requests with another state are ignored. */
function codeFrom(server: Server, state: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(new ConfigurationError('No consent arrived in time; run make secrets LOGIN=youtube again'));
    const timer = setTimeout(late, timeoutMs);
    server.on('request', (request, response) => {
      const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
      const code = query.get('code');
      const error = query.get('error');
      if (query.get('state') !== state || (!code && !error)) return say(response, 404, 'Nothing is here.');
      clearTimeout(timer);
      say(response, 200, code ? 'Done: this window can be closed.' : 'There was no consent.');
      if (code) resolve(code);
      else
        reject(
          new ConfigurationError(`There was no consent (${error}); run make secrets LOGIN=youtube again`),
        );
    });
  });
}

const say = (response: ServerResponse, status: number, text: string) => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(text);
};

const Refusal = z.object({ response: z.object({ data: z.object({ error: z.string() }) }) });

async function redeem(auth: OAuth2Client, code: string, codeVerifier: string): Promise<Consent> {
  let refreshToken: string | null | undefined;
  let granted: string[];
  try {
    const { tokens } = await auth.getToken({ code, codeVerifier });
    refreshToken = tokens.refresh_token;
    granted = tokens.scope?.split(' ') ?? [];
  } catch (error) {
    // Google's error contains the request with code and secret.
    const why = Refusal.safeParse(error).data?.response.data.error ?? 'the token endpoint did not respond';
    throw new ConfigurationError(
      `Google returned no token (${why}); check id and secret of the OAuth client`,
    );
  }
  if (!granted.includes(publishScope))
    throw new ConfigurationError(
      'The consent does not cover the management of videos: run make secrets LOGIN=youtube again, and leave that ticked',
    );
  if (refreshToken) return { refreshToken, coversReports: granted.includes(reportsScope) };
  throw new ConfigurationError(
    'Google returned no refresh token: remove the access on myaccount.google.com/permissions, then run make secrets LOGIN=youtube again',
  );
}
