import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cloud, startCloud } from 'local-aws';
import { lockState } from 'local-aws/state';
import * as z from 'zod';
import { announce, ask, enterLocalCloud, findCloud } from './client.ts';
import { type Control, controlPath, createControl } from './control.ts';

let cloud: Cloud;
let control: Control;
const folder = mkdtempSync(join(tmpdir(), 'control-test-'));

beforeAll(async () => {
  control = createControl();
  control.add('double', z.object({ n: z.number() }), ({ n }) => ({ doubled: n * 2 }));
  cloud = await startCloud({
    stateDirectory: join(folder, 'cloud'),
    onListening: ({ serveBelow }) => serveBelow(controlPath, 'control', control.service),
  });
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Returns the status of a request whose Host and Origin fetch would not let us choose. */
function statusOf(headers: Record<string, string>, method = 'POST'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(`${cloud.endpoint}/_local/actions/double`, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.once('error', reject).end(method === 'POST' ? '{"n":1}' : undefined);
  });
}
const good = () => ({ authorization: `Bearer ${control.token}`, 'content-type': 'application/json' });

test('a command of the same user finds the cloud and gets a response', async () => {
  const unlock = lockState(folder);
  const end = announce(folder, { endpoint: cloud.endpoint, region: 'us-east-1', token: control.token });
  expect(await ask('double', { n: 21 }, folder)).toEqual({ doubled: 42 });
  expect(statSync(join(folder, 'control.json')).mode & 0o777).toBe(0o600);
  await expect(ask('double', { n: 'x' }, folder)).rejects.toThrow(/^n: .*expected number/);
  await expect(ask('triple', {}, folder)).rejects.toThrow('triple is not an action; the actions are double');
  end();
  // As while make dev starts or stops: no other cloud takes its place.
  await expect(ask('double', { n: 1 }, folder)).rejects.toThrow('is starting or stopping; try again');
  unlock();
  await expect(ask('double', { n: 1 }, folder)).rejects.toThrow(
    'No local cloud is running here; start it with `make dev`',
  );
});

test('a command reports a cloud that ends before its response', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{');
    setTimeout(() => response.destroy(), 50);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const unlock = lockState(folder);
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const end = announce(folder, { endpoint, region: 'us-east-1', token: 'any' });
  await expect(ask('double', { n: 1 }, folder)).rejects.toThrow(`${endpoint} does not respond`);
  end();
  unlock();
  server.close();
});

test('a command does not find a cloud that was killed', () => {
  announce(folder, { endpoint: cloud.endpoint, region: 'us-east-1', token: control.token });
  expect(findCloud(folder)).toBeUndefined();
});

test('a command accepts the address of the running cloud under another name of this machine', () => {
  const unlock = lockState(folder);
  announce(folder, { endpoint: cloud.endpoint, region: 'us-east-1', token: control.token });
  const environment = { AWS_ENDPOINT_URL: cloud.endpoint.replace('127.0.0.1', 'localhost') };
  expect(enterLocalCloud(environment, folder)?.endpoint).toBe(cloud.endpoint);
  unlock();
});

test.each([
  [{ STAGE: 'dev' }, 'STAGE=dev is a stage of your account'],
  [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, 'AWS_ENDPOINT_URL is http://127.0.0.1:1, and the local cloud'],
])('a command that only works on the local cloud rejects %j', (environment, message) => {
  const unlock = lockState(folder);
  announce(folder, { endpoint: cloud.endpoint, region: 'us-east-1', token: control.token });
  expect(() => enterLocalCloud(environment, folder)).toThrow(message);
  unlock();
});

test('refuses requests without the token or from another page', async () => {
  const { port } = new URL(cloud.endpoint);
  expect(await statusOf(good())).toBe(200);
  expect(await statusOf({ ...good(), origin: cloud.endpoint })).toBe(200);
  const refused = [
    { ...good(), authorization: '' },
    { ...good(), authorization: `Bearer ${'x'.repeat(control.token.length)}` },
    { ...good(), origin: 'http://localhost:1' },
    { ...good(), origin: 'null' },
    { ...good(), origin: 'https://attacker.example' },
    { ...good(), host: `attacker.example:${port}` },
    { ...good(), host: '127.0.0.1:1' },
    { ...good(), 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of refused) expect(await statusOf(headers)).toBe(403);
  expect(await statusOf({ ...good(), 'content-type': 'text/plain' })).toBe(415);
  expect(await statusOf(good(), 'GET')).toBe(405);
});
