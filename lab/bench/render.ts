/**
 * `make bench WHAT=render`: measures how close the renderer comes to its encoder. Runs interleaved rounds of x264 alone on
 * finished frames, this renderer, a zoompan graph (as one FFmpeg, and split over the cores) and the seed's still pages,
 * all with the same settings, and compares the encoded frames with slowly computed reference frames. Node's programs
 * run compiled, as deployed.
 *
 *   RUNS=5 SECONDS=60 ONLY=limit,renderer FFMPEG_PATH=/usr/bin/ffmpeg node lab/bench/render.ts
 */

import { availableParallelism } from 'node:os';
import { workerMemory } from '../../domain/worker-task.ts';
import { startEnvironment } from '../../local/testing/environment.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { encoderVersion } from '../../workers/renderer/encoder-version.ts';
import { framesPerSecond } from '../../workers/renderer/timeline.ts';
import { givenNumber } from '../figures/given-number.ts';
import { median } from '../figures/median.ts';
import { judge } from '../figures/show.ts';
import { asDeployed } from './as-deployed.ts';
import { similarity } from './render/compare.ts';
import { type Contestant, contestants, type Round } from './render/contestants.ts';
import { writeRawFrames } from './render/raw-frames.ts';
import { benchSetting } from './render/setting.ts';
import { timedRun } from './timed-run.ts';

const runs = givenNumber('RUNS', 5);
const wanted = givenNumber('SECONDS', 60);
const megabyte = 1024 * 1024;
const targets = { cpu: 1.1, speed: 0.92, zoompan: 3, memory: 400 };

interface Result {
  seconds: number;
  cpu: number;
  memory: number;
}

const { folder, write, close } = await startEnvironment('bench-render', async () => ({}));
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));

const ffmpeg = await findFfmpeg(process.env.FFMPEG_PATH);
const setting = await benchSetting(folder, wanted);
const round: Round = { ...setting, ffmpeg, cores: availableParallelism() };
write('round.json', JSON.stringify(round));
await writeRawFrames(round);
const seconds = setting.frames / framesPerSecond;
console.log(
  `${await encoderVersion({ ffmpeg, signal: new AbortController().signal })}\n${seconds.toFixed(0)} s of video in ${setting.pieces.length} pieces on ${round.cores} cores, medians of ${runs} interleaved rounds\n`,
);

const program = await asDeployed('render/round');
const only = process.env.ONLY?.split(',');
const names = (Object.keys(contestants) as Contestant[]).filter((name) => only?.includes(name) ?? true);
const results = new Map(names.map((name) => [name, [] as Result[]]));
for (let run = 0; run < runs; run++) {
  for (const name of names) {
    const { lines, peakMemory } = await timedRun(process.execPath, [program, name, folder], {
      cwd: folder,
      timeoutSeconds: 900 + wanted * 10,
      environment: workerMemory,
    });
    const took = JSON.parse(lines.at(-1) ?? '{}') as Omit<Result, 'memory'>;
    results.get(name)?.push({ ...took, memory: peakMemory });
  }
}

const of = (name: Contestant, what: keyof Result) =>
  median((results.get(name) ?? []).map((one) => one[what]));
console.log('                × real time   CPU-s per s   peak MB   SSIM');
for (const name of names) {
  const alike = name === 'limit' || name === 'renderer' ? await similarity(round, name) : undefined;
  console.log(
    [
      name.padEnd(14),
      (seconds / of(name, 'seconds')).toFixed(2).padStart(13),
      (of(name, 'cpu') / seconds).toFixed(3).padStart(13),
      (of(name, 'memory') / megabyte).toFixed(0).padStart(9),
      (alike?.toFixed(4) ?? '–').padStart(8),
    ].join(' '),
  );
}
/** Compares rounds that ran close together, so that other load affects both. */
const ratio = (a: Contestant, b: Contestant, what: keyof Result) =>
  median((results.get(a) ?? []).map((one, run) => one[what] / (results.get(b)?.[run]?.[what] ?? Number.NaN)));
const figures = [
  ['CPU over the limit', ratio('renderer', 'limit', 'cpu'), '≤', targets.cpu],
  ['speed of the limit', ratio('limit', 'renderer', 'seconds'), '≥', targets.speed],
  ['times as fast as zoompan', ratio('zoompan', 'renderer', 'seconds'), '≥', targets.zoompan],
  ['the same, it split too', ratio('zoompan, split', 'renderer', 'seconds'), '≥', undefined],
  ['peak memory, MB', of('renderer', 'memory') / megabyte, '≤', targets.memory],
] as const;
console.log();
for (const [what, figure, sign, wanted] of figures)
  if (!Number.isNaN(figure)) judge(what, figure, { digits: 2, sign, wanted });
await close();
