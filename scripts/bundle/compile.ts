import { relative, sep } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { leanSchemas, plainHttp, startedModules, tesseractThread, withoutBallast } from './plugins.ts';

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
  code: Uint8Array;
  map: Uint8Array;
  /** Every source that code of it came from, from the root of the project. */
  inputs: string[];
}

/** The voice of one machine: GPL, so it stays out, and a stage that names it is told so. */
const leftOut = ['espeak-process'];

/** Some packages are CommonJS and expect these; a bundle of ES modules has neither. */
const banner =
  "import{createRequire}from'node:module';const require=createRequire(import.meta.url),__dirname=import.meta.dirname,__filename=import.meta.filename;";

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

/** Entries as minified ES modules, by their `out`. Nothing in the result depends on where the project lies. */
export async function compile(root: string, entries: readonly Entry[]): Promise<Map<string, Compiled>> {
  const names = entries.map(({ out }) => out.split('/').at(-1) ?? '');
  const { outputFiles, metafile } = await build({
    ...shared,
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
    plugins: [withoutBallast, leanSchemas, plainHttp, tesseractThread, startedModules(names, leftOut)],
  });
  const contents = new Map(
    outputFiles.map((file) => [relative(root, file.path).split(sep).join('/'), file.contents]),
  );
  const file = (name: string) => contents.get(name) ?? new Uint8Array();
  return new Map(
    entries.map(({ out }) => {
      const name = `dist/${out}.mjs`;
      return [out, { code: file(name), map: file(`${name}.map`), inputs: usedInputs(metafile, name) }];
    }),
  );
}

/** What was left of a source after tree shaking; one of which nothing was left is in no bundle. */
function usedInputs(metafile: Metafile, output: string): string[] {
  const inputs = Object.entries(metafile.outputs[output]?.inputs ?? {});
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([name]) => name);
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
