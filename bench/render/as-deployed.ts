import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile, type Entry } from '../../scripts/bundle/compile.ts';

const root = join(import.meta.dirname, '../..');
const out = 'bench';
const thread: Entry = { out: `${out}/piece-worker`, in: 'workers/renderer/pieces/piece-worker.ts' };

/**
 * A program of this folder compiled like the renderer's archive, its threads beside it; resolves with its path. From
 * sources every thread would pay for reading TypeScript, which no machine does.
 */
export async function asDeployed(program: 'round' | 'whole'): Promise<string> {
  const main: Entry = { out: `${out}/${program}`, in: `bench/render/${program}.ts` };
  const folder = join(root, 'dist', out);
  await mkdir(folder, { recursive: true });
  for (const { code } of (await compile(root, [main, thread])).values()) {
    for (const [name, bytes] of code) await writeFile(join(folder, name), bytes);
  }
  return join(folder, `${program}.mjs`);
}
