import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pack, packageFolders, packagesBelow } from './pack.ts';
import { exampleOf } from './testing/example.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const npm = (args: string[], cwd: string) => run('npm', args, { cwd, timeout: 120_000 });

const canInstall = await npm(['ping'], root).then(
  () => true,
  () => false,
);
if (!canInstall) console.warn('packages: skipped, the npm registry cannot be reached');
let folder: string;

interface Manifest {
  name: string;
  exports: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
const manifestIn = async (path: string) =>
  JSON.parse(await readFile(join(root, path, 'package.json'), 'utf8')) as Manifest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packages-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

(canInstall ? test : test.skip).each(await packageFolders())(
  'the packed %s runs its example in an empty folder, and has types',
  async (name) => {
    const { files, program, imported, prints } = await exampleOf(join(root, 'packages', name, 'README.md'));
    const folders = [name, ...(await packagesBelow(name))];
    const tarballs: string[] = [];
    for (const one of folders) tarballs.push(await pack(one, folder));
    const manifests = await Promise.all(folders.map((one) => manifestIn(join('packages', one))));
    const own = new Set(manifests.map((one) => one.name));
    // In the versions of this project.
    const { dependencies, devDependencies } = await manifestIn('.');
    const versions = { ...dependencies, ...devDependencies };
    const others = imported.filter((one) => !own.has(one)).map((one) => `${one}@${versions[one]}`);
    const empty = join(folder, name);
    await mkdir(empty);
    await writeFile(join(empty, 'package.json'), '{"type": "module", "private": true}');
    await npm(
      ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs, ...others],
      empty,
    );
    for (const [file, text] of files) await writeFile(join(empty, file), text);
    await writeFile(join(empty, 'example.js'), program);
    const { stdout } = await run(process.execPath, ['example.js'], { cwd: empty, timeout: 30_000 });
    expect(stdout).toBe(prints);
    const { name: packageName, exports } = await manifestIn(join('packages', name));
    const installed = join(empty, 'node_modules', packageName);
    for (const path of Object.values(exports).filter((one) => one.endsWith('.ts'))) {
      const types = path.replace('./src/', 'dist/').replace(/\.ts$/, '.d.ts');
      expect(await readFile(join(installed, types), 'utf8')).toContain('export');
    }
  },
  240_000,
);
