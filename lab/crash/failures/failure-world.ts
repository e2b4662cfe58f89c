import { type Fault, startFakeLlm } from '../../../fakes/llm/server.ts';
import { callJson, signature } from '../../../local/services/client.ts';
import type { Middleware } from '../../../local/services/gateway/gateway.ts';
import type { PublishedMessage } from '../../../local/services/observer.ts';
import { AwsError } from '../../../local/services/protocol/aws-error.ts';
import { eventually } from '../../../local/services/testing/cloud-under-test.ts';
import {
  type FaultWorld,
  type FaultWorldOptions,
  startFaultWorld,
} from '../../../local/testing/fault-world.ts';
import { drawnPage } from '../drawn-page.ts';
import { records } from '../records.ts';
import { startSource } from './fake-source.ts';

/** Starts the pipeline with light steps, and receives its failures as an operator does. */
export async function startFailureWorld(
  standIns: Parameters<typeof startFaultWorld>[1],
  more: Pick<FaultWorldOptions, 'settings'> = {},
) {
  const messages: PublishedMessage[] = [];
  const ec2 = { hasCapacity: () => true };
  const model: { fault?: Fault | undefined } = {};
  const llm = await startFakeLlm({ fault: () => model.fault });
  const source = await startSource();
  let refusal: AwsError | undefined;
  let onceTold = () => {};
  let day = 0;
  const middleware: Middleware = (service, request) => {
    if (refusal && service === 'lambda' && request.url?.includes('manga-pipeline-ttsgen')) throw refusal;
    return undefined;
  };
  const world: FaultWorld = await startFaultWorld(['scriptgen', 'ttsgen'], standIns, {
    ...more,
    // A failed chapter must not be retried during another test.
    settings: {
      chapterAttempts: 1,
      ...{ narrator: 'llm', llmService: 'compatible', llmBaseUrl: llm.baseUrl, llmModel: llm.model },
      ...source.settings,
      ...more.settings,
    },
    middleware,
    ec2: { hasCapacity: () => ec2.hasCapacity() },
    observer: {
      published(message) {
        messages.push(message);
        onceTold();
        onceTold = () => {};
      },
    },
  });
  world.secrets[world.cloud.resources.llmSecret] = JSON.stringify({ api_key: llm.key });
  const written = records(world.cloud);

  const waiting = async () =>
    (await written.jobs()).filter(({ status, review_token }) => status === 'awaiting_review' && review_token);

  const made = {
    ...world,
    ec2,
    /** The language model with its faults. */
    model,
    source,
    messages,
    written,
    /** Makes Lambda refuse calls of ttsgen with an error, until the returned function is called. */
    refuseSpeech(code: string, message: string, status: number): () => void {
      refusal = new AwsError(code, message, status);
      return () => {
        refusal = undefined;
      };
    },
    /** Lets time pass while machines run, but not while a function works, since it would reach its time limit. */
    async untilTold(): Promise<void> {
      while (messages.length === 0) {
        await eventually('the functions to be done', () => world.invocations() === 0, 60_000);
        await world.jump('10s');
      }
    },
    /** Starts another day without messages and returns its number. */
    beginDay(): number {
      for (const seen of [messages, world.entries]) seen.splice(0);
      day += 1;
      return day;
    },
    addChapter: async (id: string) => world.write(`chapters/${id}/001.jpg`, await drawnPage(day)),
    /** Calls back once, when the operator is notified. */
    onceTold(callback: () => void): void {
      onceTold = callback;
    },
    statusOf: async (id: string) =>
      (await written.chapters()).find(({ chapter_id }) => chapter_id === id)?.status,
    waiting,
    reviewed: () => eventually('a video that waits for a person', async () => (await waiting())[0], 60_000),
    async judge(token: string | undefined, rejection?: string): Promise<void> {
      const verdict = rejection
        ? (['SendTaskFailure', { error: 'ReviewRejected', cause: rejection }] as const)
        : (['SendTaskSuccess', { output: '{"approved":true}' }] as const);
      await callJson(world.cloud, 'states', verdict[0], { taskToken: token, ...verdict[1] });
    },
    async deleteArtifact(key: string): Promise<void> {
      const { endpoint, region, resources } = world.cloud;
      const headers = signature('s3', region);
      await fetch(`${endpoint}/${resources.artifactsBucket}/${key}`, { method: 'DELETE', headers });
    },

    async close(): Promise<void> {
      await world.close();
      await Promise.all([llm.close(), source.stop()]);
    },
  };
  return made;
}
export type FailureWorld = Awaited<ReturnType<typeof startFailureWorld>>;
