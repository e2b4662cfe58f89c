import { z } from 'zod';
import type { Job, JobId } from '../../domain/job.ts';
import { volumeSizes } from '../../domain/prices.ts';
import { shardsFor } from '../../domain/render-shards.ts';
import { JobInput } from '../job-input.ts';
import { type LaunchPorts, launchWorker } from '../launch-worker.ts';

/** The disk briefly holds five hours of video twice, and their recorded speech. */
const volumeSize = volumeSizes.renderer;

export interface StartPorts extends LaunchPorts {
  /** The setting of that name. */
  renderShards: number | 'auto';
  findJob(jobId: JobId): Promise<Job | undefined>;
}

/** The state machine asks how many machines share the render. */
export const PlanShardsInput = JobInput.extend({ plan_shards: z.literal(true) });

/**
 * Starts the Spot machine that renders the job's video, or a shard of it. With `plan_shards` it starts none, and returns the shards in
 * which machines share the render: an empty list where one machine does it.
 */
export async function run(input: unknown, ports: StartPorts) {
  const plan = PlanShardsInput.safeParse(input);
  if (!plan.success)
    return launchWorker(input, { worker: 'renderer', status: 'rendering', volumeSize }, ports);
  const { job_id } = plan.data;
  const seconds = (await ports.findJob(job_id))?.speech_seconds ?? 0;
  const of = shardsFor(ports.renderShards, { seconds, instanceType: ports.machine.instanceTypes[0] ?? '' });
  return { job_id, shards: Array.from({ length: of }, (_, index) => ({ number: index + 1, of })) };
}
