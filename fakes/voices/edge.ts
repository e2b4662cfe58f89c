import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { edgeList } from './speakers.ts';
import { FakeSpeech, type Markup, readMarkup } from './speech.ts';

/** A fault of one connection. */
export type EdgeFault =
  | { refuse: number; headers?: Record<string, string> }
  /** Drops the connection after this many audio messages. */
  | { cutAfter: number }
  /** Closes properly, with a code, instead of responding. */
  | { closeWith: number; reason: string }
  | 'no answer'
  | 'no sound'
  | 'invalid sound'
  | 'half the sound';

export interface FakeEdgeOptions {
  /** Makes the tones of the speech. */
  ffmpeg: string;
  port?: number;
  /** Delay before the handshake and before the turn, in ms. */
  latencyMs?: number;
  /** The server's clock, in ms since 1970. */
  clock?: () => number;
  /** Maximum number of connections; further ones get 429. */
  maxParallel?: number;
  /** Chooses a fault for each connection; undefined gives a good response. */
  fault?: () => EdgeFault | undefined;
}

const trustedToken = '6A5AA1D4EAFF4E9FB37E23D68491D6F4';

/** The read-aloud service as observed in Edge's traffic: real HTTP, real WebSocket, real MP3. */
export class FakeEdge {
  /** Faults of the next connections, one each. */
  readonly faults: EdgeFault[] = [];
  /** Fault of every connection without one in `faults`. */
  lasting: EdgeFault | undefined;
  /** Status of every list of speakers, if it is refused. */
  listStatus: number | undefined;
  lists = 0;
  /** Speakers that the service has no longer. */
  readonly gone = new Set<string>();
  readonly handshakes: { status: number; at: number }[] = [];
  readonly spoken: Markup[] = [];
  mostParallel = 0;
  readonly #options: Required<FakeEdgeOptions>;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #speech: FakeSpeech;
  #open = 0;

  private constructor(options: FakeEdgeOptions, speech: FakeSpeech) {
    this.#options = {
      port: 0,
      latencyMs: 0,
      clock: Date.now,
      maxParallel: Number.POSITIVE_INFINITY,
      fault: () => undefined,
      ...options,
    };
    this.#speech = speech;
    this.#server = createServer((request, response) => this.#list(request, response));
    this.#server.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head));
  }

  static async start(options: FakeEdgeOptions): Promise<FakeEdge> {
    const fake = new FakeEdge(options, await FakeSpeech.make(options.ffmpeg));
    await new Promise<void>((resolve) => fake.#server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return fake;
  }

  get endpoint(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `ws://127.0.0.1:${port}/consumer/speech/synthesize/readaloud/edge/v1`;
  }

  async stop(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #list(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://edge');
    if (pathname !== '/consumer/speech/synthesize/readaloud/voices/list') {
      response.writeHead(404).end();
      return;
    }
    this.lists++;
    const isClient = searchParams.get('trustedclienttoken') === trustedToken;
    const status = this.listStatus ?? (isClient ? 200 : 403);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(
      status === 200 ? JSON.stringify(edgeList.filter(({ ShortName }) => !this.gone.has(ShortName))) : '',
    );
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => undefined);
    await pause(this.#options.latencyMs);
    const fault = this.faults.shift() ?? this.lasting ?? this.#options.fault();
    const refused = typeof fault === 'object' && 'refuse' in fault ? fault : undefined;
    const status = refused?.refuse ?? (this.#open >= this.#options.maxParallel ? 429 : this.#judge(request));
    this.handshakes.push({ status, at: performance.now() });
    if (status !== 101) {
      const headers = { Date: new Date(this.#options.clock()).toUTCString(), ...refused?.headers };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n${lines.join('')}\r\n`,
      );
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (connection) => {
      this.#open++;
      this.mostParallel = Math.max(this.mostParallel, this.#open);
      connection.once('close', () => this.#open--);
      this.#serve(connection, fault);
    });
  }

  #judge(request: IncomingMessage): number {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://edge');
    if (pathname !== '/consumer/speech/synthesize/readaloud/edge/v1') return 404;
    const tokens = [-1, 0, 1].map((window) => tokenOf(this.#options.clock() / 1000 + window * 300));
    const allowed =
      searchParams.get('TrustedClientToken') === trustedToken &&
      tokens.includes(searchParams.get('Sec-MS-GEC') ?? '') &&
      /^1-\d+(\.\d+){3}$/.test(searchParams.get('Sec-MS-GEC-Version') ?? '') &&
      /^[0-9a-f]{32}$/.test(searchParams.get('ConnectionId') ?? '') &&
      /Edg\/\d+/.test(request.headers['user-agent'] ?? '') &&
      request.headers.origin === 'chrome-extension://jdiccldimpdaibmpdkjnbmckianbfold';
    return allowed ? 101 : 403;
  }

  #serve(connection: WebSocket, fault: EdgeFault | undefined): void {
    let configured = false;
    connection.on('message', (data: RawData) => {
      const { headers, body } = parse(data.toString());
      if (headers.path === 'speech.config') {
        const { audio } = JSON.parse(body).context.synthesis;
        configured =
          audio.outputFormat === 'audio-24khz-96kbitrate-mono-mp3' &&
          audio.metadataoptions.wordBoundaryEnabled === 'true';
        return;
      }
      const markup = headers.path === 'ssml' ? readMarkup(body) : undefined;
      const requestId = headers['x-requestid'];
      // Azure's extensions are rejected here.
      if (
        !configured ||
        !markup ||
        this.gone.has(markup.speaker) ||
        markup.silence ||
        markup.style ||
        !/^[0-9a-f]{32}$/.test(requestId ?? '')
      ) {
        connection.close(1007, 'Unsupported or malformed request');
        return;
      }
      void this.#turn(connection, requestId ?? '', markup, fault);
    });
  }

  async #turn(
    connection: WebSocket,
    id: string,
    markup: Markup,
    fault: EdgeFault | undefined,
  ): Promise<void> {
    await pause(this.#options.latencyMs);
    if (fault === 'no answer') return;
    if (typeof fault === 'object' && 'closeWith' in fault) {
      connection.close(fault.closeWith, fault.reason);
      return;
    }
    const text = (path: string, body: object) =>
      connection.send(
        `X-RequestId:${id}\r\nContent-Type:application/json; charset=utf-8\r\nPath:${path}\r\n\r\n${JSON.stringify(body)}`,
      );
    text('turn.start', { context: { serviceTag: 'fake' } });
    text('response', { context: { serviceTag: 'fake' }, audio: { type: 'inline', streamId: 'fake' } });
    const { mp3, words } = this.#speech.say(markup.text);
    const sound = fault === 'invalid sound' ? Buffer.alloc(4_000, 7) : mp3;
    const until = fault === 'no sound' ? 0 : fault === 'half the sound' ? sound.length / 2 : sound.length;
    const size = 2_880;
    for (let from = 0, sent = 0; from < until; from += size, sent++) {
      if (typeof fault === 'object' && 'cutAfter' in fault && sent === fault.cutAfter) {
        connection.terminate();
        return;
      }
      const header = Buffer.from(
        `X-RequestId:${id}\r\nContent-Type:audio/mpeg\r\nX-StreamId:fake\r\nPath:audio\r\n`,
      );
      const length = Buffer.alloc(2);
      length.writeUInt16BE(header.length);
      connection.send(Buffer.concat([length, header, sound.subarray(from, Math.min(from + size, until))]));
    }
    for (const word of words) text('audio.metadata', { Metadata: [boundary(word)] });
    this.spoken.push(markup);
    text('turn.end', {});
  }
}

const ticks = (seconds: number) => Math.round(seconds * 10_000_000);
const boundary = ({ text, start, duration }: { text: string; start: number; duration: number }) => ({
  Type: 'WordBoundary',
  Data: {
    Offset: ticks(start),
    Duration: ticks(duration),
    text: { Text: text, Length: text.length, BoundaryType: 'WordBoundary' },
  },
});

/** Written a second time from the description, not from the client, so that the two check each other. */
function tokenOf(unixSeconds: number): string {
  const floored = Math.floor((unixSeconds + 11_644_473_600) / 300) * 300;
  return createHash('sha256').update(`${floored}0000000${trustedToken}`, 'ascii').digest('hex').toUpperCase();
}

function parse(message: string): { headers: Record<string, string | undefined>; body: string } {
  const end = message.indexOf('\r\n\r\n');
  const lines = message.slice(0, end).split('\r\n');
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1),
  ]);
  return { headers: Object.fromEntries(headers), body: message.slice(end + 4) };
}
