import { cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compile, type Entry } from '../../scripts/bundle/compile.ts';

const root = join(import.meta.dirname, '../..');
const out = 'bench';
const thread: Entry = { out: `${out}/piece-worker`, in: 'workers/renderer/pieces/piece-worker.ts' };

/**
 * Compiles a program of the benches like the renderer's archive, with its threads, and returns its path. From sources,
 * every thread would also parse TypeScript, which no deployed machine does.
 */
export async function asDeployed(
  program: 'render/round' | 'render/whole' | 'render/shard' | 'long/step',
): Promise<string> {
  const name = basename(program);
  const main: Entry = { out: `${out}/${name}`, in: `lab/bench/${program}.ts` };
  const folder = join(root, 'dist', out);
  await mkdir(folder, { recursive: true });
  for (const { code } of (await compile(root, [main, thread])).values()) {
    for (const [file, bytes] of code) await writeFile(join(folder, file), bytes);
  }
  // A bundle has the page reader's data and the renderer's fonts beside its code.
  await cp(join(root, 'packages/comic-reader/src/data'), join(folder, 'data'), { recursive: true });
  await cp(join(root, 'workers/renderer/fonts'), join(folder, 'fonts'), { recursive: true });
  return join(folder, `${name}.mjs`);
}
