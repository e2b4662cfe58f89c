import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseConfig } from '../../config/settings/index.ts';
import { fillVariables, type ResourceName, readVariables } from '../../config/variables.ts';

const asked: string[] = [];
let key: string | undefined;
const server = createServer(async (request, response) => {
  const { SecretId } = JSON.parse(await text(request)) as { SecretId: string };
  asked.push(SecretId);
  if (key === undefined)
    response.writeHead(400, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{}');
  else response.end(JSON.stringify({ SecretString: JSON.stringify({ api_key: key }) }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
process.env.AWS_REGION = 'us-east-1';
process.env.AWS_ACCESS_KEY_ID = 'test';
process.env.AWS_SECRET_ACCESS_KEY = 'test';
const { artifactStore } = await import('../../aws/artifact-store.ts');
const { secretsManager } = await import('../../aws/clients/secrets-manager.ts');
const { functions } = await import('../../config/functions.ts');
const { chosenNarrator } = await import('./narrator.ts');
beforeEach(() => {
  asked.length = 0;
  key = undefined;
});
afterAll(() => {
  secretsManager.destroy();
  server.close();
});

/** Creates the narrator of a deployment with these settings. */
const chosen = (settings: Parameters<typeof parseConfig>[0]) => {
  const { environment } = functions.scriptgen;
  const resources = new Proxy({}, { get: (_, name) => String(name) }) as Record<ResourceName, string>;
  const raw = fillVariables(environment, parseConfig(settings), resources);
  return chosenNarrator(
    readVariables('scriptgen', environment, raw),
    artifactStore('bucket'),
    async () => undefined,
  );
};
const onCompatible = {
  narrator: 'llm',
  llmService: 'compatible',
  llmBaseUrl: 'http://127.0.0.1:9/v1',
  llmModel: 'qwen2.5vl',
} as const;

test('the narrator ocr needs no key', async () => {
  expect(await chosen({})).toMatchObject({ name: 'ocr' });
  expect(asked).toEqual([]);
});

test('reads the key of a service from the secret', async () => {
  key = 'k'.repeat(20);
  expect(await chosen({ narrator: 'llm', llmModel: 'some/model', llmPagesAtOnce: 6 })).toMatchObject({
    name: 'llm',
    pagesAtOnce: 6,
  });
  expect(asked).toEqual(['llmSecret']);
});

test('reports how to set a missing key', async () => {
  await expect(chosen({ narrator: 'llm', llmModel: 'some/model' })).rejects.toThrow(
    expect.objectContaining({
      name: 'ConfigurationError',
      message: expect.stringContaining('make secrets SET=llm'),
    }),
  );
});

test('a compatible endpoint needs no key, and Bedrock signs', async () => {
  expect(await chosen(onCompatible)).toMatchObject({ name: 'llm' });
  asked.length = 0;
  expect(
    await chosen({ narrator: 'llm', llmService: 'bedrock', llmModel: 'amazon.nova-pro-v1:0' }),
  ).toMatchObject({ name: 'llm' });
  expect(asked).toEqual([]);
});

test('reports missing settings before anything is deployed', () => {
  expect(() => parseConfig({ narrator: 'llm' })).toThrow(
    /llmModel \(LLM_MODEL\): narrator llm needs the name of a model of deepinfra/,
  );
  expect(() => parseConfig({ ...onCompatible, llmBaseUrl: '' })).toThrow(
    /llmBaseUrl \(LLM_BASE_URL\): .*needs the address/,
  );
});
