/** Renders a whole job in a folder once: `node whole.ts <folder> [ffmpeg] [shorts]`. Prints its cost as JSON. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from '../../../providers/media/find-media-binary.ts';
import { renderVideo } from '../../../workers/renderer/render-video.ts';
import { folderPorts } from '../../../workers/renderer/testing/test-job.ts';
import { jobId } from './content.ts';
import { cpuSeconds } from './cpu-seconds.ts';

const [folder = '', ffmpeg, shorts] = process.argv.slice(2);
const started = performance.now();
await renderVideo(jobId, folderPorts(join(folder, 'bucket')).ports, {
  formats: ['16:9'],
  burnSubtitles: false,
  shorts: shorts === 'shorts',
  ffmpeg: await findFfmpeg(ffmpeg),
  workDirectory: join(folder, 'work'),
  cores: availableParallelism(),
  signal: new AbortController().signal,
});
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000, cpu: cpuSeconds() }));
