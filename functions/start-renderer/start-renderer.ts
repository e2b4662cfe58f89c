import * as z from 'zod';
import { channelOf } from '../../domain/channel.ts';
import type { Job, JobId } from '../../domain/job.ts';
import { volumeSizes } from '../../domain/prices.ts';
import {
  callsOfRender,
  isJoinedOnFunction,
  machinesOfRender,
  type ShardPlan,
  type ShardsOn,
  shardsFor,
} from '../../domain/render-shards.ts';
import { formatsOf, type VideoFormats } from '../../domain/video-format.ts';
import { JobInput } from '../job-input.ts';
import { type LaunchPorts, launchWorker } from '../launch-worker.ts';

/** The disk briefly holds five hours of video twice, and their recorded speech. */
const volumeSize = volumeSizes.renderer;

export interface StartPorts extends LaunchPorts {
  /** The settings of these names. */
  renderShards: number | 'auto';
  renderShardsOn: ShardsOn;
  lanes: number;
  /** Returns the shapes of the videos of a channel, as far as a series does not say otherwise. */
  videoFormatOf(channel: string): VideoFormats;
  /** Returns how many calls of functions the account allows at the same time. */
  concurrentCalls(): Promise<number>;
  /** Returns how many vCPUs of Spot machines the account allows at the same time. */
  spotVcpus(): Promise<number>;
  findJob(jobId: JobId): Promise<Job | undefined>;
}

/** The state machine asks for the shards of a render. */
export const PlanShardsInput = JobInput.extend({ plan_shards: z.literal(true) });

/**
 * Starts the Spot machine that renders the job's video, or a shard of it. With `plan_shards` it starts none, and returns the shards of
 * the render, an empty list where one machine makes it, and whether a function joins them.
 */
export async function run(input: unknown, ports: StartPorts) {
  const asked = PlanShardsInput.safeParse(input);
  if (!asked.success)
    return launchWorker(input, { worker: 'renderer', status: 'rendering', volumeSize }, ports);
  const { job_id } = asked.data;
  const job = await ports.findJob(job_id);
  const shapes = formatsOf(job?.video_format ?? ports.videoFormatOf(channelOf(job)));
  const seconds = (job?.speech_seconds ?? 0) * shapes.length;
  const { renderShards: wanted, renderShardsOn: on } = ports;
  const plan = { wanted, on, seconds, instanceType: ports.machine.instanceTypes[0] ?? '' };
  const worth = shardsFor(plan);
  const asks = wanted === 'auto' && worth > 0;
  const of = asks ? shardsFor({ ...plan, available: await availableTo(plan, ports) }) : worth;
  return {
    job_id,
    shards: Array.from({ length: of }, (_, index) => ({ number: index + 1, of })),
    join_on_function: of > 0 && isJoinedOnFunction({ on, seconds }),
  };
}

/** Returns how many shards of a render the account bears. */
const availableTo = async (
  { on, instanceType }: Pick<ShardPlan, 'on' | 'instanceType'>,
  { lanes, spotVcpus, concurrentCalls }: StartPorts,
): Promise<number> =>
  on === 'functions'
    ? callsOfRender(await concurrentCalls(), lanes)
    : machinesOfRender(await spotVcpus(), lanes, instanceType);
