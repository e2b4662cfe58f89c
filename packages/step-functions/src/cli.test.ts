import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Returns the status of a ListStateMachines request with headers that fetch does not allow. */
function statusOf(endpoint: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const target = { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' };
    const asking = request(endpoint, { method: 'POST', headers: { ...target, ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.once('error', reject).end('{}');
  });
}

test('serves programs on this machine and refuses web pages', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'cli.ts')], {
    env: { PATH: process.env.PATH, PORT: '0', NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const line = await new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
    const [endpoint = ''] = /http:\S+/.exec(line) ?? [];
    expect(await statusOf(endpoint, {})).toBe(200);
    expect(await statusOf(endpoint, { origin: endpoint })).toBe(200);
    for (const headers of [
      { host: 'attacker.example' },
      { origin: 'https://attacker.example' },
      { origin: 'http://127.0.0.1:3000' },
      { origin: 'null' },
    ])
      expect(await statusOf(endpoint, headers)).toBe(403);
    const ended = once(child, 'exit');
    const last = once(createInterface(child.stdout), 'line');
    child.kill('SIGINT');
    expect(await last).toEqual(['Step Functions has stopped']);
    expect(await ended).toEqual([0, null]);
  } finally {
    child.kill();
  }
});
