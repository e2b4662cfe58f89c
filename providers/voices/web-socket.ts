import type { IncomingHttpHeaders } from 'node:http';
import { createWebSocketStream, WebSocket } from 'ws';

/**
 * A WebSocket connection that reports why a server refused it: the response's status and headers, mainly `Date`. Node's own
 * WebSocket hides both.
 */
export interface WebSocketConnection {
  send(text: string): void;
  /** Yields texts as strings, binary messages as buffers. Ends only with WebSocketClosed or the signal's reason. */
  messages: AsyncIterable<string | Buffer>;
  close(): void;
}

/** The server responded to the handshake with a status other than 101. */
export class WebSocketRefused extends Error {
  override readonly name = 'WebSocketRefused';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;

  constructor(status: number, headers: IncomingHttpHeaders) {
    super(`the handshake failed with status ${status}`);
    this.status = status;
    this.headers = headers;
  }
}

/**
 * The connection was closed: by the server (1006 if it did so without a close frame), or because of an invalid message.
 */
export class WebSocketClosed extends Error {
  override readonly name = 'WebSocketClosed';
  readonly code: number;

  constructor(code: number, reason: string, options?: ErrorOptions) {
    super(`the connection was closed with ${code}${reason ? ` (${reason})` : ''}`, options);
    this.code = code;
  }
}

/** Far larger than any message of speech; a larger declared length is garbage. */
const longestMessage = 16 * 1024 * 1024;

/** Connects to a ws: or wss: URL. Rejects with WebSocketRefused, a network error or the signal's reason. */
export function connectWebSocket(
  url: URL,
  { headers, signal }: { headers: Record<string, string>; signal: AbortSignal },
): Promise<WebSocketConnection> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = new WebSocket(url, { headers, maxPayload: longestMessage, perMessageDeflate: false });
    const stop = () => socket.terminate();
    signal.addEventListener('abort', stop, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', stop));
    socket.once('unexpected-response', (_, response) => {
      reject(new WebSocketRefused(response.statusCode ?? 0, response.headers));
      response.resume();
      socket.terminate();
    });
    // After the handshake, errors are reported to the reader of the messages.
    socket.on('error', (error) => reject(signal.aborted ? signal.reason : failureOf(error)));
    socket.once('open', () =>
      resolve({
        send: (text) => socket.send(text),
        messages: messagesOf(socket, signal),
        close: () => socket.terminate(),
      }),
    );
  });
}

/** An error without a code does not come from the network: the handshake itself was wrong. */
const failureOf = (error: Error): Error =>
  'code' in error ? error : new Error('the server does not speak WebSocket', { cause: error });

function messagesOf(socket: WebSocket, signal: AbortSignal): AsyncIterable<string | Buffer> {
  let end = new WebSocketClosed(1006, '');
  socket.once('close', (code, reason) => {
    end = new WebSocketClosed(code, reason.toString());
  });
  // Registered immediately: the first message can arrive with the handshake.
  const stream = createWebSocketStream(socket, { readableObjectMode: true });
  // Without a reader the error must not end the process.
  stream.on('error', () => undefined);
  return (async function* () {
    try {
      yield* stream as AsyncIterable<string | Buffer>;
    } catch (error) {
      signal.throwIfAborted();
      throw closedFor(error as Error);
    }
    signal.throwIfAborted();
    throw end;
  })();
}

/** Converts errors of `ws` about invalid messages to their close codes (ws.md, WS error codes). */
function closedFor(error: Error & { code?: string }): WebSocketClosed {
  const { code = '', message } = error;
  const isLong = /LENGTH$/.test(code) && code !== 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH';
  return new WebSocketClosed(isLong ? 1009 : code === 'WS_ERR_INVALID_UTF8' ? 1007 : 1002, message, {
    cause: error,
  });
}
