/**
 * `make bench WHAT=shards`: makes a video in shards, each in a process with one core, and joins it, and makes the same video with one
 * process before and after. Compares the bytes, and the CPU of all shards and the join with that of one. MINUTES=10 and SHARDS=20 set
 * them. FFMPEG_PATH names another FFmpeg than the usual one.
 */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { workerMemory } from '../../domain/worker-task.ts';
import { inEnvironment } from '../../local/testing/environment.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../../providers/media/run-ffmpeg.ts';
import { encoderVersion } from '../../workers/renderer/encoder-version.ts';
import { givenNumber } from '../figures/given-number.ts';
import { judge, show } from '../figures/show.ts';
import { asDeployed } from './as-deployed.ts';
import { artifacts, benchJob } from './render/content.ts';
import { timedRun } from './timed-run.ts';

const minutes = givenNumber('MINUTES', 10);
const shards = givenNumber('SHARDS', 20);
const megabyte = 1024 * 1024;

interface Cost {
  cpu: number;
  seconds: number;
  pieces: number;
  reused: number;
}

process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
const program = await asDeployed('render/shard');
const ffmpeg = await findFfmpeg(process.env.FFMPEG_PATH);
console.log(await encoderVersion({ ffmpeg, signal: new AbortController().signal }));

await inEnvironment('bench-shards', async ({ folder, pathOf }) => {
  const bucket = pathOf('bucket');
  await benchJob(bucket, minutes * 60);
  const tone = ['-f', 'lavfi', '-t', '5', '-i', 'sine=frequency=220:sample_rate=24000'];
  const audio = join(bucket, artifacts.speechAudio(0));
  await runFfmpeg([...tone, '-f', 'mp3', audio], { binary: ffmpeg, timeoutMs: 20_000 });
  const measure = async (number: number, of: number): Promise<Cost & { peak: number }> => {
    const { lines, peakMemory } = await timedRun(
      process.execPath,
      [program, folder, ffmpeg, String(number), String(of)],
      { cwd: folder, timeoutSeconds: 600 + minutes * 240, environment: workerMemory },
    );
    return { ...(JSON.parse(lines.at(-1) ?? '{}') as Cost), peak: peakMemory / megabyte };
  };
  const bytes = async () =>
    createHash('sha256')
      .update(await readFile(join(bucket, artifacts.video)))
      .digest('hex');
  /** Makes the video with one process, from nothing. */
  const whole = async () => {
    await rm(join(bucket, artifacts.renderPieces), { recursive: true, force: true });
    const cost = await measure(0, 0);
    return { ...cost, hash: await bytes() };
  };
  const before = await whole();
  await rm(join(bucket, artifacts.renderPieces), { recursive: true });
  const made: Awaited<ReturnType<typeof measure>>[] = [];
  for (let number = 1; number <= shards; number++) made.push(await measure(number, shards));
  const joined = { ...(await measure(0, 0)), hash: await bytes() };
  const after = await whole();

  const alone = (before.cpu + after.cpu) / 2;
  const [first, ...others] = made.map(({ cpu }) => cpu);
  const sum = made.reduce((total, { cpu }) => total + cpu, joined.cpu);
  const most = (of: (cost: (typeof made)[number]) => number) => Math.max(...made.map(of));
  show('CPU of one process, s: before, after', `${before.cpu.toFixed(1)}, ${after.cpu.toFixed(1)}`);
  show('CPU of the first shard, which makes the sound, s', (first ?? 0).toFixed(1));
  show(
    'CPU of the others, s: least, most',
    `${Math.min(...others).toFixed(1)}, ${Math.max(...others).toFixed(1)}`,
  );
  show('CPU of the join, s', joined.cpu.toFixed(1));
  show('peak memory of a shard, MB', most(({ peak }) => peak).toFixed(0));
  show('peak memory of the join, MB', joined.peak.toFixed(0));
  judge('CPU of all shards and the join, times that of one', sum / alone, {
    ...{ digits: 3, sign: '≤', wanted: 1.1 },
  });
  judge('pieces that the join made', joined.pieces - joined.reused, { digits: 0, sign: '≤', wanted: 0 });
  const same = before.hash === joined.hash && after.hash === joined.hash;
  show('bytes of the video', same ? 'the same' : 'DIFFERENT', 'the same');
  if (!same) process.exitCode = 1;
});
