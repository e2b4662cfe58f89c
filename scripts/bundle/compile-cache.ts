import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { version } from 'esbuild';
import { writeWhole } from '../write-whole.ts';
import { type Compiled, compile, type Entry, namesOf } from './compile.ts';

interface Kept {
  /** Hash of the compiler and its options. */
  tool: string;
  /** Hash of every source at that time, by its path. */
  sources: Map<string, string>;
  compiled: Compiled;
}

const sha256 = (content: string | Uint8Array) => hash('sha256', content);
const packageOf = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Caches the result for each path: most sources belong to every entry. */
function once<T>(answer: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const value = known.has(path) ? (known.get(path) as T) : answer(path);
    known.set(path, value);
    return value;
  };
}

/** Reads synchronously, which takes a fifth of the time of promises for a thousand small files. */
const hashes = (root: string) =>
  once((path) => {
    try {
      return sha256(readFileSync(join(root, path)));
    } catch {
      return 'gone';
    }
  });

/** Hashes everything except the sources that affects the output: compiler, this folder, installed packages, options. */
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

/** Files that a compilation read: its sources, and the manifests that name each package's entry. */
function filesBehind({ sources }: Compiled): string[] {
  const packages = new Set(sources.flatMap((path) => packageOf.exec(path)?.[0] ?? []));
  return [
    ...sources.filter((path) => !/^[a-z-]+:/.test(path)),
    ...[...packages].map((one) => `${one}/package.json`),
  ];
}

/**
 * Compiles like `compile`, with earlier output cached in `folder`. An entry is taken from there when the content of
 * every file that went into it, and the compiler, are the same; modification times do not count.
 */
export async function compileThroughCache(
  root: string,
  entries: readonly Entry[],
  folder: string,
  names = namesOf(entries),
): Promise<Map<string, Compiled>> {
  const tool = await toolHash(root, names);
  // Another source under the same name is another module.
  const fileOf = (entry: Entry) => join(folder, sha256(`${entry.out} ${entry.in}`).slice(0, 32));
  const hashNow = hashes(root);
  const keptFor = async (entry: Entry): Promise<Compiled | undefined> => {
    const kept = await readFile(fileOf(entry))
      .then((bytes) => deserialize(bytes) as Kept)
      .catch(() => undefined);
    const same = kept?.tool === tool && [...kept.sources].every(([path, then]) => hashNow(path) === then);
    return same ? kept.compiled : undefined;
  };
  const kept = await Promise.all(entries.map(keptFor));
  const stale = entries.filter((_, index) => !kept[index]);
  const started = Date.now();
  const fresh = stale.length > 0 ? await compile(root, stale, names) : new Map<string, Compiled>();
  const hashThen = hashes(root);
  // A source that was saved during the compilation could have been read before or after: its output is not cached.
  const settled = once(
    (path) => (statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0) < started,
  );
  await Promise.all(
    stale.map(async (entry) => {
      const compiled = fresh.get(entry.out);
      const paths = compiled ? filesBehind(compiled) : [];
      if (!compiled || !paths.every(settled)) return;
      const sources = new Map(paths.map((path) => [path, hashThen(path)]));
      await writeWhole(fileOf(entry), serialize({ tool, sources, compiled } satisfies Kept));
    }),
  );
  return new Map(
    entries.flatMap((entry, index) => {
      const compiled = kept[index] ?? fresh.get(entry.out);
      return compiled ? [[entry.out, compiled] as const] : [];
    }),
  );
}
