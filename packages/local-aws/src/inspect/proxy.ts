import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFromThisMachine } from 'step-functions-local/loopback';
import { WebSocket, WebSocketServer } from 'ws';
import { watchHolds } from './holds.ts';
import { liftBreakpoints } from './lift-breakpoints.ts';

/** The target of one port: an inspector that starts and ends. */
export interface InspectedTarget {
  title: string;
  /** Returns `ws://127.0.0.1:41234/0f8f…`; undefined while nothing runs. */
  inspector(): string | undefined;
}

const path = '/debug';
/** Large enough for scripts with their source maps. */
const maxPayload = 256 * 1024 * 1024;

/**
 * Starts a port at which a debugger finds a thread or process at its current address, and detects when the debugger
 * pauses it. Returns the port, and a function that lets all of them go.
 */
export async function startProxy(
  port: number,
  { title, inspector }: InspectedTarget,
  onHold: (isHolding: boolean) => void,
): Promise<{ port: number; detach(): Promise<void> }> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  const server = createServer(answer);
  /** Each ends the connection of one debugger. */
  const relays = new Set<() => Promise<void>>();
  /** Number of debuggers that have paused something. */
  let holding = 0;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { port: own } = server.address() as AddressInfo;
    const url = `ws://127.0.0.1:${own}${path}`;
    const target = {
      id: title,
      title,
      type: 'node',
      description: title,
      url: 'file://',
      webSocketDebuggerUrl: url,
    };
    const version = { Browser: `node.js/${process.version}`, 'Protocol-Version': '1.1' };
    const answers: Record<string, unknown> = {
      '/json/version': version,
      '/json': inspector() ? [target] : [],
      '/json/list': inspector() ? [target] : [],
    };
    const body = isFromThisMachine(request) ? answers[request.url ?? ''] : undefined;
    response
      .writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(body ?? {}));
  }

  server.on('upgrade', (request, socket, head) => {
    // Node removes its listener of an upgraded socket, and a connection that breaks would end the process.
    socket.on('error', () => socket.destroy());
    const address = inspector();
    // A web page can open sockets too; a debugger does not send an Origin.
    if (
      !server.listening ||
      !address ||
      request.url !== path ||
      !isFromThisMachine(request) ||
      request.headers.origin !== undefined
    )
      return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (client) => relay(client, address));
  });

  function relay(client: WebSocket, address: string): void {
    const upstream = new WebSocket(address, { maxPayload, perMessageDeflate: false });
    const holds = watchHolds((isHolding) => {
      holding += isHolding ? 1 : -1;
      onHold(holding > 0);
    });
    const early: string[] = [];
    client.on('message', (data) => {
      if (upstream.readyState === WebSocket.OPEN) upstream.send(String(data));
      else early.push(String(data));
    });
    upstream.on('open', () => {
      for (const text of early) upstream.send(text);
    });
    upstream.on('message', (data) => {
      const text = String(data);
      holds.read(text);
      client.send(text);
    });
    const end = async () => {
      relays.delete(end);
      await liftBreakpoints(upstream, holds.attached);
      holds.end();
      client.close();
      upstream.close();
    };
    relays.add(end);
    for (const socket of [client, upstream])
      socket.on('close', () => void end()).on('error', () => void end());
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    /** Ends the connections of debuggers, and accepts no others. */
    async detach() {
      server.close();
      await Promise.all([...relays].map((end) => end()));
    },
  };
}
