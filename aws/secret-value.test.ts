import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const values: Record<string, string> = {
  good: JSON.stringify({ api_key: 'k'.repeat(20) }),
  shapeless: JSON.stringify({ api_key: 'hunter2' }),
  prose: 'hunter2',
};
const server = createServer(async (request, response) => {
  const { SecretId } = JSON.parse(await text(request)) as { SecretId: string };
  const SecretString = values[SecretId];
  if (SecretString === undefined)
    response.writeHead(400, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{}');
  else response.end(JSON.stringify({ SecretString }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
process.env.AWS_REGION = 'us-east-1';
process.env.AWS_ACCESS_KEY_ID = 'test';
process.env.AWS_SECRET_ACCESS_KEY = 'test';
const { secretValue } = await import('./secret-value.ts');
const { secretsManager } = await import('./clients/secrets-manager.ts');
afterAll(() => {
  secretsManager.destroy();
  server.close();
});

test('reads a secret that matches its schema', async () => {
  expect(await secretValue('good', 'llm')).toEqual({ api_key: 'k'.repeat(20) });
});

test.each(['none', 'shapeless', 'prose'])(
  '%s: the message says how to set it, without a value',
  async (id) => {
    const error = await secretValue(id, 'llm').catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('make secrets SET=llm'),
    });
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
  },
);
