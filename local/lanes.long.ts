import { hash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineRecords } from './records.ts';
import { sampleChapter } from './sample.ts';
import { startEnvironment } from './testing/environment.ts';
import { startPipeline } from './testing/pipeline-under-test.ts';

const minute = 60_000;
/** Pages of the sample that make a chapter each, of four series. */
const chapters = { 'mot/1': 1, 'hai/1': 3, 'ba/1': 4, 'bon/1': 6 };

/** Makes the videos of all chapters with real functions and machines; returns their hashes by chapter. */
async function videosWith(lanes: number) {
  const day = await startEnvironment('lanes', async (environment) => {
    const { pathOf } = environment;
    const pipeline = await startPipeline(environment, { settings: { lanes, onDoubt: 'publish' } });
    for (const [chapter, page] of Object.entries(chapters)) {
      mkdirSync(pathOf(`chapters/${chapter}`), { recursive: true });
      copyFileSync(join(sampleChapter, `00${page}.png`), pathOf(`chapters/${chapter}/1.png`));
    }
    return { ...pipeline, out: pathOf('out') };
  });
  try {
    const { status } = await day.end(await day.start(), { within: 20 * minute });
    const jobs = await pipelineRecords(day.cloud).jobs();
    expect(jobs.map(({ status, error_message }) => error_message ?? status)).toEqual(
      jobs.map(() => 'published'),
    );
    const hashes = jobs.map(({ job_id, chapter_id = '' }) => {
      const video = readFileSync(join(day.out, job_id, 'video.mp4'));
      return [chapter_id, hash('sha256', video)] as const;
    });
    const machines = jobs.flatMap((job) => Object.values(job.machines ?? {}));
    const renderers = machines.filter(({ worker }) => worker === 'renderer');
    /** The most renderers that were up at the same time. */
    const together = Math.max(
      ...renderers.map(
        ({ started_at }) =>
          renderers.filter((one) => one.started_at <= started_at && String(one.ended_at) > started_at).length,
      ),
    );
    return { status, published: readdirSync(day.out).length, hashes: Object.fromEntries(hashes), together };
  } finally {
    await day.close();
  }
}

test(
  'four lanes make the same four videos, byte for byte, as one after the other',
  async () => {
    const one = await videosWith(1);
    expect(one).toMatchObject({ status: 'SUCCEEDED', published: 4, together: 1 });
    const four = await videosWith(4);
    expect(four).toMatchObject({ status: 'SUCCEEDED', published: 4 });
    expect(four.together).toBeGreaterThan(1);
    expect(Object.keys(one.hashes).sort()).toEqual(Object.keys(chapters).sort());
    expect(four.hashes).toEqual(one.hashes);
  },
  45 * minute,
);
