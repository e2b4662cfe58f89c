import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { mainChannel } from '../../domain/channel.ts';
import type { YouTubeCall } from '../../domain/youtube-quota.ts';
import { readCaptions } from './captions.ts';
import { FakeChannel } from './channel.ts';
import { FakeOAuth, fullScope } from './oauth.ts';
import { checkParts, onlyListedParts } from './parts.ts';
import { FakeQuota } from './quota.ts';
import { FakeReports } from './reports.ts';
import { Refusal, readBody, sendJson, sendRefusal } from './response.ts';
import { FakeSessions, type UploadFault } from './sessions.ts';

export interface FakeYouTubeOptions {
  port?: number;
  clock?: () => Date;
  /** Bytes of larger videos are only counted. */
  keptBytes?: number;
  /** Chooses a fault for each PUT of bytes; undefined accepts it. */
  uploadFault?: () => UploadFault | undefined;
  /** Chooses a refusal for each call; undefined accepts it. */
  refuse?: (call: YouTubeCall) => Refusal | undefined;
}

const uploadScope = 'https://www.googleapis.com/auth/youtube.upload';
const maxThumbnail = 50 * 1024 * 1024;

type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  channel: FakeChannel,
) => Promise<void>;

/** A YouTube with one channel or several on this machine, by the rules of the Data API v3; it misbehaves on request. */
export class FakeYouTube {
  readonly oauth: FakeOAuth;
  readonly quota: FakeQuota;
  readonly channel = new FakeChannel();
  private readonly channels = new Map([[mainChannel, this.channel]]);
  readonly sessions: FakeSessions;
  readonly reports: FakeReports;
  /** Names of the accepted calls, in order, without the PUTs of an upload. */
  readonly calls: string[] = [];
  /** Refusals of the next calls of a name, one each. */
  readonly refusals: { call: YouTubeCall; refusal: Refusal }[] = [];
  origin = '';
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((request, response) => {
    this.serve(request, response).catch((error: unknown) => {
      const refusal = error instanceof Refusal ? error : new Refusal(400, 'badRequest', String(error));
      // Unread bytes would block the connection.
      request.resume();
      if (!response.destroyed && !response.headersSent) sendRefusal(response, refusal);
    });
  });

  private readonly refuse: NonNullable<FakeYouTubeOptions['refuse']>;
  private readonly clock: () => Date;

  constructor(
    clock: () => Date,
    keptBytes: number,
    { uploadFault, refuse = () => undefined }: Pick<FakeYouTubeOptions, 'uploadFault' | 'refuse'> = {},
  ) {
    this.refuse = refuse;
    this.clock = clock;
    this.oauth = new FakeOAuth(clock);
    this.quota = new FakeQuota(clock);
    this.reports = new FakeReports(clock, this.channel, (request) => this.oauth.scopesOf(request));
    this.sessions = new FakeSessions(clock, keptBytes, uploadFault);
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  async listen(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Settings of a deployment that uses this fake. */
  get endpoints() {
    return {
      endpoint: this.origin,
      tokenEndpoint: `${this.origin}/token`,
      reportingEndpoint: this.origin,
      analyticsEndpoint: this.origin,
    };
  }

  /** The secret of a channel that has consented. */
  get secret() {
    return this.secretOf(mainChannel);
  }
  secretOf(channel: string) {
    return { ...this.oauth.client, refresh_token: this.oauth.grant(channel) };
  }

  /** Returns a channel of this YouTube; every one has a consent to the same Google project. */
  channelNamed(name: string): FakeChannel {
    const channel = this.channels.get(name) ?? new FakeChannel(`UCfake-${name}`);
    this.channels.set(name, channel);
    return channel;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    if (url.pathname === '/token') return this.oauth.token(request, response);
    if (url.pathname === '/o/oauth2/v2/auth') return this.oauth.consent(url, response);
    if (this.reports.serves(url)) return this.reports.serve(request, response, url);
    const session = url.searchParams.get('upload_id');
    if (session && request.method === 'PUT') {
      this.oauth.check(request, uploadScope);
      return this.sessions.put(request, response, session);
    }
    const route = `${request.method} ${url.pathname.replace('/youtube/v3', '')}`;
    const serveCall = this.routes[route];
    if (!serveCall) throw new Refusal(404, 'notFound', `${route} is not in the fake`);
    const [name, scope, answer] = serveCall;
    this.oauth.check(request, scope);
    const channel = this.channelNamed(this.oauth.channelOf(request));
    channel.check();
    this.quota.charge(name);
    this.calls.push(name);
    const refused = this.refusals.findIndex(({ call }) => call === name);
    const [planned] = refused < 0 ? [] : this.refusals.splice(refused, 1);
    const refusal = planned?.refusal ?? this.refuse(name);
    if (refusal) throw refusal;
    checkParts(name, url.searchParams);
    await answer(request, response, url.searchParams, channel);
  }

  private readonly routes: Readonly<Record<string, [YouTubeCall, string, Answer]>> = {
    'POST /upload/videos': [
      'videos.insert',
      uploadScope,
      (request, response, query, channel) =>
        this.sessions.open(request, response, this.origin, query, channel),
    ],
    'GET /channels': ['channels.list', fullScope, this.json((channel) => channel.listChannels())],
    'GET /videos': [
      'videos.list',
      fullScope,
      this.json((channel, query) => channel.listVideos((query.get('id') ?? '').split(','))),
    ],
    'PUT /videos': [
      'videos.update',
      fullScope,
      this.json((channel, query, body) => channel.updateVideo(body, query.get('part') ?? '')),
    ],
    'GET /playlists': [
      'playlists.list',
      fullScope,
      this.json((channel, query) => channel.listPlaylists(query.get('pageToken') ?? '', pageSize(query))),
    ],
    'POST /playlists': [
      'playlists.insert',
      fullScope,
      this.json((channel, _, body) => channel.addPlaylist(body)),
    ],
    'GET /playlistItems': [
      'playlistItems.list',
      fullScope,
      this.json((channel, query) =>
        channel.listItems(query.get('playlistId') ?? '', query.get('videoId'), pageSize(query)),
      ),
    ],
    'POST /playlistItems': [
      'playlistItems.insert',
      fullScope,
      this.json((channel, _, body) => channel.addItem(body)),
    ],
    'POST /upload/thumbnails/set': [
      'thumbnails.set',
      uploadScope,
      async (request, response, query, channel) => {
        const picture = await readBody(request);
        if (picture.length > maxThumbnail) throw new Refusal(413, 'mediaBodyTooLarge');
        if (!/^image\/(jpeg|png)$/.test(request.headers['content-type'] ?? ''))
          throw new Refusal(400, 'invalidImage');
        const { thumbnails } = channel.video(query.get('videoId') ?? '');
        thumbnails.push({ picture, since: this.clock().getTime() });
        sendJson(response, 200, { kind: 'youtube#thumbnailSetResponse', items: [] });
      },
    ],
    'POST /upload/captions': [
      'captions.insert',
      fullScope,
      async (request, response, _, channel) => {
        const { snippet, text } = readCaptions(
          String(request.headers['content-type']),
          (await readBody(request)).toString(),
        );
        channel.addCaption(snippet.videoId, { language: snippet.language, name: snippet.name, text });
        sendJson(response, 200, { kind: 'youtube#caption', id: `caption-${snippet.videoId}`, snippet });
      },
    ],
  };

  /** Responds with JSON; of lists only the requested parts. */
  private json(answer: (channel: FakeChannel, query: URLSearchParams, body: unknown) => object): Answer {
    return async (request, response, query, channel) => {
      const text = (await readBody(request)).toString();
      const body = answer(channel, query, text ? JSON.parse(text) : undefined);
      sendJson(response, 200, onlyListedParts(body, query));
    };
  }
}

const pageSize = (query: URLSearchParams) => Math.min(50, Number(query.get('maxResults') ?? 5));

/** Starts a fake; on a free port unless one is given. */
export async function startFakeYouTube(options: FakeYouTubeOptions = {}) {
  const { port = 0, clock = () => new Date(), keptBytes = 8 * 1024 * 1024 } = options;
  const fake = new FakeYouTube(clock, keptBytes, options);
  await fake.listen(port);
  return fake;
}
