import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compile } from './compile.ts';
import { ocrFiles, ocrThread } from './ocr.ts';

const root = join(import.meta.dirname, '..', '..');

test('a bundled page reader reads with the files beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ocr-'));
  const reader = { out: 'reader', in: 'packages/comic-reader/src/index.ts' };
  const compiled = await compile(root, [reader, ocrThread]);
  const code = [...compiled.values()].flatMap((one) => [...one.code]);
  for (const [name, bytes] of [...code, ...(await ocrFiles(root, ['vie']))]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  // Like a layer: only sharp's binaries of the installed packages.
  mkdirSync(join(folder, 'opt'));
  symlinkSync(join(root, 'node_modules/@img'), join(folder, 'opt/@img'));
  const read = `
    const { createPageReader } = await import('./reader.mjs');
    const image = process.getBuiltinModule('fs').readFileSync(${JSON.stringify(join(root, 'samples/ke-trom-o/002.png'))});
    const reader = createPageReader({ languages: ['vi'] });
    const page = await reader.read({ number: 2, image, direction: 'ltr', language: 'vi' });
    await reader.close();
    console.log(JSON.stringify(page));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', read], {
    cwd: folder,
    env: { NODE_PATH: join(folder, 'opt') },
    encoding: 'utf8',
  });
  expect(printed).toContain('Chắc chắn là có kẻ trộm! Cháu sẽ bắt quả tang!');
});
