import * as z from 'zod';
import type { Job, JobId } from '../../domain/job.ts';
import { volumeSizes } from '../../domain/prices.ts';
import { callsOfRender, isJoinedOnFunction, type ShardsOn, shardsFor } from '../../domain/render-shards.ts';
import { JobInput } from '../job-input.ts';
import { type LaunchPorts, launchWorker } from '../launch-worker.ts';

/** The disk briefly holds five hours of video twice, and their recorded speech. */
const volumeSize = volumeSizes.renderer;

export interface StartPorts extends LaunchPorts {
  /** The settings of these names. */
  renderShards: number | 'auto';
  renderShardsOn: ShardsOn;
  lanes: number;
  /** The number of shapes in which a video is made, as far as its series does not say otherwise. */
  shapes: number;
  /** Returns how many calls of functions the account allows at the same time. */
  concurrentCalls(): Promise<number>;
  findJob(jobId: JobId): Promise<Job | undefined>;
}

/** The state machine asks for the shards of a render. */
export const PlanShardsInput = JobInput.extend({ plan_shards: z.literal(true) });

/**
 * Starts the Spot machine that renders the job's video, or a shard of it. With `plan_shards` it starts none, and returns the shards of
 * the render, an empty list where one machine makes it, and whether a function joins them.
 */
export async function run(input: unknown, ports: StartPorts) {
  const plan = PlanShardsInput.safeParse(input);
  if (!plan.success)
    return launchWorker(input, { worker: 'renderer', status: 'rendering', volumeSize }, ports);
  const { job_id } = plan.data;
  const seconds = ((await ports.findJob(job_id))?.speech_seconds ?? 0) * ports.shapes;
  const { renderShards: wanted, renderShardsOn: on, machine, lanes } = ports;
  const asksForCalls = wanted === 'auto' && on === 'functions';
  const of = shardsFor({
    ...{ wanted, on, seconds, instanceType: machine.instanceTypes[0] ?? '' },
    ...(asksForCalls && { calls: callsOfRender(await ports.concurrentCalls(), lanes) }),
  });
  return {
    job_id,
    shards: Array.from({ length: of }, (_, index) => ({ number: index + 1, of })),
    join_on_function: of > 0 && isJoinedOnFunction({ on, seconds }),
  };
}
