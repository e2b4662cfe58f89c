/** Loads the modules of one function inside its thread, and reloads only those that changed. */
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import type { CodeChange } from './messages.ts';

export type Handler = (event: unknown, context: unknown) => unknown;

const formats: Readonly<Record<string, string>> = { ts: 'module-typescript', json: 'json' };
const formatOf = (url: string) => formats[/\.(\w+)$/.exec(url)?.[1] ?? ''] ?? 'module';
/** Returns the file of a module, without the version that distinguishes its loads. */
const fileOf = (url: string) => url.replace(/\?v=\d+$/, '');
const isOwn = (url: string) => url.startsWith('file:') && !url.includes('/node_modules/');

const textOf = (source: unknown) =>
  typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString();

/** Loads the module of a function, and reloads it after each change. `texts` are those that differ from the disk. */
export function loadCode(entry: string, texts: Iterable<readonly [string, string]>) {
  const replaced = new Map(texts);
  const versions = new Map<string, number>();
  const importers = new Map<string, Set<string>>();

  // A module of the same version is the same instance, so unchanged modules keep their connections and caches.
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const file = fileOf(resolved.url);
      if (!isOwn(file)) return resolved;
      if (context.parentURL) remember(file, fileOf(context.parentURL));
      const version = versions.get(file);
      return version === undefined ? resolved : { ...resolved, url: `${file}?v=${version}` };
    },
    load(url, context, next) {
      const file = fileOf(url);
      const text = replaced.get(file);
      const loaded =
        text === undefined
          ? next(url, context)
          : { format: formatOf(file), source: text, shortCircuit: true };
      if (url === file || loaded.format !== 'module-typescript') return loaded;
      // Debuggers know the file by its name, and their breakpoints must also hold in the new version.
      const source = stripTypeScriptTypes(textOf(loaded.source), { sourceUrl: file });
      return { ...loaded, format: 'module', source };
    },
  });

  function remember(file: string, importer: string): void {
    const known = importers.get(file);
    if (known) known.add(importer);
    else importers.set(file, new Set([importer]));
  }

  /** Returns the files and all modules that import them. */
  function reached(files: readonly string[]): Set<string> {
    const found = new Set(files);
    for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
    return found;
  }

  async function load(): Promise<Handler> {
    const version = versions.get(entry);
    const module = (await import(version === undefined ? entry : `${entry}?v=${version}`)) as {
      handler?: unknown;
    };
    if (typeof module.handler === 'function') return module.handler as Handler;
    const missing = new Error(`${entry} exports no function named handler`);
    missing.name = 'Runtime.HandlerNotFound';
    throw missing;
  }

  let current = load();
  current.catch(() => {});
  return {
    handler: () => current,

    /**
     * Applies a change. Returns whether it affects this function; throws and keeps the old code when it cannot be
     * loaded.
     */
    async change({ generation, files, variables }: CodeChange): Promise<boolean> {
      for (const [file, text] of files)
        if (text === null) replaced.delete(file);
        else replaced.set(file, text);
      if (variables) replaceVariables(variables);
      // The handler's module reads the environment.
      const changed = [...files.map(([file]) => file), ...(variables ? [entry] : [])];
      const affected = reached(changed);
      for (const file of affected) versions.set(file, generation);
      if (!affected.has(entry)) return false;
      const next = load();
      const works = await next.then(
        () => true,
        () => false,
      );
      // A function that never loaded has nothing to keep.
      if (
        works ||
        (await current.then(
          () => false,
          () => true,
        ))
      )
        current = next;
      await next;
      return true;
    },
  };
}

function replaceVariables(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
  Object.assign(process.env, variables);
}
