import { readdirSync, rmSync } from 'node:fs';
import { eventually } from 'local-aws/testing';
import type { ChaosAnswer } from '../actions/chaos.ts';
import type { StandInName } from '../faults/catalogue.ts';
import type { JournalEntry } from '../journal.ts';
import { projectSources } from '../pipeline.ts';
import { pipelineRecords } from '../records.ts';
import { startStandIns } from '../stand-ins.ts';
import { type Environment, type Running, startEnvironment } from './environment.ts';
import { type LightFunction, lightRenderer, lightUntil } from './light-parts.ts';
import { type PipelineOptions, startPipeline } from './pipeline-under-test.ts';

const root = new URL('../../', import.meta.url).href;

interface LightOptions extends PipelineOptions {
  /** Returns other code for the handler of a function. */
  handlerCode?: (name: string, code: string) => string;
}

/**
 * Starts the pipeline with its real flow, functions and machines, except for the heavy steps: a day of it takes
 * seconds. Without any light function, the renderer is the real one too.
 */
export async function startLightPipeline(
  environment: Environment,
  light: readonly LightFunction[],
  standInNames: readonly StandInName[],
  { settings, handlerCode = (_, code) => code, ...options }: LightOptions = {},
) {
  const { pathOf, write, started } = environment;
  const hold = pathOf('hold');
  const realOf = (name: LightFunction) => pathOf(`real-${name}`);
  const realRenderer = `import '${root}workers/renderer/main.ts';`;
  write('workers/renderer/light.ts', light.length > 0 ? lightRenderer(hold) : realRenderer);
  write('workers/renderer/main.ts', `import './light.ts';`);
  write('workers/uploader/main.ts', `import '${root}workers/uploader/main.ts';`);
  for (const { name } of readdirSync(projectSources.functions, { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  )) {
    const own = light.find((one) => one === name);
    const real = `export * from '${root}functions/${name}/handler.ts';`;
    write(`functions/${name}/handler.ts`, handlerCode(name, own ? lightUntil(own, realOf(own)) : real));
  }
  const standIns = started.adopt(await startStandIns(standInNames), (one) => one.close());
  const pipeline = await startPipeline(environment, {
    ...options,
    // On a busy machine a chapter takes longer than threads usually stay warm.
    idleTime: 120_000,
    settings: { ...standIns.settings, ...settings },
    standIns,
    sources: { ...projectSources, functions: pathOf('functions'), workers: pathOf('workers') },
  });
  const { cloud, start } = pipeline;
  const entries: JournalEntry[] = [];
  cloud.journal.subscribe((entry) => entries.push(entry));

  return {
    ...pipeline,
    /** The entries since the last `forget`. */
    entries,
    forget: () => void entries.splice(0),
    chaos: (fault?: string, more: object = {}) =>
      cloud.control.run('chaos', { ...(fault !== undefined && { fault }), ...more }) as Promise<ChaosAnswer>,
    /** The secrets that the stand-ins accept, which tests can change. */
    secrets: standIns.secrets as Record<string, string>,
    youtube: standIns.youtube,

    /** Replaces a light function by the real one until the returned function is called. */
    beReal(name: LightFunction): () => void {
      write(`real-${name}`, '');
      return () => rmSync(realOf(name));
    },
    /** Runs another program on the renderer's machines until the returned function is called. */
    replaceRenderer(code: string): () => void {
      write('workers/renderer/main.ts', `${code}\nexport {};\n`);
      return () => write('workers/renderer/main.ts', `import './light.ts';`);
    },

    /** Adds a chapter of one page to the library and starts the day. */
    async begin(chapter: string, page: Buffer): Promise<string> {
      write(`chapters/${chapter}/001.jpg`, page);
      return start();
    },

    /** Keeps the renderer working until `act` is done. */
    async whileRendering(begin: () => Promise<string>, act: () => Promise<unknown>): Promise<string> {
      write('hold', '');
      const executionArn = await begin();
      const isAtWork = () => entries.some((entry) => entry.type === 'log' && entry.data.text === 'at work');
      await eventually('the machine at work', isAtWork, 120_000);
      await act().finally(() => rmSync(hold));
      return executionArn;
    },

    /** Returns the current records of the jobs that took a chapter. */
    async jobs() {
      const taken = entries.flatMap((entry) => {
        if (entry.type !== 'invocation' || entry.data.function !== 'fetcher' || entry.data.phase !== 'ended')
          return [];
        const { job_id, status } = JSON.parse(entry.data.payload) as { job_id?: string; status?: string };
        return job_id && status === 'success' ? [job_id] : [];
      });
      const records = pipelineRecords(cloud);
      return Promise.all([...new Set(taken)].map((id) => records.job(id)));
    },

    /** Returns the names of the errors of failed states, in order. */
    failures: () =>
      entries.flatMap((entry) => {
        if (entry.type !== 'execution' || !/Failed|TimedOut/.test(entry.data.event.type)) return [];
        const details = Object.values(entry.data.event).find((one) => typeof one === 'object') as {
          error?: string;
        };
        return details?.error ?? [];
      }),
    struck: () => entries.filter((entry) => entry.type === 'fault' && entry.data.phase === 'struck').length,
    /** Returns the machines that ended after finishing their work. */
    finished: (worker: string) =>
      entries.filter(
        ({ type, data }) =>
          type === 'log' && data.source.startsWith(worker) && data.text.includes('"worker_finished"'),
      ).length,
  };
}
export type LightPipeline = Running<Awaited<ReturnType<typeof startLightPipeline>>>;

/** Starts it in an environment that has nothing else. */
export const startLightEnvironment = (
  light: readonly LightFunction[],
  standIns: readonly StandInName[],
  options?: PipelineOptions,
): Promise<LightPipeline> =>
  startEnvironment('light-pipeline', (environment) =>
    startLightPipeline(environment, light, standIns, options),
  );
