import { RenderError } from '../../domain/errors.ts';
import type { JobId } from '../../domain/job.ts';
import { Shard } from '../../domain/worker-task.ts';
import { JobInput } from '../job-input.ts';

export const Input = JobInput.extend({ shard: Shard });

export interface RenderPorts {
  /** Stores the shard's pieces until the signal. */
  makeShard(jobId: JobId, shard: Shard, signal: AbortSignal): Promise<{ rendered: number; reused: number }>;
  /** Returns the milliseconds that are left of this call. */
  timeLeft(): number;
}

/** Milliseconds before the end of a call in which its encoder is stopped and the reason reaches the flow. */
const reserveMs = 15_000;

/**
 * Makes one shard of a video. A call that runs out of time fails with RenderError: its finished pieces are stored, and the renderer
 * makes the others.
 */
export async function run(input: unknown, { makeShard, timeLeft }: RenderPorts) {
  const { job_id, shard } = Input.parse(input);
  const stop = new AbortController();
  const outOfTime = () =>
    stop.abort(
      new RenderError(
        `Shard ${shard.number} of ${shard.of} did not end in the time of a call; its finished pieces are stored`,
      ),
    );
  const timer = setTimeout(outOfTime, Math.max(0, timeLeft() - reserveMs));
  try {
    const { rendered, reused } = await makeShard(job_id, shard, stop.signal);
    return { job_id, shard: shard.number, rendered, reused };
  } finally {
    clearTimeout(timer);
  }
}
