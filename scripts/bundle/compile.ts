import { availableParallelism } from 'node:os';
import { basename, dirname, relative, sep } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import pLimit from 'p-limit';
import { loadsLater } from './lazy-imports.ts';
import {
  literalKeys,
  ownSources,
  plainBuiltins,
  tesseractThread,
  withoutBallast,
  zodByName,
} from './plugins.ts';

/** A third of esbuild's time would be garbage collection: it is off below a gigabyte. */
process.env.GOGC ??= 'off';
process.env.GOMEMLIMIT ??= '1GiB';

/** A module to build from an entry and everything that it imports. */
export interface Entry {
  /** Without extension, e.g. `functions/cleanup/index`. */
  out: string;
  /** The source, relative to the root of the project. */
  in: string;
  /** An ES module by default. */
  format?: 'cjs';
}

export interface Compiled {
  /** `<entry>.mjs` or `.cjs`, and next to it the chunks that the entry loads on demand. */
  code: ReadonlyMap<string, Uint8Array>;
  maps: ReadonlyMap<string, Uint8Array>;
  /** Every source that contributed code, relative to the root of the project. */
  inputs: string[];
  /** Every source that was read for it, including those without remaining code. */
  sources: string[];
}

/** The voice for one machine: GPL, so it is excluded, and a stage that names it is rejected. */
const leftOut = ['espeak-process'];

/** Some packages are CommonJS and expect these; a bundle of ES modules has neither. */
const banner =
  "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url),__dirname=import.meta.dirname,__filename=import.meta.filename;";

const shared = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  // esbuild can't know which version of Unicode Node has, and would make such a pattern again at each use.
  supported: { 'regexp-unicode-property-escapes': true },
  write: false,
  legalComments: 'none',
  // A checkout with a symbolic link as node_modules gives the same bundles.
  preserveSymlinks: true,
  // Errors are thrown and reported once.
  logLevel: 'silent',
  external: ['*.node'] as string[],
  sourcemap: 'external',
  // The commit has the sources; a map without them is a tenth of the size.
  sourcesContent: false,
  metafile: true,
} as const;

/** More at once would fill the gigabyte, and esbuild would do little but collect garbage. */
const atOnce = pLimit(availableParallelism());

/** Options that differ between the formats. */
const formats = {
  esm: {
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    outExtension: { '.js': '.mjs' },
  },
  cjs: { format: 'cjs', outExtension: { '.js': '.cjs' } },
} satisfies Record<string, BuildOptions>;

/**
 * Compiles entries to minified modules, by their `out`. The result does not depend on the path of the project, or on
 * what else is compiled.
 * @param names modules that can be started by their path
 */
export async function compile(
  root: string,
  entries: readonly Entry[],
  names = namesOf(entries),
): Promise<Map<string, Compiled>> {
  const later = await Promise.all(entries.map((entry) => loadsLater(root, entry.in)));
  // Entries with chunks are compiled one by one, since shared chunks would change with any of them.
  const alone = entries.filter((_, index) => later[index]);
  const together = (format?: 'cjs') =>
    entries.filter((entry, index) => !later[index] && entry.format === format);
  const made = await Promise.all([
    atOnce(() => make(root, together(), names, formats.esm)),
    atOnce(() => make(root, together('cjs'), names, formats.cjs)),
    ...alone.map((entry) => {
      const chunkNames = `${dirname(entry.out)}/[name]-[hash]`;
      return atOnce(() => make(root, [entry], names, { ...formats.esm, splitting: true, chunkNames }));
    }),
  ]);
  return new Map(made.flat());
}

/** Returns the modules of entries by their names. */
export const namesOf = (entries: readonly Entry[]): string[] =>
  [...new Set(entries.map(({ out }) => basename(out)))].sort();

async function make(
  root: string,
  entries: readonly Entry[],
  names: readonly string[],
  options: Pick<BuildOptions, keyof typeof formats.esm | 'splitting' | 'chunkNames'>,
): Promise<[string, Compiled][]> {
  if (entries.length === 0) return [];
  const { outputFiles, metafile } = await build({
    ...shared,
    ...options,
    absWorkingDir: root,
    entryPoints: entries.map(({ out, in: source }) => ({ out, in: source })),
    outdir: 'dist',
    plugins: [
      withoutBallast,
      plainBuiltins,
      literalKeys,
      zodByName,
      tesseractThread,
      ownSources(names, leftOut),
    ],
  });
  const contents = new Map(
    outputFiles.map((file) => [relative(root, file.path).split(sep).join('/'), file.contents]),
  );
  return entries.map(({ out, in: source }) => {
    const one = `dist/${out}${options.outExtension?.['.js']}`;
    const outputs = options.splitting ? [...contents.keys()] : [one, `${one}.map`];
    const files = (ending: RegExp) =>
      new Map(
        outputs
          .filter((name) => ending.test(name))
          .map((name) => [basename(name), contents.get(name) ?? new Uint8Array()]),
      );
    const used = new Set(outputs.flatMap((name) => usedInputs(metafile, name)));
    const sources = reachable(metafile, source);
    return [out, { code: files(/js$/), maps: files(/map$/), inputs: [...used].sort(), sources }];
  });
}

/** Returns the size of a source after tree shaking; a source without remaining code is in no bundle. */
function usedInputs(metafile: Metafile, output: string): string[] {
  const inputs = Object.entries(metafile.outputs[output]?.inputs ?? {});
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([name]) => name);
}

function reachable(metafile: Metafile, entry: string): string[] {
  const seen = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const input = metafile.inputs[path];
    if (seen.has(path) || !input) continue;
    seen.add(path);
    open.push(...input.imports.map((one) => one.path));
  }
  return [...seen].sort();
}
