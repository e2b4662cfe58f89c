import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { connectWebSocket, type WebSocketConnection } from './web-socket.ts';

let server: Server;
let opened: Duplex[];
let upgrade: (socket: Duplex, serve: (use: (client: WebSocket) => void) => void) => void;
beforeEach(async () => {
  const sockets = new WebSocketServer({ noServer: true });
  server = createServer();
  opened = [];
  server.on('upgrade', (request, socket, head) => {
    opened.push(socket);
    upgrade(socket, (use) => sockets.handleUpgrade(request, socket, head, use));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  for (const socket of opened) socket.destroy();
  return new Promise((resolve) => server.close(resolve));
});

const connect = (signal = new AbortController().signal) =>
  connectWebSocket(new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`), {
    headers: {},
    signal,
  });

/** Collects the messages of a connection, and its end. */
async function received({
  messages,
}: WebSocketConnection): Promise<{ got: (string | Buffer)[]; end: unknown }> {
  const got: (string | Buffer)[] = [];
  try {
    for await (const message of messages) got.push(message);
  } catch (end) {
    return { got, end };
  }
  return { got, end: undefined };
}

test('receives short, long and very long messages, and fragmented ones', async () => {
  const lengths = [0, 125, 126, 65_535, 65_536, 200_000];
  upgrade = (_, serve) =>
    serve((client) => {
      for (const length of lengths) client.send('x'.repeat(length));
      client.send(Buffer.from([1, 2]), { fin: false });
      client.send(Buffer.from([3]), { fin: true });
      client.close(1000, 'done');
    });
  const { got, end } = await received(await connect());
  expect(got.slice(0, -1).map((message) => message.length)).toEqual(lengths);
  expect(got.at(-1)).toEqual(Buffer.from([1, 2, 3]));
  expect(end).toMatchObject({ name: 'WebSocketClosed', code: 1000 });
});

test('sends texts of any length and script', async () => {
  const texts = ['', 'chữ Việt 👻', 'y'.repeat(70_000)];
  upgrade = (_, serve) => serve((client) => client.on('message', (data) => client.send(data.toString())));
  const connection = await connect();
  const got: (string | Buffer)[] = [];
  for (const text of texts) connection.send(text);
  for await (const message of connection.messages) if (got.push(message) === texts.length) break;
  expect(got).toEqual(texts);
});

test('replies to a ping', async () => {
  upgrade = (_, serve) =>
    serve((client) => {
      client.on('pong', (data) => client.close(1000, data.toString()));
      client.ping('still there?');
    });
  expect((await received(await connect())).end).toMatchObject({
    message: expect.stringContaining('still there?'),
  });
});

test('reports a cut connection', async () => {
  upgrade = (_, serve) =>
    serve((client) => {
      client.send('the first', () => client.terminate());
    });
  const { got, end } = await received(await connect());
  expect(got).toEqual(['the first']);
  expect(end).toMatchObject({ name: 'WebSocketClosed', code: 1006 });
});

test('reports the status and the headers of a refusal', async () => {
  upgrade = (socket) =>
    socket.end('HTTP/1.1 403 Forbidden\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n');
  await expect(connect()).rejects.toMatchObject({
    name: 'WebSocketRefused',
    status: 403,
    headers: { date: 'Thu, 01 Jan 2026 00:00:00 GMT' },
  });
});

test('rejects a server that does not speak WebSocket', async () => {
  upgrade = (socket) =>
    socket.end(
      'HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
    );
  await expect(connect()).rejects.toThrow('does not speak WebSocket');
});

test('rejects a message that claims to be endless', async () => {
  upgrade = (socket, serve) => serve(() => socket.write(Buffer.from([0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0])));
  expect((await received(await connect())).end).toMatchObject({ code: 1009 });
});

test.each(['before', 'after'])('ends with the reason of its signal, %s the handshake', async (when) => {
  const control = new AbortController();
  const stop = () => control.abort(new Error('enough'));
  upgrade = (_, serve) => (when === 'before' ? stop() : serve(() => stop()));
  const end = await connect(control.signal).then(
    async (connection) => (await received(connection)).end,
    (error: unknown) => error,
  );
  expect(end).toMatchObject({ message: 'enough' });
});
