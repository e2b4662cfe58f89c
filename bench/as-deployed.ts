import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compile, type Entry } from '../scripts/bundle/compile.ts';

const root = join(import.meta.dirname, '..');
const out = 'bench';
const thread: Entry = { out: `${out}/piece-worker`, in: 'workers/renderer/pieces/piece-worker.ts' };

/**
 * A program of the benches compiled like the renderer's archive, its threads beside it; resolves with its path. From
 * sources every thread would pay for reading TypeScript, which no machine does.
 */
export async function asDeployed(program: 'render/round' | 'render/whole' | 'long/step'): Promise<string> {
  const name = basename(program);
  const main: Entry = { out: `${out}/${name}`, in: `bench/${program}.ts` };
  const folder = join(root, 'dist', out);
  await mkdir(folder, { recursive: true });
  for (const { code } of (await compile(root, [main, thread])).values()) {
    for (const [file, bytes] of code) await writeFile(join(folder, file), bytes);
  }
  return join(folder, `${name}.mjs`);
}
