import type { Middleware } from 'local-aws';
import { callJson } from 'local-aws/client';
import type { AwsError } from 'local-aws/protocol';
import { eventually } from 'local-aws/testing';
import { summarySubject } from '../../../../domain/runbook.ts';
import { type Fault, startFakeLlm } from '../../../../fakes/llm/server.ts';
import { pipelineRecords } from '../../../../local/records.ts';
import { startEnvironment } from '../../../../local/testing/environment.ts';
import { startLightPipeline } from '../../../../local/testing/light-pipeline.ts';
import type { PipelineOptions } from '../../../../local/testing/pipeline-under-test.ts';
import { drawnPage } from '../../drawn-page.ts';
import { startSource } from './fake-source.ts';

/** The review gate stores its task token on the job. */
const waitsForPerson = 'updateItem.waitForTaskToken';

interface FailureOptions extends Pick<PipelineOptions, 'settings'> {
  /** The steps that are light; scriptgen, ttsgen and the renderer by default. */
  light?: Parameters<typeof startLightPipeline>[1];
  handlerCode?: (name: string, code: string) => string;
  /** Is called for each call that Lambda refused. */
  refused?: (url: string, error: AwsError) => void;
}

/** Starts the pipeline with light steps, and receives its failures as an operator does. */
export const startFailureEnvironment = (
  standIns: Parameters<typeof startLightPipeline>[2],
  { settings, light = ['scriptgen', 'ttsgen'], handlerCode, refused }: FailureOptions = {},
) =>
  startEnvironment('failures', async (environment) => {
    const { write, started } = environment;
    const ec2 = { hasCapacity: () => true };
    const model: { fault?: Fault | undefined } = {};
    const llm = started.adopt(await startFakeLlm({ fault: () => model.fault }), (one) => one.close());
    const source = started.adopt(await startSource(), (one) => one.stop());
    /** By the name of a function or a service. */
    const refusals = new Map<string, { error: AwsError; left: number }>();
    let onceTold = () => {};
    let day = 0;
    const middleware: Middleware = (service, request) => {
      const { url = '' } = request;
      const [, called = ''] = /manga-pipeline-([a-z-]+)/.exec(decodeURIComponent(url)) ?? [];
      const refusal = refusals.get(service === 'lambda' ? called : service);
      if (!refusal?.left) return undefined;
      refusal.left -= 1;
      refused?.(url, refusal.error);
      throw refusal.error;
    };
    const pipeline = await startLightPipeline(environment, light, standIns, {
      ...(handlerCode && { handlerCode }),
      settings: {
        // A failed chapter must not be retried during another test.
        chapterAttempts: 1,
        ...{ narrator: 'llm', llmService: 'compatible', llmBaseUrl: llm.baseUrl, llmModel: llm.model },
        ...source.settings,
        ...settings,
      },
      middleware,
      ec2: { hasCapacity: () => ec2.hasCapacity() },
      observer: {
        published({ subject }) {
          // The summary of an earlier day arrives at any time.
          if (subject.startsWith(summarySubject)) return;
          onceTold();
          onceTold = () => {};
        },
      },
    });
    const { cloud, messages, secrets } = pipeline;
    secrets[cloud.resources.llmSecret] = JSON.stringify({ api_key: llm.key });
    const written = pipelineRecords(cloud);
    /** Whether a video has begun to wait for a person since the last look at the jobs. */
    let hasNews = false;
    cloud.journal.subscribe(({ type, data }) => {
      hasNews ||= type === 'execution' && data.event.taskSubmittedEventDetails?.resource === waitsForPerson;
    });
    /** Returns the jobs that have begun to wait since the last call. */
    async function waiting() {
      if (!hasNews) return [];
      hasNews = false;
      const jobs = await written.jobs();
      return jobs.filter(({ status, review_token }) => status === 'awaiting_review' && review_token);
    }

    return {
      ...pipeline,
      ec2,
      /** The language model with its faults. */
      model,
      source,
      written,
      /** Makes Lambda refuse calls of a function, or a service all calls, with an error until the returned function is called. */
      refuse(name: string, error: AwsError, times = Number.POSITIVE_INFINITY): () => void {
        refusals.set(name, { error, left: times });
        return () => {
          refusals.delete(name);
        };
      },
      async untilTold(): Promise<void> {
        while (messages.length === 0) await pipeline.pass('10s');
      },
      /** Starts another day without messages and returns its number. */
      beginDay(): number {
        for (const seen of [messages, pipeline.entries]) seen.splice(0);
        day += 1;
        return day;
      },
      addChapter: async (id: string) => void write(`chapters/${id}/001.jpg`, await drawnPage(day)),
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
        await callJson(cloud, 'states', verdict[0], { taskToken: token, ...verdict[1] });
      },
    };
  });
export type FailureEnvironment = Awaited<ReturnType<typeof startFailureEnvironment>>;
