import type { Middleware } from 'local-aws';
import { artifactsOf } from '../../domain/artifacts.ts';
import type { LocalCloud } from '../../local/cloud-interface.ts';
import { heldChapters } from '../../local/testing/held-chapters.ts';
import { type LightPipeline, startLightEnvironment } from '../../local/testing/light-pipeline.ts';
import { awsCall } from './aws-call.ts';
import { drawnPage } from './drawn-page.ts';

/**
 * The call of `handle-error` that changes something, counted from 1, at which its thread is killed; the call itself is carried out. A death
 * at a call that only reads is one before the next change.
 */
let strikeAt = 0;
let calls = 0;
/** The summary of a day reads each of its jobs, so there are more of these with every chapter. */
const reads = /^s3 GET|GetItem$|Query$|Scan$|Describe|GetExecutionHistory$/;
let cloud: LocalCloud | undefined;

const middleware: Middleware = (service, request, response) => {
  const made = awsCall(service, request);
  if (made?.caller !== 'handle-error' || reads.test(made.name)) return undefined;
  calls += 1;
  if (calls !== strikeAt) return undefined;
  // The response is lost.
  response.write = () => true;
  response.end = () => {
    void cloud?.killFunction('manga-pipeline-handle-error').then(() => request.socket.destroy());
    return response;
  };
  return undefined;
};

let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let chapters = 0;
beforeAll(async () => {
  pipeline = await startLightEnvironment(['scriptgen', 'ttsgen'], [], {
    middleware,
  });
  ({ cloud } = pipeline);
  held = heldChapters(pipeline);
}, 120_000);
afterAll(() => pipeline?.close());

/** Runs `act` while the function dies at its n-th call. Returns whether it reached that call. */
async function dyingAt(call: number, act: () => Promise<string>): Promise<boolean> {
  [strikeAt, calls] = [call, 0];
  expect(await pipeline.end(await act())).toMatchObject({ status: 'SUCCEEDED' });
  strikeAt = 0;
  return calls >= call;
}

/** Holds a chapter although the function dies. */
async function hold(call: number) {
  chapters += 1;
  const chapter = `${String(chapters).padStart(3, '0')}-doubtful/1`;
  pipeline.write(`chapters/${chapter}/001.jpg`, await drawnPage(1));
  pipeline.messages.splice(0);
  const wasReached = await dyingAt(call, pipeline.start);
  return { wasReached, chapter, job: await held.jobOf(chapter) };
}

test('holds a chapter, releases its slot and notifies the operator, wherever the function dies', async () => {
  let call = 1;
  for (; ; call++) {
    const { wasReached, chapter, job } = await hold(call);
    expect(job.status).toBe('needs_review');
    expect((await held.claimOf(chapter))?.status).toBe('held');
    expect(await held.days()).toEqual({ slots: 0, count: 0 });
    // A function that dies between sending a message and recording it sends it twice.
    expect([1, 2]).toContain(pipeline.messages.length);
    if (!wasReached) {
      expect(pipeline.messages).toHaveLength(1);
      break;
    }
  }
  expect(call).toBeGreaterThan(4);
}, 600_000);

test.each(['approve', 'reject', 'retry'] as const)(
  'carries out %s, wherever the function dies',
  async (verdict) => {
    const before = (await held.days()).count;
    let done = 0;
    for (let call = 1; ; call++) {
      const { chapter, job } = await hold(0);
      const wasReached = await dyingAt(call, () => held.decide(job, { verdict, reason: 'seen' }));
      const after = await held.jobOf(chapter);
      const status = { approve: 'published', reject: 'blocked', retry: 'failed' }[verdict];
      expect((await held.claimOf(chapter))?.status).toBe(status);
      expect(after).toMatchObject({ job_id: job.job_id, review_verdict: verdict });
      expect(after.status).toBe(verdict === 'approve' ? 'published' : 'failed');
      expect(await held.access.objects(artifactsOf(job.job_id).root)).toEqual([]);
      done += 1;
      // A released chapter would be taken again with the next one.
      if (verdict === 'retry')
        await held.access.dynamodb('UpdateItem', {
          TableName: pipeline.cloud.resources.chaptersTable,
          Key: { chapter_id: { S: chapter } },
          UpdateExpression: 'SET attempts = :many',
          ExpressionAttributeValues: { ':many': { N: '99' } },
        });
      if (!wasReached) break;
    }
    const published = verdict === 'approve' ? done : 0;
    const { count, slots } = await held.days();
    expect(count - before).toBe(published);
    expect(slots).toBe(count);
  },
  600_000,
);
