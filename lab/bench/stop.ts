/** `make bench WHAT=stop`: measures how long `make dev` and `make demo` take to end after Ctrl-C at random moments. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inEnvironment } from '../../local/testing/environment.ts';
import { processesWith } from '../crash/processes.ts';
import { givenNumber } from '../figures/given-number.ts';
import { median } from '../figures/median.ts';

const times = givenNumber('TIMES', 50);
const wantedSeconds = 3;
/** Seconds after which a program that did not end is killed; the run counts as failed. */
const patience = 60;

interface Program {
  name: string;
  argumentsIn(folder: string): string[];
  /** The latest moment of a Ctrl-C, in seconds after the start: during the start, at rest, and during a render. */
  latest: number;
}
const programs: readonly Program[] = [
  { name: 'make dev', argumentsIn: () => ['dev', '--port', '0'], latest: 6 },
  { name: 'make demo', argumentsIn: (folder) => ['demo', '--out', join(folder, 'out')], latest: 30 },
];

interface Stop {
  /** Seconds from the start to Ctrl-C. */
  at: number;
  /** Seconds from Ctrl-C to the end of the program. */
  took: number;
  /** Command lines of processes that still ran three seconds after its end. */
  left: string[];
}

const root = join(import.meta.dirname, '../..');

function stopOnce(program: Program): Promise<Stop> {
  return inEnvironment('stop', async ({ folder }) => {
    const child = spawn(
      process.execPath,
      [join(root, 'scripts/manga.ts'), ...program.argumentsIn(folder)],
      // CONSOLE_PORT is free on any machine; the log is not read.
      { cwd: folder, env: { ...process.env, TMPDIR: folder, CONSOLE_PORT: '0' }, stdio: 'ignore' },
    );
    const ended = once(child, 'exit');
    const at = Math.random() * program.latest;
    await Promise.race([sleep(at * 1000), ended]);
    const since = performance.now();
    child.kill('SIGINT');
    const killing = setTimeout(() => child.kill('SIGKILL'), patience * 1000);
    await ended;
    clearTimeout(killing);
    const took = (performance.now() - since) / 1000;
    const deadline = performance.now() + wantedSeconds * 1000;
    let left = processesWith(folder);
    while (left.length > 0 && performance.now() < deadline) {
      await sleep(100);
      left = processesWith(folder);
    }
    return { at, took, left };
  });
}

for (const program of programs) {
  const stops: Stop[] = [];
  while (stops.length < times) stops.push(await stopOnce(program));
  const good = stops.filter(({ took, left }) => took <= wantedSeconds && left.length === 0);
  const taken = stops.map(({ took }) => took);
  console.log(
    `${program.name}: ${good.length} of ${times} ended within ${wantedSeconds} s and left no process; ` +
      `median ${median(taken).toFixed(2)} s, longest ${Math.max(...taken).toFixed(2)} s`,
  );
  for (const { at, took, left } of stops.filter((stop) => !good.includes(stop)))
    console.log(
      `  after ${at.toFixed(1)} s: took ${took.toFixed(1)} s${left.map((line) => `\n    left: ${line}`).join('')}`,
    );
  if (good.length < times) process.exitCode = 1;
}
