import { basename, dirname, relative, sep } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { loadsLater } from './lazy-imports.ts';
import { leanSdk } from './lean-sdk.ts';
import { leanAiSdk, ownSources, plainBuiltins, tesseractThread, withoutBallast } from './plugins.ts';

/** esbuild lives for two seconds, a third of which would be for garbage: it is left until there is a gigabyte of it. */
process.env.GOGC ??= 'off';
process.env.GOMEMLIMIT ??= '1GiB';

/** One module to make of an entry and all that it imports. */
export interface Entry {
  /** Without extension, e.g. `functions/cleanup/index`. */
  out: string;
  /** The source, from the root of the project. */
  in: string;
  /** An ES module unless it says otherwise. */
  format?: 'cjs';
}

export interface Compiled {
  /** `<entry>.mjs` or `.cjs`, and beside it what the entry loads only when it is needed. */
  code: ReadonlyMap<string, Uint8Array>;
  maps: ReadonlyMap<string, Uint8Array>;
  /** Every source that code of it came from, from the root of the project. */
  inputs: string[];
  /** Every source that was read for it, also those of which nothing was left. */
  sources: string[];
}

/** The voice of one machine: GPL, so it stays out, and a stage that names it is told so. */
const leftOut = ['espeak-process'];

/** Some packages are CommonJS and expect these; a bundle of ES modules has neither. */
const banner =
  "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url),__dirname=import.meta.dirname,__filename=import.meta.filename;";

const shared = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  write: false,
  legalComments: 'none',
  // A checkout whose node_modules is a link makes the same bundles.
  preserveSymlinks: true,
  // What goes wrong is thrown, and said once.
  logLevel: 'silent',
  external: ['*.node'] as string[],
  sourcemap: 'external',
  // The commit has the sources; a map without them is a tenth of the size.
  sourcesContent: false,
  metafile: true,
} as const;

/** In what the formats differ. */
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
 * Entries as minified modules, by their `out`. Nothing in the result depends on where the project lies, or on what
 * else is compiled.
 * @param names modules that may be started by their path
 */
export async function compile(
  root: string,
  entries: readonly Entry[],
  names = namesOf(entries),
): Promise<Map<string, Compiled>> {
  const later = await Promise.all(entries.map((entry) => loadsLater(root, entry.in)));
  // Entries with chunks are compiled one by one: chunks that they share would change with any of them.
  const alone = entries.filter((_, index) => later[index]);
  const together = (format?: 'cjs') =>
    entries.filter((entry, index) => !later[index] && entry.format === format);
  const made = await Promise.all([
    make(root, together(), names, formats.esm),
    make(root, together('cjs'), names, formats.cjs),
    ...alone.map((entry) => {
      const chunkNames = `${dirname(entry.out)}/[name]-[hash]`;
      return make(root, [entry], names, { ...formats.esm, splitting: true, chunkNames });
    }),
  ]);
  return new Map(made.flat());
}

/** The modules of entries by their own names. */
export const namesOf = (entries: readonly Entry[]): string[] => entries.map(({ out }) => basename(out));

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
    plugins: [withoutBallast, leanSdk, leanAiSdk, plainBuiltins, tesseractThread, ownSources(names, leftOut)],
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

/** What was left of a source after tree shaking; one of which nothing was left is in no bundle. */
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
