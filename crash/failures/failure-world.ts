import type { Execution } from '../../local/demo/executions.ts';
import type { Border } from '../../local/services/gateway/gateway.ts';
import type { PublishedMessage } from '../../local/services/observer.ts';
import { AwsError } from '../../local/services/protocol/aws-error.ts';
import { eventually } from '../../local/services/testing/cloud-under-test.ts';
import { type FaultWorld, type FaultWorldOptions, startFaultWorld } from '../../local/testing/fault-world.ts';
import { callJson, signature } from '../../local/wire.ts';
import { type Fault, startFakeLlm } from '../../providers/narrators/testing/fake-llm-server.ts';
import { drawnPage } from '../drawn-page.ts';
import { records } from '../records.ts';
import type { Failing } from './failing.ts';
import { startSource } from './fake-source.ts';

/** The pipeline with light steps, whose failures are heard as an operator hears them. */
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
  let mend = () => {};
  let chapters = 0;
  const border: Border = (service, request) => {
    if (refusal && service === 'lambda' && request.url?.includes('manga-pipeline-ttsgen')) throw refusal;
    return undefined;
  };
  const world: FaultWorld = await startFaultWorld(['scriptgen', 'ttsgen'], standIns, {
    ...more,
    // A chapter that failed must not come back in the middle of another test.
    settings: {
      chapterAttempts: 1,
      ...{ narrator: 'llm', llmService: 'compatible', llmBaseUrl: llm.baseUrl, llmModel: llm.model },
      ...source.settings,
      ...more.settings,
    },
    border,
    ec2: { hasCapacity: () => ec2.hasCapacity() },
    observer: {
      published(message) {
        messages.push(message);
        mend();
        mend = () => {};
      },
    },
  });
  world.secrets[world.cloud.resources.llmSecret] = JSON.stringify({ api_key: llm.key });
  const written = records(world.cloud);

  const waiting = async () =>
    (await written.jobs()).filter(({ status, review_token }) => status === 'awaiting_review' && review_token);

  async function put(id: string, failing?: Failing): Promise<void> {
    if (failing?.chapter) await failing.chapter(made, id);
    else world.write(`chapters/${id}/001.jpg`, await drawnPage(chapters));
  }

  const statusOf = async (id: string) =>
    (await written.chapters()).find(({ chapter_id }) => chapter_id === id)?.status;

  const made = {
    ...world,
    ec2,
    /** The language model, and what it does instead of answering well. */
    model,
    source,
    messages,
    written,
    /** What Lambda answers to whoever calls ttsgen, instead of calling it; until the answer is called. */
    refuseSpeech(code: string, message: string, status: number): () => void {
      refusal = new AwsError(code, message, status);
      return () => {
        refusal = undefined;
      };
    },
    /** Lets time pass although a machine is up, but not while a function works: its limit would run out. */
    async untilTold(): Promise<void> {
      while (messages.length === 0) {
        await eventually('the functions to be done', () => world.invocations() === 0, 60_000);
        await world.jump('10s');
      }
    },
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

    /** A day of two chapters, the first of which fails. */
    async play(failing: Failing): Promise<void> {
      chapters += 1;
      const [bad, good] = [`${chapters}-fails`, `${chapters}-goes-well`];
      for (const seen of [messages, world.entries]) seen.splice(0);
      await put(bad, failing);
      await put(good);
      mend = failing.begin?.(made) ?? mend;
      const executionArn = await world.start();
      await failing.meanwhile?.(made);
      await this.endOfDay(executionArn, failing);
      if (failing.endsDay) {
        await world.jump('1d');
        await this.endOfDay(await world.start(), failing);
      }
      expect(await statusOf(failing.next ?? good)).toBe('published');
    },
    /** A day of chapters that fail, one after the other. */
    async playTogether(all: readonly (Failing | undefined)[]): Promise<Execution> {
      for (const seen of [messages, world.entries]) seen.splice(0);
      for (const [index, failing] of all.entries()) await put(`together-${index}`, failing);
      return world.end(await world.start());
    },
    async endOfDay(executionArn: string, { step }: Failing): Promise<void> {
      const approve = async () => {
        for (const { review_token } of await waiting()) await made.judge(review_token);
      };
      const execution = await world.end(executionArn, { step, idly: approve });
      expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    },

    async close(): Promise<void> {
      await world.close();
      await Promise.all([llm.close(), source.stop()]);
    },
  };
  return made;
}
export type FailureWorld = Awaited<ReturnType<typeof startFailureWorld>>;
