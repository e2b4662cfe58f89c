import { readApiError } from './api-error.ts';
import { retryCall } from './retry-call.ts';

/** Makes a call that YouTube refuses once with these headers; returns the requested waits. */
async function refusedOnce(headers: Record<string, string>) {
  const waits: number[] = [];
  const refusals = [new Response('', { status: 503, headers })];
  const call = async () => {
    const refusal = refusals.pop();
    if (refusal) throw await readApiError('videos.list', refusal);
  };
  const ports = { now: () => new Date(0), wait: async (ms: number) => void waits.push(ms) };
  const error: unknown = await retryCall(call, { attempts: 2 }, ports).catch((thrown: unknown) => thrown);
  return { waits, error };
}

test('waits for as long as YouTube asks', async () => {
  expect(await refusedOnce({ 'retry-after': '40' })).toEqual({ waits: [40_000], error: undefined });
});

test('gives up on a call that can be repeated in an hour, since a machine does not wait that long', async () => {
  const { waits, error } = await refusedOnce({ 'retry-after': '3600' });
  expect(waits).toEqual([]);
  expect(error).toMatchObject({ name: 'YouTubeApiError', status: 503 });
});
