import type { LocalCloud } from '../cloud.ts';
import { jobOfInstance } from '../console/model/instances.ts';
import { pipelineRecords } from '../records.ts';
import { duration } from '../terminal/duration.ts';

const interval = 1000;
/** Percent between two lines. */
const step = 10;

/** Reports the progress of the jobs on machines, with the time that is left. Returns a function that ends this. */
export function watchProgress(cloud: LocalCloud, say: (line: string) => void): () => void {
  const records = pipelineRecords(cloud);
  const shown = new Map<string, string>();

  async function look(): Promise<void> {
    const running = cloud.instances().filter(({ state }) => state === 'running');
    for (const jobId of running.flatMap((instance) => jobOfInstance(instance, cloud.taskOf) ?? [])) {
      const job = await records.job(jobId);
      if (!job?.progress?.total) continue;
      const { step: state, done, total, seconds_left: left } = job.progress;
      const percent = Math.floor((100 * done) / total / step) * step;
      const text = `${jobId} ${state} ${percent} %`;
      if (shown.get(jobId) === text) continue;
      shown.set(jobId, text);
      say(left === undefined ? text : `${text}, ${duration(left)} left`);
    }
  }

  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    // A cloud that is stopping refuses reads.
    look()
      .catch(() => {})
      .finally(() => {
        looking = false;
      });
  }, interval);
  return () => clearInterval(timer);
}
