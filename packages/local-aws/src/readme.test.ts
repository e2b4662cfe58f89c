import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud } from './cloud.ts';
import type { Cloud } from './cloud-interface.ts';
import { signature } from './wire.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
let folder: string;
let cloud: Cloud;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'readme-test-'));
  cloud = await startCloud({ stateDirectory: folder });
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Returns the operations that the README lists for a service. */
function listed(service: string): string[] {
  const row = readme.split('\n').find((line) => line.startsWith(`| ${service} |`)) ?? '';
  const cell = row.split('|')[2]?.replace(/\([^)]*\)/g, '') ?? '';
  return cell.split(',').flatMap((part) => /^[A-Z]\w+/.exec(part.trim())?.[0] ?? []);
}

/** Returns the error code of a request without parameters; undefined when it succeeds. */
async function codeOf(service: string, headers: Record<string, string>, body: string | URLSearchParams) {
  const response = await fetch(cloud.endpoint, {
    method: 'POST',
    headers: { ...signature(service, cloud.region), ...headers },
    body,
  });
  const text = await response.text();
  return response.ok ? undefined : (/"__type":"([^"]+)"|<Code>([^<]+)</.exec(text) ?? []).slice(1).join('');
}
const json = (service: string, prefix: string) => (operation: string) =>
  codeOf(
    service,
    { 'x-amz-target': `${prefix}.${operation}`, 'content-type': 'application/x-amz-json-1.0' },
    '{}',
  );
const query = (service: string, Version: string) => (Action: string) =>
  codeOf(service, {}, new URLSearchParams({ Action, Version, MinCount: '1', MaxCount: '1' }));

test.each([
  ['DynamoDB', 17, json('dynamodb', 'DynamoDB_20120810'), 'TransactWriteItems'],
  ['EC2', 5, query('ec2', '2016-11-15'), 'CreateVpc'],
  ['EventBridge', 1, json('events', 'AWSEvents'), 'PutRule'],
  ['Secrets Manager', 5, json('secretsmanager', 'secretsmanager'), 'DeleteSecret'],
  ['Service Quotas', 1, json('servicequotas', 'ServiceQuotasV20190624'), 'ListServices'],
])(
  '%s serves the %i operations of the README, and rejects another by its name',
  async (service, count, call, other) => {
    const operations = listed(service);
    expect(operations).toHaveLength(count);
    for (const operation of operations)
      expect([operation, await call(operation)]).not.toEqual([operation, 'NotImplemented']);
    expect(await call(other)).toBe('NotImplemented');
  },
);
