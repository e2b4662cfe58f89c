/**
 * `make bench WHAT=short`: renders a video without and with its Short, interleaved, and compares the CPU of both. SECONDS is the length of the
 * video, RUNS the number of rounds. FFMPEG_PATH names another FFmpeg than the usual one.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../domain/errors.ts';
import { workerMemory } from '../../domain/worker-task.ts';
import { inEnvironment } from '../../local/testing/environment.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../../providers/media/run-ffmpeg.ts';
import { givenNumber } from '../figures/given-number.ts';
import { median } from '../figures/median.ts';
import { judge, show } from '../figures/show.ts';
import { asDeployed } from './as-deployed.ts';
import { artifacts, benchJob } from './render/content.ts';
import { timedRun } from './timed-run.ts';

const seconds = givenNumber('SECONDS', 300);
const runs = givenNumber('RUNS', 3);
const mostExtra = 15;

process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
const program = await asDeployed('render/whole');
const ffmpeg = await findFfmpeg(process.env.FFMPEG_PATH);

await inEnvironment('bench-short', async ({ folder, pathOf }) => {
  const bucket = pathOf('bucket');
  await benchJob(bucket, seconds);
  const tone = ['-f', 'lavfi', '-t', '5', '-i', 'sine=frequency=220:sample_rate=24000'];
  await runFfmpeg([...tone, '-f', 'mp3', join(bucket, artifacts.speechAudio(0))], {
    binary: ffmpeg,
    timeoutMs: 20_000,
  });

  /** Returns CPU seconds; nothing of an earlier run is left. */
  async function render(...more: 'shorts'[]): Promise<number> {
    await rm(join(bucket, artifacts.renderPieces), { recursive: true, force: true });
    const { lines } = await timedRun(process.execPath, [program, folder, ffmpeg, ...more], {
      cwd: folder,
      timeoutSeconds: 300 + seconds * 10,
      environment: workerMemory,
    });
    return (JSON.parse(lines.at(-1) ?? '{}') as { cpu: number }).cpu;
  }

  const extra: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const alone = await render();
    const both = await render('shorts');
    if (!existsSync(join(bucket, artifacts.shortVideo)))
      throw new ConfigurationError(`a video of ${seconds} s has no Short; give more SECONDS`);
    await rm(join(bucket, artifacts.shortVideo));
    show(`CPU seconds alone and with the Short`, `${alone.toFixed(1)}, ${both.toFixed(1)}`);
    extra.push((both / alone - 1) * 100);
  }
  judge('the Short takes more CPU by, %', median(extra), { digits: 1, sign: '≤', wanted: mostExtra });
});
