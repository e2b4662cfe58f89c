/** A bundle drops most of the SDK's tables; what is left must still say the same to AWS. */
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { jest } from '@jest/globals';
import { parseConfig } from '../../config.ts';
import { functions } from '../../functions/manifest.ts';
import { fillVariables, type ResourceName } from '../../functions/variables.ts';
import { compile } from './compile.ts';

jest.setTimeout(60_000);
const root = join(import.meta.dirname, '..', '..');

const instance = `<RunInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><instancesSet><item>
  <instanceId>i-1</instanceId><instanceType>c5.2xlarge</instanceType><spotInstanceRequestId>sir-1</spotInstanceRequestId>
</item></instancesSet></RunInstancesResponse>`;

/** Calls the launcher of a module once, against a cloud that has nothing yet; answers what it sent and what it got. */
async function launch(module: string): Promise<unknown> {
  const heard: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    // Only the clock may differ between two runs.
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

test('a bundled launcher asks EC2 and DynamoDB for the very same as its sources', async () => {
  const entry = { out: 'index', in: 'functions/start-renderer/handler.ts' };
  const code = (await compile(root, [entry])).get('index')?.code.get('index.mjs') ?? '';
  const bundled = join(mkdtempSync(join(tmpdir(), 'launcher-')), 'index.mjs');
  writeFileSync(bundled, code);
  const fromBundle = await launch(bundled);
  expect(fromBundle).toEqual(await launch(join(root, entry.in)));
  expect(fromBundle).toMatchObject({ answer: { instance_id: 'i-1', spot_request_id: 'sir-1' } });
});
