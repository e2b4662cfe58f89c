import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { structuredLog } from '../aws/structured-log.ts';
import { taskCallback } from '../aws/task-callback.ts';
import { renderer, uploader } from '../config/environments.ts';
import { type Environment, readVariables } from '../config/variables.ts';
import type { WorkerName } from '../config/workers.ts';
import type { JobId } from '../domain/job.ts';
import type { Log } from '../domain/log.ts';
import { withWorkerLog } from '../domain/worker-log.ts';
import { type Shard, WorkerTask } from '../domain/worker-task.ts';
import { inTrace } from '../providers/tracing/trace.ts';
import { instanceMetadata } from './instance-metadata.ts';
import { keepLastLines } from './last-lines.ts';
import { stayOf } from './stay.ts';
import { writeTaskFile } from './task-file.ts';
import { runWorker } from './worker.ts';

/** Not from the manifest, since permissions do not belong in a bundle. */
const environments = { renderer, uploader } as const;
type WorkerEnvironment<Name extends WorkerName> = Environment<(typeof environments)[Name][number]>;

export interface Workplace<Name extends WorkerName> {
  jobId: JobId;
  /** The part of the task that this machine does; undefined for the whole. */
  shard: Shard | undefined;
  env: WorkerEnvironment<Name>;
  /** An empty folder, deleted afterwards. */
  folder: string;
  signal: AbortSignal;
  log: Log;
}

const Metadata = z.object({ AWS_EC2_METADATA_SERVICE_ENDPOINT: z.url().default('http://169.254.169.254') });

/**
 * Runs a worker process: reads the environment, does the task, reports the result, and the same with each task that it gets after it.
 * Exits with 0 or 1; the machine powers off then.
 */
export async function startWorker<Name extends WorkerName>(
  name: Name,
  fallbackError: string,
  work: (workplace: Workplace<Name>) => Promise<unknown>,
): Promise<void> {
  const env: WorkerEnvironment<Name> = readVariables<(typeof environments)[Name][number]>(
    name,
    environments[name],
    process.env,
  );
  const { TRACING: tracing } = readVariables(name, ['TRACING'], process.env);
  const metadata = instanceMetadata(Metadata.parse(process.env).AWS_EC2_METADATA_SERVICE_ENDPOINT);
  const written = structuredLog(name);
  const terminated = new AbortController();
  process.once('SIGTERM', () => terminated.abort());

  const stay = stayOf(name, process.env, { metadata, log: written.log, terminated: terminated.signal });

  /** Does one task in its own folder. Returns whether it was completed with success. */
  async function perform(task: WorkerTask, bootedAt: number | undefined): Promise<boolean> {
    written.setFacts({ worker: name, job_id: task.JOB_ID });
    const folder = await mkdtemp(join(tmpdir(), `${name}-`));
    const { log, lines } = keepLastLines(written.log);
    // An interruption explains itself.
    const fail: typeof taskCallback.fail = (token, error, cause) =>
      taskCallback.fail(token, error, error === 'SpotInterrupted' ? cause : withWorkerLog(cause, lines));
    const succeed: typeof taskCallback.succeed = async (token, output) => {
      await stay.prepare(task);
      return taskCallback.succeed(token, output);
    };
    try {
      return await runWorker(
        task,
        (signal) =>
          inTrace({ tracing, jobId: task.JOB_ID, service: name, bootedAt, log }, () =>
            work({ jobId: task.JOB_ID, shard: task.SHARD, env, folder, signal, log }),
          ),
        { ...taskCallback, succeed, fail, spotNotice: metadata.spotNotice, log },
        { heartbeatMs: 60_000, noticeMs: 5000, fallbackError, terminated: terminated.signal },
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  let bootedAt = bootTime();
  let task: WorkerTask | undefined = WorkerTask.parse(process.env);
  while (task) {
    await writeTaskFile(task);
    const succeeded = await perform(task, bootedAt);
    process.exitCode = succeeded ? 0 : 1;
    await writeTaskFile(undefined);
    task = await stay.next(task, succeeded);
    bootedAt = undefined;
  }
}

/** Returns when this machine booted; undefined for one that did not boot for this task, as in the local cloud. */
function bootTime(): number | undefined {
  const seconds = uptime();
  return seconds < 900 ? Date.now() - seconds * 1000 : undefined;
}
