import { RenderError } from '../../domain/errors.ts';
import type { JobId } from '../../domain/job.ts';
import { Shard } from '../../domain/worker-task.ts';
import { JobInput } from '../job-input.ts';

/** A shard of the video, or the whole video. */
export const Input = JobInput.extend({ shard: Shard.optional() });

export interface RenderPorts {
  markRendering(jobId: JobId): Promise<void>;
  /** Stores the shard's pieces until the signal. */
  makeShard(jobId: JobId, shard: Shard, signal: AbortSignal): Promise<{ rendered: number; reused: number }>;
  /** Makes what is missing of the video, and joins it. */
  makeVideo(jobId: JobId, signal: AbortSignal): Promise<void>;
  /** Records the seconds of a call on the job, for what they cost. */
  addSeconds(jobId: JobId, seconds: number): Promise<void>;
  /** Returns the milliseconds that are left of this call. */
  timeLeft(): number;
}

/** Milliseconds before the end of a call in which its encoder is stopped and the reason reaches the flow. */
const reserveMs = 15_000;

/**
 * Makes one shard of a video, or the video from the pieces of its shards. A call that runs out of time fails with RenderError: its
 * finished pieces are stored, and the renderer makes the others.
 */
export async function run(input: unknown, ports: RenderPorts) {
  const { job_id, shard } = Input.parse(input);
  const stop = new AbortController();
  const what = shard ? `Shard ${shard.number} of ${shard.of}` : 'The video';
  const outOfTime = () =>
    stop.abort(new RenderError(`${what} did not end in the time of a call; its finished pieces are stored`));
  const atStart = ports.timeLeft();
  const timer = setTimeout(outOfTime, Math.max(0, atStart - reserveMs));
  try {
    // One shard speaks for all.
    if (!shard || shard.number === 1) await ports.markRendering(job_id);
    if (shard) {
      const { rendered, reused } = await ports.makeShard(job_id, shard, stop.signal);
      return { job_id, shard: shard.number, rendered, reused };
    }
    await ports.makeVideo(job_id, stop.signal);
    return { job_id, status: 'completed' };
  } finally {
    clearTimeout(timer);
    await ports.addSeconds(job_id, (atStart - ports.timeLeft()) / 1000);
  }
}
