import { basename, dirname, relative, sep } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { loadsLater } from './lazy-imports.ts';
import {
  leanAiSdk,
  leanSchemas,
  ownSources,
  plainBuiltins,
  tesseractThread,
  withoutBallast,
} from './plugins.ts';

/** esbuild lives for a second: collecting its garbage would take a third of it. */
process.env.GOGC ??= '400';

/** One module to make of an entry and all that it imports. */
export interface Entry {
  /** Without extension, e.g. `functions/cleanup/index`. */
  out: string;
  /** The source, from the root of the project. */
  in: string;
}

export interface Compiled {
  /** `<entry>.mjs`, and beside it what the entry loads only when it is needed. */
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
} as const;

/**
 * Entries as minified ES modules, by their `out`. Nothing in the result depends on where the project lies, or on what
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
  const together = entries.filter((_, index) => !later[index]);
  const made = await Promise.all([
    ...(together.length > 0 ? [make(root, together, names, {})] : []),
    ...alone.map((entry) => {
      const chunkNames = `${dirname(entry.out)}/[name]-[hash]`;
      return make(root, [entry], names, { splitting: true, chunkNames });
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
  options: Pick<BuildOptions, 'splitting' | 'chunkNames'>,
): Promise<[string, Compiled][]> {
  const { outputFiles, metafile } = await build({
    ...shared,
    ...options,
    absWorkingDir: root,
    entryPoints: [...entries],
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    external: ['*.node'],
    sourcemap: 'external',
    // The commit has the sources; a map without them is a tenth of the size.
    sourcesContent: false,
    metafile: true,
    plugins: [
      withoutBallast,
      leanSchemas,
      leanAiSdk,
      plainBuiltins,
      tesseractThread,
      ownSources(names, leftOut),
    ],
  });
  const contents = new Map(
    outputFiles.map((file) => [relative(root, file.path).split(sep).join('/'), file.contents]),
  );
  return entries.map(({ out, in: source }) => {
    const outputs = options.splitting ? [...contents.keys()] : [`dist/${out}.mjs`, `dist/${out}.mjs.map`];
    const files = (ending: string) =>
      new Map(
        outputs
          .filter((name) => name.endsWith(ending))
          .map((name) => [basename(name), contents.get(name) ?? new Uint8Array()]),
      );
    const used = new Set(outputs.flatMap((name) => usedInputs(metafile, name)));
    const sources = reachable(metafile, source);
    return [out, { code: files('.mjs'), maps: files('.map'), inputs: [...used].sort(), sources }];
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

/** tesseract.js's own thread: CommonJS, because its WebAssembly is looked for beside `__dirname`. */
export async function compileTesseractThread(root: string, core: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...shared,
    absWorkingDir: root,
    entryPoints: ['node_modules/tesseract.js/src/worker-script/node/index.js'],
    format: 'cjs',
    plugins: [
      withoutBallast,
      {
        name: 'one-core',
        setup(own) {
          // The cores for older engines and for other kinds of recognition are never asked for.
          own.onResolve({ filter: /^tesseract\.js-core\// }, ({ path }) =>
            path === `tesseract.js-core/${core}` ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
