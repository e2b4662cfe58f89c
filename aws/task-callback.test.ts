import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { taskCallback } from './task-callback.ts';

test('a failure is cut to what Step Functions takes, and is valid text', async () => {
  const failures: { error: string; cause: string }[] = [];
  const server = createServer(async (request, response) => {
    failures.push(JSON.parse(await text(request)));
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
  });
  await taskCallback.fail('token', `${'x'.repeat(255)}😀`, `\udc00${'y'.repeat(32_766)}😀`);
  expect(failures).toEqual([
    { taskToken: 'token', error: `${'x'.repeat(255)}�`, cause: `�${'y'.repeat(32_766)}�` },
  ]);
  server.close();
  server.closeAllConnections();
});
