import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manner } from './manners.ts';
import {
  type BadReply,
  badReplies,
  goodPresentation,
  goodProofreading,
  goodReply,
  goodRetelling,
  leaving,
  type ProofreadingReply,
  readPage,
  type SeenPage,
} from './replies.ts';
import { ChatRequest, schemaProblem, tokensOf } from './request.ts';

/** Misbehaviour of the server. */
export type Fault =
  | BadReply
  | { status: number; retryAfter?: string; code?: string }
  | { delayMs: number }
  | 'cut connection'
  | 'cut body'
  | 'no usage'
  | 'refusal';

export interface SeenRequest extends SeenPage {
  body: ChatRequest;
  images: number;
  /** Whether the request asks to correct a reply. */
  repair: boolean;
}

export interface FakeLlmOptions {
  key?: string;
  model?: string;
  /** Latency of every response, in ms. */
  latencyMs?: number;
  /** Requests allowed in a second; further ones get 429 with Retry-After. */
  perSecond?: number;
  /** Manner of its narration. */
  manner?: Manner;
  /** Reads a script over; undefined for a good reply. */
  proofread?: (request: SeenRequest) => ProofreadingReply | undefined;
  /** Returns a line that it leaves untranslated behind each sentence of a page; undefined for none. */
  leaves?: (request: SeenRequest) => string | undefined;
  /** Chooses a fault for each request; undefined gives a good response. */
  fault?: (request: SeenRequest, count: number) => Fault | undefined;
}

const replyTo = (request: SeenRequest, { manner, proofread, leaves }: FakeLlmOptions) =>
  request.proofs.length > 0
    ? (proofread?.(request) ?? goodProofreading(request))
    : request.sentences.length > 0
      ? goodRetelling(request, Number(request.repair), manner)
      : request.page === 0
        ? goodPresentation(request, Number(request.repair), manner)
        : leaving(goodReply(request, manner), leaves?.(request));

/**
 * Starts an OpenAI-compatible endpoint over real HTTP: it checks the key, the model, the messages with their pictures and the
 * response format like the real ones, counts tokens, and misbehaves on request.
 */
export async function startFakeLlm(options: FakeLlmOptions = {}) {
  const { key = 'fake-key-0123456789', model = 'fake-vision' } = options;
  const requests: SeenRequest[] = [];
  const tokens = { in: 0, out: 0 };
  const load = { now: 0, most: 0, perPage: new Map<number, number>(), mostPerPage: 0, refused: 0 };
  const recent: number[] = [];

  const fail = (
    response: ServerResponse,
    status: number,
    message: string,
    { retryAfter, code = null }: { retryAfter?: string; code?: string | null } = {},
  ) => {
    const wait = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    response.writeHead(status, { 'content-type': 'application/json', ...wait });
    response.end(JSON.stringify({ error: { message, type: 'fake_error', param: null, code } }));
  };

  async function complete(request: SeenRequest, tokensIn: number, response: ServerResponse): Promise<void> {
    const fault = options.fault?.(request, requests.length);
    if (fault === 'cut connection') return void response.socket?.destroy();
    if (typeof fault === 'object' && 'status' in fault)
      return fail(response, fault.status, 'On request.', fault);
    await sleep(typeof fault === 'object' ? fault.delayMs : (options.latencyMs ?? 0));
    const content =
      typeof fault === 'string' && fault in badReplies
        ? badReplies[fault as BadReply](request)
        : JSON.stringify(replyTo(request, options));
    const refused = fault === 'refusal';
    const usage = { prompt_tokens: tokensIn, completion_tokens: Math.ceil(content.length / 4) };
    tokens.in += usage.prompt_tokens;
    tokens.out += usage.completion_tokens;
    const body = JSON.stringify({
      id: `chatcmpl-${requests.length}`,
      object: 'chat.completion',
      created: Math.floor(Date.now() / 1000),
      model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: refused ? '' : content },
          finish_reason: refused ? 'content_filter' : 'stop',
        },
      ],
      ...(fault !== 'no usage' && {
        usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens },
      }),
    });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    if (fault !== 'cut body') return void response.end(body);
    response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (message.method !== 'POST' || message.url !== '/v1/chat/completions')
      return fail(response, 404, 'Unknown request URL.');
    if (message.headers.authorization !== `Bearer ${key}`)
      return fail(response, 401, `Incorrect API key provided: ${message.headers.authorization}.`);
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const parsed = ChatRequest.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    if (!parsed.success) return fail(response, 400, parsed.error.message);
    const body = parsed.data;
    if (body.model !== model) return fail(response, 404, `The model '${body.model}' does not exist.`);
    const { response_format } = body;
    const wrong = response_format.type === 'json_schema' && schemaProblem(response_format.json_schema.schema);
    if (wrong) return fail(response, 400, `Invalid schema for response_format: ${wrong}`);
    const counted = await tokensOf(body);
    if (counted.problem) return fail(response, 400, counted.problem);
    const now = Date.now();
    while (recent.length > 0 && now - (recent[0] as number) >= 1000) recent.shift();
    if (options.perSecond && recent.length >= options.perSecond) {
      load.refused += 1;
      return fail(response, 429, 'Rate limit reached.', { retryAfter: '1' });
    }
    recent.push(now);
    const [system, user] = body.messages;
    const text = user.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
    const request: SeenRequest = {
      ...readPage(system.content, text),
      body,
      images: counted.images,
      repair: body.messages.length > 2,
    };
    requests.push(request);
    const onPage = (load.perPage.get(request.page) ?? 0) + 1;
    load.perPage.set(request.page, onPage);
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    load.mostPerPage = Math.max(load.mostPerPage, onPage);
    try {
      await complete(request, counted.tokens, response);
    } finally {
      load.now -= 1;
      load.perPage.set(request.page, (load.perPage.get(request.page) ?? 1) - 1);
    }
  }

  const server = createServer((message, response) => {
    handle(message, response).catch((error) => fail(response, 500, String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    key,
    model,
    /** Accepted requests, in order. */
    requests,
    /** Tokens billed. */
    tokens,
    /** Parallel requests (current, maximum, maximum for one page), and the number that came too fast. */
    load,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
export type FakeLlm = Awaited<ReturnType<typeof startFakeLlm>>;
