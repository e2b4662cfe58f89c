import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { version } from 'esbuild';
import { type Compiled, compile, type Entry, namesOf } from './compile.ts';

interface Kept {
  /** The hash of what compiled it. */
  tool: string;
  /** The hash of every source then, by its path. */
  sources: Map<string, string>;
  compiled: Compiled;
}

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
const packageOf = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Hashes of files, each read once. */
function hasher(root: string): (path: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (path) => {
    const hash = known.get(path) ?? readFile(join(root, path)).then(sha256, () => 'gone');
    known.set(path, hash);
    return hash;
  };
}

/** Whatever besides the sources decides what comes out: the compiler, this folder, what is installed, and how. */
async function toolHash(root: string, names: readonly string[]): Promise<string> {
  const here = ['compile.ts', 'compile-cache.ts', 'lazy-imports.ts', 'plugins.ts'];
  const texts = await Promise.all([
    ...here.map((name) => readFile(join(import.meta.dirname, name), 'utf8')),
    ...['package.json', 'package-lock.json', 'tsconfig.json'].map((name) =>
      readFile(join(root, name), 'utf8').catch(() => ''),
    ),
  ]);
  return sha256(JSON.stringify([version, names, texts]));
}

/** Files that a compilation read: its sources, and what says how each package is to be entered. */
function filesBehind({ sources }: Compiled): string[] {
  const packages = new Set(sources.flatMap((path) => packageOf.exec(path)?.[0] ?? []));
  return [
    ...sources.filter((path) => !/^[a-z-]+:/.test(path)),
    ...[...packages].map((one) => `${one}/package.json`),
  ];
}

/**
 * As `compile`, with what was compiled before kept in `folder`. An entry is taken from there when the content of every
 * file that went into it, and the compiler itself, are the same: times of files mean nothing.
 */
export async function compileThroughCache(
  root: string,
  entries: readonly Entry[],
  folder: string,
): Promise<Map<string, Compiled>> {
  const names = namesOf(entries);
  const tool = await toolHash(root, names);
  const fileOf = ({ out }: Entry) => join(folder, sha256(out).slice(0, 32));
  const hash = hasher(root);
  const keptFor = async (entry: Entry): Promise<Compiled | undefined> => {
    const kept = await readFile(fileOf(entry))
      .then((bytes) => deserialize(bytes) as Kept)
      .catch(() => undefined);
    if (kept?.tool !== tool) return undefined;
    const same = await Promise.all(
      [...kept.sources].map(async ([path, then]) => (await hash(path)) === then),
    );
    return same.every(Boolean) ? kept.compiled : undefined;
  };
  const kept = await Promise.all(entries.map(keptFor));
  const stale = entries.filter((_, index) => !kept[index]);
  const started = Date.now();
  const fresh = stale.length > 0 ? await compile(root, stale, names) : new Map<string, Compiled>();
  await Promise.all(
    stale.map((entry) => {
      const compiled = fresh.get(entry.out);
      return compiled && keep(root, fileOf(entry), tool, compiled, started);
    }),
  );
  return new Map(
    entries.flatMap((entry, index) => {
      const compiled = kept[index] ?? fresh.get(entry.out);
      return compiled ? [[entry.out, compiled] as const] : [];
    }),
  );
}

/** Written aside and renamed, so that a half-written one is never read. */
async function keep(
  root: string,
  file: string,
  tool: string,
  compiled: Compiled,
  started: number,
): Promise<void> {
  const paths = filesBehind(compiled);
  // Who saves while this compiles may have been read before or after: that one is not kept.
  const times = await Promise.all(paths.map((path) => stat(join(root, path)).catch(() => undefined)));
  if (times.some((one) => one && one.mtimeMs >= started)) return;
  const hash = hasher(root);
  const sources = new Map(await Promise.all(paths.map(async (path) => [path, await hash(path)] as const)));
  const bytes = serialize({ tool, sources, compiled } satisfies Kept);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(`${file}.${process.pid}`, bytes);
  await rename(`${file}.${process.pid}`, file);
}
