/** Starts the preview program of the renderer when it is first needed, and ends it when it has been idle. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { localAccess } from 'local-aws/client';
import type { Config } from '../../config/settings/index.ts';
import { fillVariables } from '../../config/variables.ts';
import { workers } from '../../config/workers.ts';
import type { PreviewPlan, PreviewRequest } from '../../domain/preview.ts';
import { workerMemory } from '../../domain/worker-task.ts';
import type { ShownCloud } from '../cloud-access.ts';
import { pipelineResources, projectSources } from '../pipeline.ts';
import { Refusal } from './responses.ts';

/** Milliseconds without a request after which its memory is worth more than its start. */
const idleTime = 60_000;
const program = join(projectSources.workers, 'renderer', 'preview', 'program.ts');

interface Result {
  number: number;
  plan?: PreviewPlan;
  picture?: Uint8Array;
  failure?: string;
}

interface Waiting {
  resolve(result: Result): void;
  reject(error: Error): void;
}

interface Running {
  child: ChildProcess;
  waiting: Map<number, Waiting>;
}

export function createPreview(
  { endpoint, region, journal }: Pick<ShownCloud, 'endpoint' | 'region' | 'journal'>,
  config: Config,
  folder: string,
) {
  let running: Running | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last = 0;

  function start(): Running {
    const child = fork(program, [folder], {
      env: {
        ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_NO_WARNINGS: '1' },
        ...localAccess({ endpoint, region }),
        ...fillVariables(workers.renderer.environment, config, pipelineResources(region)),
        ...workerMemory,
      },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const waiting: Running['waiting'] = new Map();
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
    child.on('message', (result: Result) => {
      waiting.get(result.number)?.resolve(result);
      waiting.delete(result.number);
    });
    const end = (why: string) => {
      if (running?.child === child) running = undefined;
      for (const one of waiting.values()) one.reject(new Error(`The preview ended: ${why} ${said}`));
      waiting.clear();
    };
    child.on('error', (error) => end(error.message));
    child.on('close', (code, signal) => end(String(signal ?? code)));
    return { child, waiting };
  }

  function stop(): void {
    clearTimeout(idle);
    running?.child.kill('SIGKILL');
    running = undefined;
  }

  async function request(wanted: PreviewRequest): Promise<Result> {
    running ??= start();
    const { child, waiting } = running;
    clearTimeout(idle);
    last += 1;
    const number = last;
    const result = await new Promise<Result>((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      child.send({ number, request: wanted }, (error) => error && reject(error));
    });
    if (running?.waiting.size === 0) idle = setTimeout(stop, idleTime).unref();
    if (result.failure !== undefined) throw new Refusal(409, result.failure);
    return result;
  }

  // The next request runs today's code.
  const unsubscribe = journal.subscribe(({ type }) => {
    if (type === 'reload') stop();
  });

  return {
    plan: async (wanted: Omit<PreviewRequest, 'picture'>): Promise<PreviewPlan | undefined> =>
      (await request(wanted)).plan,
    /** Returns a JPEG. */
    async picture(wanted: Required<PreviewRequest>): Promise<Uint8Array> {
      const { picture } = await request(wanted);
      if (!picture) throw new Error('The preview drew no picture');
      return picture;
    },
    close(): void {
      unsubscribe();
      stop();
    },
  };
}
export type Preview = ReturnType<typeof createPreview>;
