import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineRecords } from './records.ts';
import { sampleChapter } from './sample.ts';
import { startEnvironment } from './testing/environment.ts';
import { startPipeline } from './testing/pipeline-under-test.ts';

const minute = 60_000;

/** Makes the sample's video with real functions and machines; returns the hash of each file, and its renderers. */
async function videoWith(renderShards: number) {
  const day = await startEnvironment('shards', async (environment) => {
    const pipeline = await startPipeline(environment, {
      settings: { renderShards, videoFormat: 'both', library: sampleChapter },
    });
    return { ...pipeline, out: environment.pathOf('out') };
  });
  try {
    const { status } = await day.end(await day.start(), { within: 20 * minute });
    const [job] = await pipelineRecords(day.cloud).jobs();
    const hash = (file: string) =>
      createHash('sha256')
        .update(readFileSync(join(day.out, job?.job_id ?? '', file)))
        .digest('hex');
    const machines = Object.values(job?.machines ?? {}).filter(({ worker }) => worker === 'renderer');
    return { status, machines: machines.length, files: ['video.mp4', 'video-9x16.mp4'].map(hash) };
  } finally {
    await day.close();
  }
}

test(
  'three machines that share a render make the same video, byte for byte, as one',
  async () => {
    const one = await videoWith(0);
    expect(one).toMatchObject({ status: 'SUCCEEDED', machines: 1 });
    const three = await videoWith(3);
    expect(three).toMatchObject({ status: 'SUCCEEDED', machines: 4 });
    expect(three.files).toEqual(one.files);
  },
  45 * minute,
);
