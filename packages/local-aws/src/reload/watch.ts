import { type FSWatcher, watch } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface SourceWatch {
  /** The last seen text of every file, by its real path. */
  readonly texts: ReadonlyMap<string, string>;
  close(): void;
}

/** Files whose text has changed, by their real paths; undefined for a deleted one. */
export type ChangedFiles = ReadonlyMap<string, string | undefined>;

/** Milliseconds in which the events of one save are batched: a write first appears as truncated, then as written. */
const gathering = 3;
/** Editors replace a file by removing or renaming it first; after this time in ms it counts as deleted. */
const replacing = 60;

const isSource = (path: string) => /\.(?:ts|js|mjs|json)$/.test(path) && !/\.test\.ts$/.test(path);
const isSkipped = (name: string) => name === 'node_modules' || name.startsWith('.');

/**
 * Watches files and folders recursively. It watches directories rather than files, because editors replace files, and
 * compares contents, because an event does not always mean a change. The targets of links are watched at their real
 * path.
 */
export async function watchSources(
  paths: readonly string[],
  onChange: (files: ChangedFiles) => void,
  onProblem: (text: string) => void,
): Promise<SourceWatch> {
  const texts = new Map<string, string>();
  const watchers = new Map<string, FSWatcher>();
  /** Files watched without their folder: targets of links, and files given by name. */
  const single = new Set<string>();
  const whole = new Set<string>();
  const reported = new Set<string>();
  const targets = new Map<string, string>();
  const standIns = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function watchFolder(folder: string): void {
    if (closed || watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_, name) => name && report(join(folder, name)));
      watcher.on('error', () => forget(folder));
      watchers.set(folder, watcher);
    } catch (error) {
      onProblem(`${folder} cannot be watched (${(error as Error).message}); changes in it need a restart`);
    }
  }

  function forget(folder: string): void {
    watchers.get(folder)?.close();
    watchers.delete(folder);
    whole.delete(folder);
  }

  function report(path: string): void {
    if (isSkipped(basename(path))) return;
    reported.add(path);
    timer ??= setTimeout(() => void look().catch((error: Error) => onProblem(String(error))), gathering);
  }

  /** Reads a folder recursively. Returns its files that are new. */
  async function take(path: string, changed: Map<string, string | undefined>): Promise<void> {
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined) return;
    const turned = await turn(path, real);
    if (turned !== undefined) changed.set(turned, await readFile(real, 'utf8'));
    const entry = await lstat(real);
    if (entry.isDirectory()) {
      if (whole.has(real)) return;
      whole.add(real);
      watchFolder(real);
      for (const name of await readdir(real)) if (!isSkipped(name)) await take(join(real, name), changed);
    } else if (entry.isFile() && isSource(real)) {
      if (!whole.has(dirname(real))) {
        single.add(real);
        watchFolder(dirname(real));
      }
      await compare(real, changed);
    }
  }

  async function compare(file: string, changed: Map<string, string | undefined>): Promise<void> {
    const text = await readFile(file, 'utf8');
    if (texts.get(file) === text) return;
    texts.set(file, text);
    for (const one of [file, ...(standIns.get(file) ?? [])]) changed.set(one, text);
  }

  /** Handles a link with a new target: threads keep using the old target's path, which gets the new target's text. */
  async function turn(path: string, real: string): Promise<string | undefined> {
    const before = targets.get(path);
    targets.set(path, real);
    if (before === undefined || before === real || !texts.has(before)) return undefined;
    standIns.set(real, new Set([...(standIns.get(real) ?? []), before]));
    return before;
  }

  const isWatched = (path: string) => whole.has(dirname(path)) || single.has(path);

  async function look(): Promise<void> {
    const paths = [...reported].filter(isWatched);
    reported.clear();
    timer = undefined;
    const changed = new Map<string, string | undefined>();
    for (const path of paths)
      await take(path, changed).catch(() => {
        // The file was deleted while it was read; its deletion is reported separately.
      });
    const gone = await missing(paths);
    if (gone.length > 0) setTimeout(() => void drop(gone), replacing);
    if (changed.size > 0 && !closed) onChange(changed);
  }

  async function missing(paths: readonly string[]): Promise<string[]> {
    const files = paths.flatMap((path) => [
      path,
      ...[...texts.keys()].filter((file) => file.startsWith(`${path}/`)),
    ]);
    const found = await Promise.all(
      files.filter((file) => texts.has(file)).map(async (file) => ((await exists(file)) ? [] : [file])),
    );
    return found.flat();
  }

  async function drop(files: readonly string[]): Promise<void> {
    const gone = await missing(files);
    for (const file of gone) texts.delete(file);
    for (const folder of watchers.keys()) if (!(await exists(folder))) forget(folder);
    if (gone.length > 0 && !closed) onChange(new Map(gone.map((file) => [file, undefined])));
  }

  for (const path of paths) await take(path, new Map());
  return {
    texts,
    close() {
      closed = true;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );
