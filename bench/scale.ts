/**
 * `make bench-scale`: whole renders, sound and subtitles included, of 1, 10 and 60 minutes; a minute of video must take
 * as long and as much memory in a long one as in a short one. A machine's speed changes within minutes, so short
 * renders come again between the long ones, and medians are compared. MINUTES=1,10 renders others.
 */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerMemory } from '../domain/worker-task.ts';
import { findFfmpeg } from '../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../providers/media/run-ffmpeg.ts';
import { asDeployed } from './as-deployed.ts';
import { artifacts, benchJob } from './render/content.ts';
import { median, timedRun } from './timed-run.ts';

const lengths = (process.env.MINUTES ?? '1,10,60').split(',').map(Number);
const megabyte = 1024 * 1024;
const memoryTarget = 400;
const constantWithin = 0.05;
/** Pieces, their copy in the bucket, the raw sound and the joined video of a minute, generously. */
const diskPerMinute = 60 * megabyte;

interface Result {
  /** For a minute of video. */
  seconds: number;
  cpu: number;
  /** Megabytes. */
  peak: number;
}

const longest = Math.max(...lengths);
const { bavail, bsize } = statfsSync(tmpdir());
const needed = longest * diskPerMinute;
if (!lengths.every((minutes) => minutes > 0)) throw new Error('MINUTES has numbers, as in MINUTES=1,10,60');
if (bavail * bsize < needed)
  throw new Error(`${longest} minutes need ${Math.round(needed / megabyte)} MB in ${tmpdir()}`);

process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
const program = await asDeployed('render/whole');
const ffmpeg = await findFfmpeg(undefined);
const results = new Map(lengths.map((minutes) => [minutes, [] as Result[]]));
console.log('minutes   s per minute   CPU-s per minute   × real time   peak MB');
for (const minutes of schedule([...results.keys()])) {
  const result = await render(minutes);
  results.get(minutes)?.push(result);
  console.log(row(minutes, result));
}

console.log('\nmedians');
const medians = [...results].map(([minutes, runs]) => {
  const of = (what: keyof Result) => median(runs.map((run) => run[what]));
  const result = { seconds: of('seconds'), cpu: of('cpu'), peak: of('peak') };
  console.log(row(minutes, result));
  return result;
});
const spread = (what: keyof Result) => {
  const values = medians.map((result) => result[what]);
  return Math.max(...values) / Math.min(...values) - 1;
};
const figures = [
  ['time for a minute differs by, %', spread('seconds') * 100, constantWithin * 100],
  ['CPU for a minute differs by, %', spread('cpu') * 100, undefined],
  ['peak memory differs by, %', spread('peak') * 100, undefined],
  [
    'peak memory of any run, MB',
    Math.max(...[...results.values()].flat().map(({ peak }) => peak)),
    memoryTarget,
  ],
] as const;
console.log();
for (const [what, figure, target] of figures) {
  const holds = target === undefined || figure <= target;
  const demand = target === undefined ? '' : `   ≤ ${target}`;
  console.log(`${what.padEnd(34)}${figure.toFixed(1).padStart(8)}${demand}${holds ? '' : '   MISSED'}`);
  if (!holds) process.exitCode = 1;
}

/** Each length between two runs of all shorter ones: of 1 and 10 minutes 1 1 10 1 1. */
function schedule(of: readonly number[]): number[] {
  const [longest, ...shorter] = [...of].sort((a, b) => b - a);
  if (longest === undefined) return [];
  const between = schedule(shorter);
  return between.length === 0 ? [longest, longest] : [...between, longest, ...between];
}

async function render(minutes: number): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-scale-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const bucket = join(folder, 'bucket');
    await benchJob(bucket, minutes * 60);
    const tone = ['-f', 'lavfi', '-t', '5', '-i', 'sine=frequency=220:sample_rate=24000'];
    const speech = join(bucket, artifacts.speechAudio(0));
    await runFfmpeg([...tone, '-f', 'mp3', speech], { binary: ffmpeg, timeoutMs: 20_000 });
    const { lines, peakMemory } = await timedRun(process.execPath, [program, folder], {
      cwd: folder,
      timeoutSeconds: 300 + minutes * 240,
      environment: workerMemory,
    });
    const { seconds, cpu } = JSON.parse(lines.at(-1) ?? '{}') as Omit<Result, 'peak'>;
    return { seconds: seconds / minutes, cpu: cpu / minutes, peak: peakMemory / megabyte };
  } finally {
    remove();
    process.off('exit', remove);
  }
}

function row(minutes: number, { seconds, cpu, peak }: Result): string {
  return [
    String(minutes).padStart(7),
    seconds.toFixed(2).padStart(14),
    cpu.toFixed(2).padStart(18),
    (60 / seconds).toFixed(2).padStart(13),
    peak.toFixed(0).padStart(9),
  ].join(' ');
}
