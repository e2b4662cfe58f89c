/**
 * `make bench-scale`: whole renders, sound and subtitles included, of 1, 10 and 60 minutes; a minute of video must take
 * as long and as much memory in a long one as in a short one. MINUTES=1,10 renders others.
 */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerMemory } from '../domain/worker-task.ts';
import { findFfmpeg } from '../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../providers/media/run-ffmpeg.ts';
import { asDeployed } from './as-deployed.ts';
import { artifacts, benchJob } from './render/content.ts';
import { timedRun } from './timed-run.ts';

const minutes = (process.env.MINUTES ?? '1,10,60').split(',').map(Number);
const megabyte = 1024 * 1024;
const memoryTarget = 400;
const constantWithin = 0.05;
/** Pieces, their copy in the bucket, the raw sound and the joined video of a minute, generously. */
const diskPerMinute = 60 * megabyte;

const { bavail, bsize } = statfsSync(tmpdir());
const needed = Math.max(...minutes) * diskPerMinute;
if (bavail * bsize < needed)
  throw new Error(`${Math.max(...minutes)} minutes need ${Math.round(needed / megabyte)} MB in ${tmpdir()}`);

const program = await asDeployed('render/whole');
const ffmpeg = await findFfmpeg(undefined);
console.log('minutes   s per minute   × real time   peak MB');
const rates: number[] = [];
for (const length of minutes) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-scale-'));
  try {
    const bucket = join(folder, 'bucket');
    await benchJob(bucket, length * 60);
    const tone = ['-f', 'lavfi', '-t', '5', '-i', 'sine=frequency=220:sample_rate=24000'];
    const speech = join(bucket, artifacts.speechAudio(0));
    await runFfmpeg([...tone, '-f', 'mp3', speech], { binary: ffmpeg, timeoutMs: 20_000 });
    const { lines, peakMemory } = await timedRun(process.execPath, [program, folder], {
      cwd: folder,
      timeoutSeconds: 300 + length * 240,
      environment: workerMemory,
    });
    const { seconds } = JSON.parse(lines.at(-1) ?? '{}') as { seconds: number };
    rates.push(seconds / length);
    const peak = peakMemory / megabyte;
    if (peak > memoryTarget) process.exitCode = 1;
    console.log(
      `${String(length).padStart(7)}${(seconds / length).toFixed(2).padStart(15)}${((length * 60) / seconds).toFixed(2).padStart(14)}${peak.toFixed(0).padStart(10)}${peak > memoryTarget ? `   MISSED: ≤ ${memoryTarget}` : ''}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const spread = Math.max(...rates) / Math.min(...rates) - 1;
console.log(`\ntime for a minute differs by ${(spread * 100).toFixed(1)} %   ≤ ${constantWithin * 100} %`);
if (spread > constantWithin) process.exitCode = 1;
