/**
 * `make lab WHAT=long`: makes a video of 3,000 segments, five hours at their usual length, with the real code of every step
 * and short tones as speech. Memory must not grow with the number of segments, and every call of a Lambda must end in
 * time.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workerMemory } from '../../domain/worker-task.ts';
import { type Environment, inEnvironment } from '../../local/testing/environment.ts';
import { asDeployed } from './as-deployed.ts';
import { bucketIn } from './long/bucket.ts';
import { putChapter } from './long/job.ts';
import { artifactOf, type StepName, steps, type Taken } from './long/steps.ts';
import { timedRun } from './timed-run.ts';

const counts = (process.env.SEGMENTS ?? '300,3000').split(',').map(Number);
const megabyte = 1024 ** 2;
/** Allowed growth in bytes for the lists of ten times as many segments: 20 kB each. */
const mayGrow = 60 * megabyte;
const peaks = new Map<StepName, number>();

const program = await asDeployed('long/step');
console.log('step        segments   calls   longest call   peak MB   seconds');
for (const segments of counts)
  await inEnvironment('load-long', (environment) => measure(segments, environment));

/** Makes a video of a number of segments and prints the cost of each step. */
async function measure(segments: number, { folder, pathOf }: Environment): Promise<void> {
  await putChapter(bucketIn(pathOf('bucket')), segments);
  for (const name of Object.keys(steps) as StepName[]) {
    const { seconds, peakMemory, lines } = await timedRun(process.execPath, [program, name, folder], {
      cwd: folder,
      timeoutSeconds: 600 + segments * 2,
      environment: workerMemory,
    });
    if (!existsSync(join(pathOf('bucket'), artifactOf[name])))
      throw new Error(`${name} did not write ${artifactOf[name]}`);
    const { calls, longest } = JSON.parse(lines.at(-1) ?? '') as Taken;
    const grown = peakMemory - (peaks.get(name) ?? peakMemory);
    peaks.set(name, peaks.get(name) ?? peakMemory);
    if (grown > mayGrow) process.exitCode = 1;
    console.log(
      `${name.padEnd(12)}${String(segments).padStart(8)}${String(calls).padStart(8)}${(longest > 0 ? `${longest.toFixed(0)} s` : '').padStart(15)}` +
        `${(peakMemory / megabyte).toFixed(0).padStart(10)}${seconds.toFixed(0).padStart(10)}${grown > mayGrow ? '   MISSED: memory grows with the segments' : ''}`,
    );
  }
}
