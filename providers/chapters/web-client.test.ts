import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import { type WebClientSettings, webClient } from './web-client.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
function clientWith(settings: Partial<WebClientSettings> = {}) {
  const client = webClient({ userAgent: 'test/1 (me@example.org)', ...settings });
  closers.push(client.close);
  return client;
}
const bounds = { maxBytes: 1000, timeoutMs: 2000 };
const local = { allowLoopback: true };

test.each([
  ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
  ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '240.0.0.1', '::1', '::', 'fe80::1'],
  ...['fd00:ec2::254', 'fec0::1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1', '2002:7f00:1::'],
  ...['::127.0.0.1', 'ff02::1', '4000::1', 'not an address'],
])('%s is not a public address', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '104.16.0.1', '2606:4700::1', '::ffff:8.8.8.8'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  'http://example.org/',
  'file:///etc/passwd',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://[::ffff:169.254.169.254]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://user:secret@example.org/',
])('rejects %s before anything is sent', async (url) => {
  const refused = clientWith({ resolve: async () => [] }).request(url, bounds);
  await expect(refused).rejects.toMatchObject({ name: 'WebFailure', kind: 'refused' });
});

test('rejects a name with one private address among public ones, whatever a second look-up returns', async () => {
  const addresses = [
    { address: '8.8.8.8', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ];
  const asked: string[] = [];
  const resolve = async (host: string) => {
    asked.push(host);
    return addresses;
  };
  const refused = clientWith({ resolve }).request('https://pages.example.org/1.png', bounds);
  await expect(refused).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringMatching(/pages\.example\.org is 10\.0\.0\.1/),
  });
  expect(asked).toEqual(['pages.example.org']);
});

test('allowing loopback does not allow private networks', async () => {
  const refused = clientWith(local).request('http://192.168.1.1/', bounds);
  await expect(refused).rejects.toMatchObject({ kind: 'refused' });
  const plain = clientWith({ ...local, resolve: async () => [{ address: '8.8.8.8', family: 4 }] });
  await expect(plain.request('http://example.org/', bounds)).rejects.toMatchObject({ kind: 'refused' });
});

test('checks a redirect like a new URL', async () => {
  const origin = await serve((_, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end();
  });
  await expect(clientWith(local).request(origin, bounds)).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringMatching(/169\.254\.169\.254/),
  });
});

test('follows redirects, up to a limit', async () => {
  let hops = 0;
  const origin = await serve((request, response) => {
    hops += 1;
    if (request.url === '/there') response.end('found');
    else response.writeHead(302, { location: request.url === '/once' ? '/there' : '/round' }).end();
  });
  const client = clientWith(local);
  expect(Buffer.from((await client.request(`${origin}/once`, bounds)).body).toString()).toBe('found');
  hops = 0;
  await expect(client.request(`${origin}/round`, bounds)).rejects.toMatchObject({ kind: 'refused' });
  expect(hops).toBe(4);
});

test('does not read more bytes than allowed', async () => {
  const origin = await serve((_, response) => {
    response.write(Buffer.alloc(900));
    setTimeout(() => response.end(Buffer.alloc(900)), 20);
  });
  await expect(clientWith(local).request(origin, bounds)).rejects.toMatchObject({ kind: 'size' });
});

test('does not wait for a response that never arrives or never ends', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/drip') setInterval(() => response.write('.'), 20).unref();
  });
  for (const path of ['/silent', '/drip']) {
    await expect(
      clientWith(local).request(origin + path, { ...bounds, timeoutMs: 150 }),
    ).rejects.toMatchObject({ kind: 'broken', message: expect.stringContaining('no response in 150 ms') });
  }
});

test('a truncated response is an error, not a short response', async () => {
  const origin = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 500 });
    response.write(Buffer.alloc(100));
    setTimeout(() => response.destroy(), 20);
  });
  await expect(clientWith(local).request(origin, bounds)).rejects.toMatchObject({ kind: 'broken' });
});

test('sends its user agent and no proxy headers', async () => {
  const origin = await serve((request, response) => response.end(JSON.stringify(request.headers)));
  const { body } = await clientWith(local).request(origin, { ...bounds, method: 'POST', body: '{}' });
  const headers = JSON.parse(Buffer.from(body).toString());
  expect(headers).toMatchObject({ 'user-agent': 'test/1 (me@example.org)', 'content-length': '2' });
  expect(headers).not.toHaveProperty('via');
});
