import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compile } from './compile.ts';
import { signingFiles } from './signing.ts';

const root = join(import.meta.dirname, '..', '..');
const source = 'providers/content-credentials';

test('a bundled thread signs with the files beside it, and says which certificate it refuses', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signing-'));
  const entries = ['try-identity', 'signing-thread'].map((name) => ({
    out: `signing/${name}`,
    in: `${source}/${name}.ts`,
  }));
  const compiled = await compile(root, entries);
  const code = [...compiled.values()].flatMap((one) => [...one.code]);
  for (const [name, bytes] of [...code, ...(await signingFiles(root))]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  for (const name of ['p256', 'server'])
    writeFileSync(join(folder, `${name}.pem`), readFileSync(join(root, source, 'testing', `${name}.pem`)));
  const run = `
    const { readFileSync } = await import('node:fs');
    const { tryIdentity } = await import('./try-identity.mjs');
    const result = (name) => tryIdentity(readFileSync(name + '.pem', 'utf8')).then(() => 'signs', (error) => error.message);
    console.log(await result('p256'), '|', await result('server'));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', run], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(printed).toMatch(/^signs \| .*certificate missing required EKU\n$/);
});
