import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { sendAsFile } from './responses.ts';

/** Sends events as they are read; a history can be larger than the memory. */
export async function sendHistory(
  arn: string,
  batches: AsyncGenerator<string[]>,
  mask: (text: string) => string,
  response: ServerResponse,
): Promise<void> {
  // Reads before the head is sent, so that a wrong filter is still refused.
  const first = await batches.next();
  sendAsFile(response, `${arn.split(':').at(-1)}-history.json`);
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  async function* texts() {
    let before = '{"events":[\n';
    for (let batch = first; !batch.done; batch = await batches.next()) {
      if (batch.value.length === 0) continue;
      yield before + mask(batch.value.join(',\n'));
      before = ',\n';
    }
    yield before.startsWith('{') ? `${before}]}\n` : '\n]}\n';
  }
  // A download that is cancelled is not an error.
  await pipeline(texts(), response).catch(() => response.destroy());
}
