/**
 * Makes a shard of a job in a folder on one core, as a function does, or the video after all shards: `node shard.ts <folder> <ffmpeg>
 * <number> <of>`, where number 0 joins. Prints its cost as JSON.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findFfmpeg } from '../../../providers/media/find-media-binary.ts';
import { renderShard } from '../../../workers/renderer/render-shard.ts';
import { renderVideo } from '../../../workers/renderer/render-video.ts';
import { folderPorts } from '../../../workers/renderer/testing/test-job.ts';
import { jobId } from './content.ts';
import { cpuSeconds } from './cpu-seconds.ts';

const [folder = '', ffmpeg, number = '0', of = '0'] = process.argv.slice(2);
const workDirectory = join(folder, 'work');
await mkdir(workDirectory, { recursive: true });
const { ports } = folderPorts(join(folder, 'bucket'));
const options = {
  ...{ formats: ['16:9'] as const, burnSubtitles: false, shorts: false, cores: 1 },
  ...{ ffmpeg: await findFfmpeg(ffmpeg), workDirectory, signal: new AbortController().signal },
};
const started = performance.now();
const made =
  number === '0'
    ? await renderVideo(jobId, ports, options)
    : await renderShard(jobId, { number: Number(number), of: Number(of) }, ports, options);
console.log(
  JSON.stringify({
    ...{ seconds: (performance.now() - started) / 1000, cpu: cpuSeconds() },
    ...{ reused: made.reused, pieces: 'pieces' in made ? made.pieces : made.rendered + made.reused },
  }),
);
