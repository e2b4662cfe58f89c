import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { readMessages, textFrame } from './web-socket-frames.ts';

/**
 * A WebSocket client that tells why a server refused: its status and headers, the `Date` above all. Node's own
 * WebSocket hides both, and msedge-tts offers neither them, nor another endpoint, nor an end to waiting.
 */
export interface WebSocketConnection {
  send(text: string): void;
  /** Ends only with WebSocketClosed, or the error that cut the connection. */
  messages: AsyncIterable<string | Buffer>;
  close(): void;
}

/** The server answered the handshake with something other than 101. */
export class WebSocketRefused extends Error {
  override readonly name = 'WebSocketRefused';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;

  constructor(status: number, headers: IncomingHttpHeaders) {
    super(`the handshake was answered with ${status}`);
    this.status = status;
    this.headers = headers;
  }
}

/** RFC 6455, 1.3. */
const acceptKey = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** `url` is ws: or wss:. Rejects with WebSocketRefused, a network error or the signal's reason. */
export function connectWebSocket(
  url: URL,
  options: { headers: Record<string, string>; signal: AbortSignal },
): Promise<WebSocketConnection> {
  const key = randomBytes(16).toString('base64');
  const secure = url.protocol === 'wss:';
  const address = new URL(url);
  address.protocol = secure ? 'https:' : 'http:';
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)(address, {
      agent: false,
      signal: options.signal,
      headers: {
        ...options.headers,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': key,
      },
    });
    request.once('error', (error) => reject(options.signal.aborted ? options.signal.reason : error));
    request.once('response', (response) => {
      response.resume();
      reject(new WebSocketRefused(response.statusCode ?? 0, response.headers));
      request.destroy();
    });
    request.once('upgrade', (response, socket, head) => {
      const expected = createHash('sha1')
        .update(key + acceptKey)
        .digest('base64');
      if (response.headers['sec-websocket-accept'] !== expected) {
        socket.destroy();
        reject(new Error('the server does not speak WebSocket'));
        return;
      }
      resolve(connectionOver(socket, head, options.signal));
    });
    request.end();
  });
}

function connectionOver(socket: Duplex, head: Buffer, signal: AbortSignal): WebSocketConnection {
  if (head.length > 0) socket.unshift(head);
  const stop = () => socket.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', stop));
  // Whoever reads the messages is told; without a reader it must not end the process.
  socket.on('error', () => undefined);
  if (signal.aborted) stop();
  return {
    send: (text) => void socket.write(textFrame(text)),
    messages: readMessages(socket),
    close: () => void socket.destroy(),
  };
}
