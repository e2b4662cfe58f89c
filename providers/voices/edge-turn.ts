import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { edgeClient, securityToken } from './edge-token.ts';
import { connectWebSocket } from './web-socket.ts';

/** A word and its start in the recording, in seconds. */
export interface WordBoundary {
  text: string;
  start: number;
  duration: number;
}

export interface Recording {
  mp3: Buffer;
  boundaries: WordBoundary[];
}

export interface TurnOptions {
  endpoint: string;
  /** Current time by the service's clock, in ms since 1970. */
  now: number;
  signal: AbortSignal;
}

/** The better of the two MP3 formats that the service offers to browsers, because the audio is encoded again. */
const outputFormat = 'audio-24khz-96kbitrate-mono-mp3';
const ticksPerSecond = 10_000_000;

/**
 * Speaks one utterance over one connection, like the browser. Resolves only when the service reported the end of the turn:
 * truncated audio is never returned. Rejects with WebSocketRefused, WebSocketClosed, a network error or the signal's reason.
 */
export async function edgeTurn(ssml: string, options: TurnOptions): Promise<Recording> {
  const connection = await connectWebSocket(addressOf(options), {
    headers: {
      'User-Agent': edgeClient.userAgent,
      Origin: edgeClient.origin,
      Pragma: 'no-cache',
      'Cache-Control': 'no-cache',
      'Accept-Language': 'vi-VN,vi;q=0.9,en;q=0.8',
      Cookie: `muid=${randomBytes(16).toString('hex').toUpperCase()};`,
    },
    signal: options.signal,
  });
  try {
    const requestId = randomBytes(16).toString('hex');
    const time = timestamp(options.now);
    connection.send(
      `X-Timestamp:${time}\r\nContent-Type:application/json; charset=utf-8\r\nPath:speech.config\r\n\r\n${speechConfig}\r\n`,
    );
    // The Z after a complete date is a mistake of the browser that the service expects.
    connection.send(
      `X-RequestId:${requestId}\r\nContent-Type:application/ssml+xml\r\nX-Timestamp:${time}Z\r\nPath:ssml\r\n\r\n${ssml}`,
    );
    return await readTurn(connection.messages, requestId);
  } finally {
    connection.close();
  }
}

function addressOf({ endpoint, now }: TurnOptions): URL {
  const url = new URL(endpoint);
  url.searchParams.set('TrustedClientToken', edgeClient.trustedToken);
  url.searchParams.set('Sec-MS-GEC', securityToken(now));
  url.searchParams.set('Sec-MS-GEC-Version', edgeClient.version);
  url.searchParams.set('ConnectionId', randomBytes(16).toString('hex'));
  return url;
}

const speechConfig = JSON.stringify({
  context: {
    synthesis: {
      audio: {
        metadataoptions: { sentenceBoundaryEnabled: 'false', wordBoundaryEnabled: 'true' },
        outputFormat,
      },
    },
  },
});

/** Formats a date like JavaScript's toString, in UTC. */
function timestamp(now: number): string {
  const [weekday, day, month, year, clock] = new Date(now).toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${day} ${year} ${clock} GMT+0000 (Coordinated Universal Time)`;
}

/** Reads the messages of one turn until its end. Rejects if one is invalid. */
export async function readTurn(
  messages: AsyncIterable<string | Buffer>,
  requestId: string,
): Promise<Recording> {
  const parts: Buffer[] = [];
  const boundaries: WordBoundary[] = [];
  for await (const message of messages) {
    const { headers, body } = typeof message === 'string' ? parseText(message) : parseBinary(message);
    if (headers.get('x-requestid') !== requestId) continue;
    const path = headers.get('path');
    if (path === 'audio' && Buffer.isBuffer(body)) parts.push(body);
    if (path === 'audio.metadata') boundaries.push(...parseBoundaries(body.toString()));
    if (path === 'turn.end') break;
  }
  return { mp3: Buffer.concat(parts), boundaries };
}

function parseHeaders(text: string): Map<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return new Map(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
}

function parseText(message: string): { headers: Map<string, string>; body: string } {
  const end = message.indexOf('\r\n\r\n');
  if (end < 0) return { headers: parseHeaders(message), body: '' };
  return { headers: parseHeaders(message.slice(0, end)), body: message.slice(end + 4) };
}

/** Parses two bytes of length, the headers, and the audio. */
function parseBinary(message: Buffer): { headers: Map<string, string>; body: Buffer } {
  const length = message.length >= 2 ? message.readUInt16BE(0) : 0;
  const headers = parseHeaders(message.subarray(2, 2 + length).toString('latin1'));
  return { headers, body: message.subarray(2 + length) };
}

function parseBoundaries(body: string): WordBoundary[] {
  return Boundaries.parse(JSON.parse(body))
    .Metadata.filter(({ Type }) => Type === 'WordBoundary')
    .map(({ Data: { Offset, Duration, text } }) => ({
      text: unescapeXml(text.Text),
      start: Offset / ticksPerSecond,
      duration: Duration / ticksPerSecond,
    }));
}

/** Types other than words have no text. */
const Boundaries = z.object({
  Metadata: z
    .array(
      z.object({
        Type: z.string().default(''),
        Data: z
          .object({
            Offset: z.number().default(0),
            Duration: z.number().default(0),
            text: z.object({ Text: z.string().default('') }).prefault({}),
          })
          .prefault({}),
      }),
    )
    .default([]),
});

/** The service repeats words as they were in the markup. */
const unescapeXml = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) =>
      Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : '',
    )
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
