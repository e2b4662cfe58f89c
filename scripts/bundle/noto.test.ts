import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compile } from './compile.ts';
import { notoFiles } from './noto.ts';

const root = join(import.meta.dirname, '..', '..');

test('a bundle draws a title in kanji with only its own files', async () => {
  const entry = { out: 'index', in: 'workers/renderer/lettering/lettering.ts' };
  const code = (await compile(root, [entry])).get('index')?.code ?? new Map<string, Uint8Array>();
  const folder = await mkdtemp(join(tmpdir(), 'noto-bundle-'));
  for (const [name, bytes] of [...code, ...(await notoFiles(root))]) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  const { letteringOf }: typeof import('../../workers/renderer/lettering/lettering.ts') = await import(
    join(folder, 'index.mjs')
  );
  const letters = await letteringOf(['進撃の巨人']);
  expect(letters.missing).toEqual([]);
  expect(letters.widthOf('進撃の巨人')).toBeCloseTo(5, 1);
  await rm(folder, { recursive: true });
});
