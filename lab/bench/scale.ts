/**
 * `make bench WHAT=scale`: renders whole videos of 1, 10 and 60 minutes, including sound and subtitles. A minute of a long
 * video must cost as much time and memory as one of a short video. The speed of a machine changes within minutes, so
 * each long render is stopped nine times, evenly, for a whole short one, and compared with their median.
 * MINUTES=1,10,60 sets the lengths; the first is the short one. FFMPEG_PATH names another FFmpeg than the usual one.
 */
import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerMemory } from '../../domain/worker-task.ts';
import { inEnvironment } from '../../local/testing/environment.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../../providers/media/run-ffmpeg.ts';
import { encoderVersion } from '../../workers/renderer/encoder-version.ts';
import { median } from '../figures/median.ts';
import { judge } from '../figures/show.ts';
import { asDeployed } from './as-deployed.ts';
import { artifacts, benchJob } from './render/content.ts';
import { type Pauses, timedRun } from './timed-run.ts';

const [short = 1, ...longer] = (process.env.MINUTES ?? '1,10,60').split(',').map(Number);
const shortRuns = 9;
const megabyte = 1024 * 1024;
const memoryTarget = 400;
const constantWithin = 0.05;
/** A generous estimate of the pieces, their copies in the bucket, the raw sound and the joined video of a minute. */
const diskPerMinute = 60 * megabyte;

interface Result {
  /** Per minute of video. */
  seconds: number;
  cpu: number;
  /** Megabytes. */
  peak: number;
}

const longest = Math.max(short, ...longer);
const { bavail, bsize } = statfsSync(tmpdir());
const needed = longest * diskPerMinute;
if (![short, ...longer].every((minutes) => minutes > 0) || longer.some((minutes) => minutes <= short))
  throw new Error('MINUTES must be a list of ascending numbers, as in MINUTES=1,10,60');
if (bavail * bsize < needed)
  throw new Error(`${longest} minutes need ${Math.round(needed / megabyte)} MB in ${tmpdir()}`);

process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
const program = await asDeployed('render/whole');
const ffmpeg = await findFfmpeg(process.env.FFMPEG_PATH);
console.log(await encoderVersion({ ffmpeg, signal: new AbortController().signal }));
console.log('minutes   s per minute   CPU-s per minute   × real time   peak MB');
const first = await render(short);
/** Cost of a minute relative to the short renders in between. */
const relative = { seconds: [1], cpu: [1], peak: [1] };
const peaks = [first.peak];
for (const minutes of longer) {
  const shorts: Result[] = [];
  const meanwhile = async () => void shorts.push(await render(short));
  const at = Array.from({ length: shortRuns }, (_, n) => (first.seconds * minutes * (n + 0.5)) / shortRuns);
  const long = await render(minutes, { at, meanwhile });
  while (shorts.length < shortRuns) await meanwhile();
  const of = (what: keyof Result) => median(shorts.map((run) => run[what]));
  const usual = { seconds: of('seconds'), cpu: of('cpu'), peak: of('peak') };
  console.log(`${row(short, usual)}   median of ${shortRuns}`);
  for (const what of ['seconds', 'cpu', 'peak'] as const) relative[what].push(long[what] / usual[what]);
  peaks.push(long.peak, ...shorts.map(({ peak }) => peak));
}

const spread = (values: readonly number[]) => (Math.max(...values) / Math.min(...values) - 1) * 100;
const figures = [
  ['time per minute differs by, %', spread(relative.seconds), constantWithin * 100],
  ['CPU per minute differs by, %', spread(relative.cpu), undefined],
  ['peak memory differs by, %', spread(relative.peak), undefined],
  ['highest peak memory, MB', Math.max(...peaks), memoryTarget],
] as const;
console.log();
for (const [what, figure, wanted] of figures) judge(what, figure, { digits: 1, sign: '≤', wanted });

/** Renders a bench's job of a number of minutes and prints its cost. */
function render(minutes: number, pauses?: Pauses): Promise<Result> {
  return inEnvironment('bench-scale', async ({ folder, pathOf }) => {
    const bucket = pathOf('bucket');
    const { speech } = await benchJob(bucket, minutes * 60);
    const tone = ['-f', 'lavfi', '-t', '5', '-i', 'sine=frequency=220:sample_rate=24000'];
    const audio = join(bucket, artifacts.speechAudio(0));
    await runFfmpeg([...tone, '-f', 'mp3', audio], { binary: ffmpeg, timeoutMs: 20_000 });
    const { lines, pausedSeconds, peakMemory } = await timedRun(process.execPath, [program, folder, ffmpeg], {
      cwd: folder,
      timeoutSeconds: 300 + (minutes + (pauses?.at.length ?? 0) * short) * 240,
      environment: workerMemory,
      pauses,
    });
    const { seconds, cpu } = JSON.parse(lines.at(-1) ?? '{}') as Omit<Result, 'peak'>;
    const told = speech.duration / 60;
    const result = {
      seconds: (seconds - pausedSeconds) / told,
      cpu: cpu / told,
      peak: peakMemory / megabyte,
    };
    console.log(row(minutes, result));
    return result;
  });
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
