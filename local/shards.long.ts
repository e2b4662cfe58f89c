import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShardsOn } from '../domain/render-shards.ts';
import { pipelineRecords } from './records.ts';
import { sampleChapter } from './sample.ts';
import { startEnvironment } from './testing/environment.ts';
import { startPipeline } from './testing/pipeline-under-test.ts';

const minute = 60_000;

interface ShardAnswer {
  shard: number;
  rendered: number;
}

/** Makes the sample's video with real functions and machines; returns the hash of each file, its renderers, and what functions made. */
async function videoWith(renderShards: number, renderShardsOn: ShardsOn = 'machines') {
  const day = await startEnvironment('shards', async (environment) => {
    const pipeline = await startPipeline(environment, {
      settings: { renderShards, renderShardsOn, videoFormat: 'both', library: sampleChapter },
    });
    return { ...pipeline, out: environment.pathOf('out') };
  });
  const answers: ShardAnswer[] = [];
  day.cloud.journal.subscribe(({ type, data }) => {
    if (type === 'invocation' && data.function === 'render' && data.phase === 'ended')
      answers.push(JSON.parse(data.payload) as ShardAnswer);
  });
  try {
    const { status } = await day.end(await day.start(), { within: 20 * minute });
    const [job] = await pipelineRecords(day.cloud).jobs();
    const hash = (file: string) =>
      createHash('sha256')
        .update(readFileSync(join(day.out, job?.job_id ?? '', file)))
        .digest('hex');
    const machines = Object.values(job?.machines ?? {}).filter(({ worker }) => worker === 'renderer');
    return { status, machines: machines.length, answers, files: ['video.mp4', 'video-9x16.mp4'].map(hash) };
  } finally {
    await day.close();
  }
}

let one: Awaited<ReturnType<typeof videoWith>>;
beforeAll(async () => {
  one = await videoWith(0);
}, 25 * minute);

test(
  'three machines that share a render make the same video, byte for byte, as one',
  async () => {
    expect(one).toMatchObject({ status: 'SUCCEEDED', machines: 1 });
    const three = await videoWith(3);
    expect(three).toMatchObject({ status: 'SUCCEEDED', machines: 4 });
    expect(three.files).toEqual(one.files);
  },
  25 * minute,
);

test(
  'three functions make the same video, and a function joins it without a machine',
  async () => {
    const three = await videoWith(3, 'functions');
    expect(three).toMatchObject({ status: 'SUCCEEDED', machines: 0 });
    const shards = three.answers.filter((answer) => answer.shard);
    expect(shards.map(({ shard }) => shard).sort()).toEqual([1, 2, 3]);
    expect(shards.every(({ rendered }) => rendered > 0)).toBe(true);
    expect(three.files).toEqual(one.files);
  },
  25 * minute,
);
