import { execFile } from 'node:child_process';
import { cp, glob, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/** Names of the folders below `packages/`. */
export async function packageFolders(): Promise<string[]> {
  const entries = await readdir(join(root, 'packages'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

interface Manifest {
  name: string;
  exports: Record<string, string>;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: unknown;
}

async function manifestOf(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(root, 'packages', folder, 'package.json'), 'utf8')) as Manifest;
}

/** Returns the folders of packages of this repository that a package depends on, directly or not. */
export async function packagesBelow(folder: string): Promise<string[]> {
  const folders = await packageFolders();
  const names = await Promise.all(folders.map(async (one) => (await manifestOf(one)).name));
  const { dependencies = {} } = await manifestOf(folder);
  const direct = folders.filter((_, index) => Object.hasOwn(dependencies, names[index] ?? ''));
  const below = await Promise.all(direct.map(packagesBelow));
  return [...new Set([...direct, ...below.flat()])];
}

/**
 * Builds a package to JavaScript with types, and packs it as npm publishes it. In this repository a package is used from
 * its TypeScript sources; its packed manifest names the built files instead.
 *
 * @param name of the folder below `packages/`
 * @param out folder for the tarball; made when it is missing
 * @returns path of the tarball
 * @throws with the compiler's or npm's output when a step fails
 */
export async function pack(name: string, out: string): Promise<string> {
  const folder = join(root, 'packages', name);
  const build = join(out, `${name}.build`);
  await rm(build, { recursive: true, force: true });
  await mkdir(build, { recursive: true });
  await output(process.execPath, [compiler, '-p', folder, '--outDir', join(build, 'dist')], root);
  for await (const file of glob('data/*', { cwd: join(folder, 'src') }))
    await cp(join(folder, 'src', file), join(build, 'dist', file));
  for (const file of [join(folder, 'README.md'), join(root, 'LICENSE')])
    await cp(file, join(build, file.slice(file.lastIndexOf('/') + 1)));
  await writeFile(join(build, 'package.json'), JSON.stringify(published(await manifestOf(name)), null, 2));
  const [tarball] = JSON.parse(await output('npm', ['pack', '--json', '--pack-destination', out], build)) as [
    { filename: string },
  ];
  await rm(build, { recursive: true });
  return join(out, tarball.filename);
}

function published({ exports, bin, devDependencies: _, ...manifest }: Manifest): object {
  return {
    ...manifest,
    ...(bin && { bin: mapped(bin, built) }),
    exports: mapped(exports, (path) =>
      path.endsWith('.ts')
        ? { types: built(path).replace(/\.js$/, '.d.ts'), default: built(path) }
        : path.replace('./src/', './dist/'),
    ),
  };
}

const built = (path: string): string => path.replace('./src/', './dist/').replace(/\.ts$/, '.js');

const mapped = <Value>(entries: Record<string, string>, map: (path: string) => Value) =>
  Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, map(path)]));

async function output(program: string, args: string[], cwd: string): Promise<string> {
  try {
    return (await run(program, args, { cwd, timeout: 120_000, maxBuffer: 16 * 1024 ** 2 })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args[0]} failed in ${cwd}:\n${stdout ?? ''}${stderr ?? error}`);
  }
}
