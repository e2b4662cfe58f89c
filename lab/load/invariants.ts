import { readdir } from 'node:fs/promises';
import type { Job } from '../../domain/job.ts';
import { pipelineRecords } from '../../local/records.ts';
import type { LoadEnvironment } from './environment.ts';
import { limits } from './histories.ts';

/** The contents of the tables after a day. */
export interface Books {
  published: number;
  /** Neither published nor free: failed, or their uploader was lost between publishing and recording it. */
  failed: number;
  /** Broken invariants, one line each. */
  broken: string[];
}

/** Reads the tables at the end of a day, when nothing runs, and compares them with each other. */
export async function audit(
  { cloud, histories, published: folder }: LoadEnvironment,
  quota: number,
): Promise<Books> {
  const written = pipelineRecords(cloud);
  const jobs = await written.jobs();
  const claims = await written.chapters();
  const days = await written.days();
  const out = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('job-'));
  const broken: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) broken.push(what);
  };

  const byId = new Map(jobs.map((job) => [job.job_id, job]));
  const byChapter = new Map<string, string[]>();
  for (const id of out) {
    const chapter = byId.get(id)?.chapter_id ?? `unknown of ${id}`;
    byChapter.set(chapter, [...(byChapter.get(chapter) ?? []), id]);
  }
  for (const [chapter, ids] of byChapter)
    expect(ids.length === 1, `${chapter} is published ${ids.length} times: ${ids.join(', ')}`);

  const marked = claims.filter(({ status }) => status === 'published');
  const unsure = claims.filter(({ status, out_since }) => status !== 'published' && out_since !== undefined);
  expect(
    marked.length <= out.length && out.length <= marked.length + unsure.length,
    `${marked.length} chapters are marked published, ${out.length} are`,
  );
  for (const { chapter_id, status, job_id, out_since } of claims) {
    expect(status !== 'claimed' || out_since !== undefined, `${chapter_id} is still claimed by ${job_id}`);
    if (status !== 'published')
      expect(Boolean(byId.get(job_id)?.error_name), `${chapter_id} is ${status} without a name on ${job_id}`);
  }
  for (const { job_id, status, error_name } of jobs)
    expect(status === 'published' || Boolean(error_name), `${job_id} is ${status} and has no error`);

  for (const { date, count, slots } of days) {
    expect(count <= quota, `${date} counts ${count}, the quota is ${quota}`);
    const counted = jobs.filter(({ counted_on, status }) => counted_on === date && status === 'published');
    expect(count === counted.length, `${date} counts ${count}, ${counted.length} jobs say so`);
    expect(slots === count, `${date} has ${slots} slots taken for ${count} videos`);
  }

  for (const what of overlaps(jobs)) broken.push(what);
  const up = cloud.instances().filter(({ state }) => state !== 'terminated');
  expect(
    up.length === 0,
    `machines that are still up: ${up.map(({ id, state }) => `${id} ${state}`).join(', ')}`,
  );
  const keys = await written.keys('jobs/');
  const left = keys.filter((key) => byId.get(key.split('/')[1] ?? '')?.cleaned_at);
  expect(left.length === 0, `artifacts of cleaned jobs are left: ${left.slice(0, 5).join(', ')}`);
  expect(histories.longest < limits.events, `a history has ${histories.longest} events`);
  expect(histories.largest <= limits.bytes, `a state has ${histories.largest} bytes`);
  return {
    published: out.length,
    failed: claims.filter(({ status }) => status !== 'published').length,
    broken,
  };
}

type Video = Pick<Job, 'job_id' | 'chapter_id' | 'created_at' | 'published_at'>;

/** Returns the videos of a series that were begun before the one before them was online. */
function overlaps(jobs: readonly Video[]): string[] {
  const begun = jobs
    .filter(({ chapter_id, created_at, published_at }) => chapter_id && created_at && published_at)
    .sort((one, other) => String(one.created_at).localeCompare(String(other.created_at)));
  const last = new Map<string, Video>();
  return begun.flatMap((video) => {
    const series = String(video.chapter_id).split('/')[0] ?? '';
    const before = last.get(series);
    last.set(series, video);
    return before && String(video.created_at) < String(before.published_at)
      ? [`${video.chapter_id} was started at ${video.created_at}, before ${before.chapter_id} was published`]
      : [];
  });
}
