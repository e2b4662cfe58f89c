import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Config, parseConfig } from '../../config/settings/index.ts';
import type { ChaosAnswer } from '../actions/chaos.ts';
import { startLocalCloud } from '../cloud.ts';
import type { LocalCloudOptions } from '../cloud-interface.ts';
import { type Execution, pipelineExecutions } from '../demo/executions.ts';
import { pipelineRecords } from '../demo/records.ts';
import type { StandInName } from '../faults/catalogue.ts';
import { createJournal, type JournalEntry } from '../journal.ts';
import { projectSources } from '../pipeline.ts';
import { callJson } from '../services/client.ts';
import { eventually } from '../services/testing/cloud-under-test.ts';
import { startStandIns } from '../stand-ins.ts';
import { callsUnderWay, isCallOnItsWay } from './calls-under-way.ts';
import { type LightFunction, lightRenderer, lightUntil } from './light-parts.ts';

const root = new URL('../../', import.meta.url).href;

export interface FaultWorldOptions extends Pick<LocalCloudOptions, 'middleware' | 'ec2' | 'observer'> {
  settings?: Partial<Config>;
}

interface WaitingOptions {
  /** Amount of time that passes per step. */
  step?: string | undefined;
  /** Called while nothing works. */
  idly?: () => Promise<void>;
}

/**
 * Starts the pipeline with its real flow, functions and machines, except for the heavy steps: a day of it takes
 * seconds. Time only passes while nothing works.
 */
export async function startFaultWorld(
  light: readonly LightFunction[],
  standInNames: readonly StandInName[],
  more: FaultWorldOptions = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'faults-test-'));
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  const hold = join(folder, 'hold');
  const realOf = (name: LightFunction) => join(folder, `real-${name}`);
  mkdirSync(join(folder, 'chapters'));
  write('workers/renderer/light.ts', lightRenderer(hold));
  write('workers/renderer/main.ts', `import './light.ts';`);
  write('workers/uploader/main.ts', `import '${root}workers/uploader/main.ts';`);
  for (const { name } of readdirSync(projectSources.functions, { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  )) {
    const own = light.find((one) => one === name);
    const real = `export * from '${root}functions/${name}/handler.ts';`;
    write(`functions/${name}/handler.ts`, own ? lightUntil(own, realOf(own)) : real);
  }
  const standIns = await startStandIns(standInNames);
  const journal = createJournal(100_000);
  const entries: JournalEntry[] = [];
  // Counted separately, because an invocation can start before `forget` and end after it.
  const invocations = callsUnderWay(journal);
  const isOnItsWay = isCallOnItsWay(journal);
  journal.subscribe((entry) => entries.push(entry));
  const settings = {
    library: join(folder, 'chapters'),
    publisherFolder: join(folder, 'out'),
    dailyQuota: 100,
  };
  const cloud = await startLocalCloud({
    stateDirectory: join(folder, 'state'),
    port: 0,
    ...more,
    // On a busy machine a chapter takes longer than threads usually stay warm.
    idleTime: 120_000,
    config: parseConfig({ ...settings, ...standIns.settings, ...more.settings }),
    journal,
    standIns,
    sources: {
      functions: join(folder, 'functions'),
      workers: join(folder, 'workers'),
      flow: projectSources.flow,
    },
  });
  const { stateMachineArn } = cloud;
  const runs = ({ state }: { state: string }) => ['pending', 'running', 'shutting-down'].includes(state);
  const isAnybodyAtWork = () => invocations() > 0 || isOnItsWay() || cloud.instances().some(runs);

  async function start(): Promise<string> {
    const started = await callJson<{ executionArn: string }>(cloud, 'states', 'StartExecution', {
      stateMachineArn,
    });
    return started.executionArn;
  }

  return {
    cloud,
    /** The entries since the last `forget`. */
    entries,
    forget: () => void entries.splice(0),
    chaos: (fault?: string, more: object = {}) =>
      cloud.control.run('chaos', { ...(fault !== undefined && { fault }), ...more }) as Promise<ChaosAnswer>,
    jump: (time: string) => cloud.control.run('clock', { jump: time }),
    start,
    /** Writes a file into this world's folder; the library is below `chapters/`. */
    write,
    /** The secrets that the stand-ins accept, which tests can change. */
    secrets: standIns.secrets as Record<string, string>,

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

    /** Lets idle time pass until the day is over. */
    end: (executionArn: string, { step = '5s', idly = async () => {} }: WaitingOptions = {}) =>
      eventually<Execution>(
        'the end of the day',
        async () => {
          const execution = await pipelineExecutions(cloud).describe(executionArn);
          if (execution.status !== 'RUNNING') return execution;
          if (isAnybodyAtWork()) return undefined;
          await idly();
          await cloud.control.run('clock', { jump: step });
          return undefined;
        },
        240_000,
      ),
    /** Pending calls of functions. */
    invocations,
    idle: () => eventually('all machines to end', () => !cloud.instances().some(runs), 60_000),

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

    /** Returns the names of the errors with which states failed, in order. */
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

    async close(): Promise<void> {
      await cloud.close();
      await standIns.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type FaultWorld = Awaited<ReturnType<typeof startFaultWorld>>;
