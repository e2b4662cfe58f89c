import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rar5 } from '../../providers/chapters/testing/archives.ts';
import { archiveReaderFiles } from './archive-reader.ts';
import { compile } from './compile.ts';

const root = join(import.meta.dirname, '..', '..');

test('a bundled library reads a RAR with the files beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'archive-reader-'));
  const compiled = await compile(root, [{ out: 'library/archive', in: 'providers/chapters/archive.ts' }]);
  const code = compiled.get('library/archive')?.code ?? new Map<string, Uint8Array>();
  for (const [name, bytes] of [...code, ...(await archiveReaderFiles(root))]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  writeFileSync(join(folder, 'x.cbz'), rar5({ 'a page.png': Buffer.from('of a page') }));
  const read = `
    const { withArchive } = await import('./archive.mjs');
    console.log(await withArchive('x.cbz', 'x', async ({ read }) => String(await read('a page.png'))));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', read], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(printed).toBe('of a page\n');
});
