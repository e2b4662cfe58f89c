import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mainChannel } from '../../domain/channel.ts';
import { Refusal, readBody, sendJson } from './response.ts';

/** Covers everything that the publisher does; youtube.upload alone does not allow captions. */
export const fullScope = 'https://www.googleapis.com/auth/youtube.force-ssl';
const tokenSeconds = 3599;

/** Consent of a channel's owner. */
interface Consent {
  scope: string;
  channel: string;
}

interface Grant {
  channel: string;
  scope: string;
  challenge: string;
  redirectUri: string;
}

/**
 * Google's consent page and token endpoint: PKCE (RFC 7636), single use of a code, tokens that expire after an hour.
 */
export class FakeOAuth {
  readonly client = {
    client_id: 'fake-client.apps.googleusercontent.com',
    client_secret: `GOCSPX-${randomBytes(14).toString('hex')}`,
  };
  /** Whether the person at the consent page declines. */
  denies = false;
  /** The channel that the person chooses there. */
  chooses = mainChannel;
  /** A scope that the person unticks there. */
  unticked: string | undefined;
  /** Scope of the tokens that are issued from now on. */
  scope = fullScope;
  private readonly clock: () => Date;
  private readonly codes = new Map<string, Grant>();
  private readonly refreshTokens = new Map<string, Consent>();
  private readonly accessTokens = new Map<string, Consent & { until: number }>();

  constructor(clock: () => Date) {
    this.clock = clock;
  }

  /** Issues a refresh token as the consent of a channel would. */
  grant(channel = mainChannel): string {
    const token = `1//fake-${randomBytes(16).toString('hex')}`;
    this.refreshTokens.set(token, { scope: this.scope, channel });
    return token;
  }

  /** Revokes the consent of a channel, like its owner on myaccount.google.com. */
  revoke(channel = mainChannel): void {
    for (const tokens of [this.refreshTokens, this.accessTokens])
      for (const [token, consent] of tokens) if (consent.channel === channel) tokens.delete(token);
  }

  /** Lets access tokens expire early. */
  expireTokens(): void {
    this.accessTokens.clear();
  }

  /** Returns the channel of a request's token. */
  channelOf = (request: IncomingMessage): string => this.consentOf(request).channel;

  /** Returns the scopes of a request's token. */
  scopesOf = (request: IncomingMessage): readonly string[] => this.consentOf(request).scope.split(' ');

  private consentOf(request: IncomingMessage): Consent {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const found = this.accessTokens.get(token);
    if (!found || found.until <= this.clock().getTime())
      throw new Refusal(401, 'authError', 'Invalid Credentials');
    return found;
  }

  check(request: IncomingMessage, neededScope: string): void {
    if (!this.scopesOf(request).some((scope) => scope === neededScope || scope === fullScope))
      throw new Refusal(403, 'insufficientPermissions', 'Insufficient Permission');
  }

  consent(url: URL, response: ServerResponse): void {
    const asked = Object.fromEntries(url.searchParams);
    const redirect = new URL(asked.redirect_uri ?? '');
    if (redirect.hostname !== '127.0.0.1') throw new Refusal(400, 'redirect_uri_mismatch');
    if (asked.client_id !== this.client.client_id) throw new Refusal(401, 'invalid_client');
    if (asked.response_type !== 'code' || asked.code_challenge_method !== 'S256' || !asked.code_challenge)
      throw new Refusal(400, 'invalid_request');
    redirect.searchParams.set('state', asked.state ?? '');
    if (this.denies) redirect.searchParams.set('error', 'access_denied');
    else {
      const code = `4/${randomBytes(16).toString('hex')}`;
      const scope = (asked.scope ?? '')
        .split(' ')
        .filter((one) => one !== this.unticked)
        .join(' ');
      this.codes.set(code, {
        ...{ scope, channel: this.chooses },
        ...{ challenge: asked.code_challenge, redirectUri: asked.redirect_uri ?? '' },
      });
      redirect.searchParams.set('code', code);
    }
    response.writeHead(302, { location: redirect.href }).end();
  }

  async token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = Object.fromEntries(new URLSearchParams((await readBody(request)).toString()));
    const refuse = (error: string, status = 400) =>
      sendJson(response, status, { error, error_description: `${error}.` });
    const { client_id, client_secret } = this.client;
    if (asked.client_id !== client_id || asked.client_secret !== client_secret)
      return refuse('invalid_client', 401);
    const give = ({ scope, channel }: Consent, more: Record<string, string> = {}) => {
      const access_token = `ya29.fake-${randomBytes(16).toString('hex')}`;
      this.accessTokens.set(access_token, {
        scope,
        channel,
        until: this.clock().getTime() + tokenSeconds * 1000,
      });
      sendJson(response, 200, {
        access_token,
        expires_in: tokenSeconds,
        scope,
        token_type: 'Bearer',
        ...more,
      });
    };
    if (asked.grant_type === 'refresh_token') {
      const consent = this.refreshTokens.get(asked.refresh_token ?? '');
      return consent === undefined ? refuse('invalid_grant') : give(consent);
    }
    const grant = this.codes.get(asked.code ?? '');
    this.codes.delete(asked.code ?? '');
    const challenge = createHash('sha256')
      .update(asked.code_verifier ?? '')
      .digest('base64url');
    if (grant?.challenge !== challenge || grant.redirectUri !== asked.redirect_uri)
      return refuse('invalid_grant');
    this.scope = grant.scope;
    give(grant, { refresh_token: this.grant(grant.channel) });
  }
}
