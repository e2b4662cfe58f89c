import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockState } from 'local-aws/state';
import { lookAt } from './check.ts';
import { localCloudChecks, thisMachine } from './local-cloud.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doctor-'));
  folder = join(root, '.local/dev');
  mkdirSync(folder, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const look = async (ports = {}) =>
  (
    await Promise.all(
      localCloudChecks(root, { ...thisMachine, isFree: async () => true, ...ports }).map(lookAt),
    )
  ).map(({ finding }) => finding);

test('a checkout without a local cloud is fine, also with the lock of a process that was killed', async () => {
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
  expect(await look()).toMatchObject([
    { state: 'ok', detail: 'is not running' },
    { state: 'ok', detail: '8083 is free' },
  ]);
});

test('names the port of make dev when another program has it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await thisMachine.isFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await thisMachine.isFree(port)).toBe(true);
  const [, finding] = await look({ isFree: async () => false });
  expect(finding).toEqual({
    state: 'warn',
    detail: '8083 is taken',
    fix: 'make dev PORT=8093, or end the program that has it',
  });
});

test('a running cloud is fine, and one that does not respond can be ended after a question', async () => {
  const unlock = lockState(folder);
  const server = createServer((_, response) => void response.end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(folder, 'control.json'), JSON.stringify({ endpoint }));
  expect((await look())[0]).toMatchObject({ state: 'ok', detail: `runs at ${endpoint}` });
  await new Promise((resolve) => server.close(resolve));
  const ended: number[] = [];
  const [finding] = await look({ end: async (pid: number) => void ended.push(pid) });
  if (finding?.state !== 'fail' || !finding.repair) throw new Error('it was not found');
  expect(finding.repair).toMatchObject({ command: `kill ${process.pid}`, risk: expect.any(String) });
  await finding.repair.run();
  expect(ended).toEqual([process.pid]);
  unlock();
});

test('ending a process waits until it has ended', async () => {
  const child = spawn('sleep', ['60']);
  await thisMachine.end(child.pid ?? 0);
  expect(child.signalCode ?? (await once(child, 'exit'))[1]).toBe('SIGTERM');
});
