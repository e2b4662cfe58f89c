/**
 * `make bench WHAT=house`: counts the lines of TypeScript of each room, and measures what a change of the sources costs. Tests,
 * fixtures, fakes and samples are not counted.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { targets } from '../../config/commands/index.ts';
import { show } from '../figures/show.ts';
import { cpuSeconds } from './render/cpu-seconds.ts';

const root = join(import.meta.dirname, '../..');
const notCounted = /\.(?:test|long|contract|fixture)\.tsx?$|\/(?:testing|fixtures)\/|^(?:fakes|samples)\//;

const output = (program: string, ...args: string[]) =>
  execFileSync(join(root, 'node_modules/.bin', program), args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });

/** Returns the top-level folder of a file; each package is a room. */
const roomOf = (file: string): string => /^packages\/[^/]+|^[^/]+(?=\/)/.exec(file)?.[0] ?? 'in the root';

const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file && !notCounted.test(file));
const rooms = new Map<string, number>();
for (const file of files) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
  rooms.set(roomOf(file), (rooms.get(roomOf(file)) ?? 0) + lines);
}
const sizes = [...rooms].sort(([, one], [, other]) => other - one);
const total = sizes.reduce((sum, [, lines]) => sum + lines, 0);
for (const [room, lines] of sizes) show(room, lines.toLocaleString('en'));
show(`all ${files.length} files`, total.toLocaleString('en'), '≤ 50,000');
show("the largest room's share", `${((100 * (sizes[0]?.[1] ?? 0)) / total).toFixed(1)} %`, '≤ 25 %');
show('targets in make help', String(targets.length), '≤ 25');

const { summary } = JSON.parse(
  output('depcruise', '--config', '.dependency-cruiser.ts', '--output-type', 'json', '.'),
) as { summary: { violations: { rule: { name: string } }[] } };
const circles = summary.violations.filter(({ rule }) => rule.name === 'no-circular').length;
show('circles of files, types included', String(circles), '0');
show('imports against another rule', String(summary.violations.length - circles), '0');

const before = cpuSeconds();
output('tsc', '--noEmit', '-p', '.');
output('biome', 'check', '.');
show('types and lint from cold, CPU', `${(cpuSeconds() - before).toFixed(1)} s`, '≤ 27 s');
