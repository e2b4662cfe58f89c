import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { azureList } from './speakers.ts';
import { FakeSpeech, type Markup, readMarkup } from './speech.ts';

export type AzureFault = { answer: number; retryAfter?: number } | 'cut' | 'no answer' | 'empty';

/** The text-to-speech REST interface of Azure Speech, with its documented statuses. */
export class FakeAzure {
  readonly faults: AzureFault[] = [];
  lasting: AzureFault | undefined;
  readonly spoken: Markup[] = [];
  /** Speakers that it no longer has. */
  readonly gone = new Set<string>();
  readonly key: string;
  requests = 0;
  readonly #server: Server;
  readonly #speech: FakeSpeech;

  private constructor(speech: FakeSpeech, key: string) {
    this.key = key;
    this.#speech = speech;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(options: { ffmpeg: string; key?: string }): Promise<FakeAzure> {
    const { ffmpeg, key = 'fake-azure-key-0123456789' } = options;
    const fake = new FakeAzure(await FakeSpeech.make(ffmpeg), key);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/cognitiveservices/voices/list' && request.method === 'GET') {
      const isKnown = request.headers['ocp-apim-subscription-key'] === this.key;
      response.writeHead(isKnown ? 200 : 401, { 'Content-Type': 'application/json' });
      response.end(
        isKnown ? JSON.stringify(azureList.filter(({ ShortName }) => !this.gone.has(ShortName))) : '',
      );
      return;
    }
    this.requests++;
    const body = await text(request);
    const fault = this.faults.shift() ?? this.lasting;
    if (fault === 'no answer') return;
    const { status, markup } =
      typeof fault === 'object' ? { status: fault.answer } : this.#judge(request, body);
    if (status !== 200 || !markup) {
      if (typeof fault === 'object' && fault.retryAfter !== undefined)
        response.setHeader('Retry-After', fault.retryAfter);
      response.writeHead(status).end();
      return;
    }
    const { mp3 } = this.#speech.say(markup.text, markup.silence);
    response.writeHead(200, {
      'Content-Type': 'audio/mpeg',
      'Content-Length': fault === 'empty' ? 0 : mp3.length,
    });
    if (fault === 'empty') {
      response.end();
      return;
    }
    if (fault === 'cut') {
      response.write(mp3.subarray(0, mp3.length / 2), () => response.destroy());
      return;
    }
    this.spoken.push(markup);
    response.end(mp3);
  }

  #judge(request: IncomingMessage, body: string): { status: number; markup?: Markup } {
    const { headers, method, url } = request;
    if (url !== '/cognitiveservices/v1') return { status: 404 };
    if (method !== 'POST') return { status: 405 };
    if (headers['ocp-apim-subscription-key'] !== this.key) return { status: 401 };
    if (headers['content-type'] !== 'application/ssml+xml') return { status: 415 };
    if (headers['x-microsoft-outputformat'] !== 'audio-24khz-96kbitrate-mono-mp3') return { status: 400 };
    if (!headers['user-agent'] || headers['user-agent'].length > 254) return { status: 400 };
    const markup = readMarkup(body);
    return markup && !this.gone.has(markup.speaker) ? { status: 200, markup } : { status: 400 };
  }
}
