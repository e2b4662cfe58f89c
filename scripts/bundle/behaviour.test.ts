/** A bundle replaces parts of packages; the rest must still send the same requests to AWS. */
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { functions } from '../../config/functions.ts';
import { parseConfig } from '../../config/settings/index.ts';
import { fillVariables, type ResourceName } from '../../config/variables.ts';
import { compile } from './compile.ts';

const root = join(import.meta.dirname, '..', '..');

const instance = `<RunInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><instancesSet><item>
  <instanceId>i-1</instanceId><instanceType>c5.2xlarge</instanceType><spotInstanceRequestId>sir-1</spotInstanceRequestId>
</item></instancesSet></RunInstancesResponse>`;

/** Calls the launcher of a module once, against an empty cloud; returns its requests and its result. */
async function launch(module: string): Promise<unknown> {
  const heard: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    // Only the time differs between two runs.
    heard.push(`${request.headers['x-amz-target'] ?? ''} ${body}`.replace(/20\d\d-[\d-]+T[\d:.]+Z/g, 'now'));
    response.end(body.includes('Action=') ? (body.includes('RunInstances') ? instance : '<R/>') : '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const names = new Proxy({}, { get: (_, name) => String(name) }) as Record<ResourceName, string>;
  const call = `
    const { handler } = await import(${JSON.stringify(module)});
    console.log(JSON.stringify(await handler({ job_id: 'job-abc123', task_token: 'token-1' })));
    process.exit();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', call], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...fillVariables(functions['start-renderer'].environment, parseConfig({}), names),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      NODE_NO_WARNINGS: '1',
    },
  });
  const answer: unknown = JSON.parse(await text(child.stdout));
  server.close();
  return { heard, answer };
}

async function bundled(entry: string): Promise<string> {
  const files = (await compile(root, [{ out: 'index', in: entry }])).get('index')?.code ?? new Map();
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  for (const [name, code] of files) writeFileSync(join(folder, name), code);
  return join(folder, 'index.mjs');
}

test('a bundled launcher sends the same requests to EC2 and DynamoDB as its sources', async () => {
  const source = 'functions/start-renderer/handler.ts';
  const fromBundle = await launch(await bundled(source));
  expect(fromBundle).toEqual(await launch(join(root, source)));
  expect(fromBundle).toMatchObject({ answer: { instance_id: 'i-1', spot_request_id: 'sir-1' } });
});

test('a bundle gets an access token from Google', async () => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ access_token: 'ya29.one', expires_in: 3600 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  const module: typeof import('../../providers/publishers/youtube/access-token.ts') = await import(
    await bundled('providers/publishers/youtube/access-token.ts')
  );
  const token = module.accessToken(
    async () => ({ client_id: 'id', client_secret: 'secret', refresh_token: '1//token' }),
    endpoint,
  );
  expect(await token.get()).toBe('ya29.one');
  server.close().closeAllConnections();
});
