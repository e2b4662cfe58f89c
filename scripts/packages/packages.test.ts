import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pack, packageFolders, packagesBelow } from './pack.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const npm = (args: string[], cwd: string) => run('npm', args, { cwd, timeout: 120_000 });

const canInstall = await npm(['ping'], root).then(
  () => true,
  () => false,
);
if (!canInstall) console.warn('packages: skipped, the npm registry cannot be reached');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packages-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Reads the example of a README: its program and the expected output. */
async function exampleOf(name: string): Promise<{ program: string; prints: string }> {
  const text = await readFile(join(root, 'packages', name, 'README.md'), 'utf8');
  const [, program, prints] = /```js\n([\s\S]*?)```\s+```text\n([\s\S]*?)```/.exec(text) ?? [];
  if (!program || !prints) throw new Error(`packages/${name}/README.md has no example with its output`);
  return { program, prints };
}

(canInstall ? test : test.skip).each(await packageFolders())(
  'the packed %s runs its example in an empty folder, and has types',
  async (name) => {
    const { program, prints } = await exampleOf(name);
    const tarballs: string[] = [];
    for (const one of [name, ...(await packagesBelow(name))]) tarballs.push(await pack(one, folder));
    const empty = join(folder, name);
    await mkdir(empty);
    await writeFile(join(empty, 'package.json'), '{"type": "module", "private": true}');
    await npm(
      ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs],
      empty,
    );
    await writeFile(join(empty, 'example.js'), program);
    const { stdout } = await run(process.execPath, ['example.js'], { cwd: empty, timeout: 30_000 });
    expect(stdout).toBe(prints);
    const { name: packageName } = JSON.parse(
      await readFile(join(root, 'packages', name, 'package.json'), 'utf8'),
    ) as { name: string };
    const types = await readFile(join(empty, 'node_modules', packageName, 'dist/index.d.ts'), 'utf8');
    expect(types).toContain('export');
  },
  120_000,
);
