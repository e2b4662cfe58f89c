import { hash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type PageLanguage, pageLanguages, trainedData } from 'comic-reader/languages';
import type { Deployment } from '../../config/deployment.ts';
import { type FunctionEntry, functionNames, functions } from '../../config/functions.ts';
import { workers } from '../../config/workers.ts';
import { readLockfile } from '../supply-chain/lockfile.ts';
import { archiveReader, archiveReaderFiles } from './archive-reader.ts';
import { BundleRefused } from './bundle-refused.ts';
import type { Compiled, Entry } from './compile.ts';
import { compileThroughCache } from './compile-cache.ts';
import { type Deflate, deflater } from './deflate.ts';
import { ffmpegArchives } from './ffmpeg.ts';
import type { Files } from './files.ts';
import { fontFiles, shaper } from './fonts.ts';
import { ocrFiles, ocrThread } from './ocr.ts';
import { type Lock, refuseLocalOnly, sharpBinaries, usesPackage } from './packages.ts';
import { signingFiles, signingLibrary } from './signing.ts';
import { type Bundle, refuseLarge } from './sizes.ts';
import { tgz } from './tar.ts';
import { zip } from './zip.ts';

interface Native {
  root: string;
  architecture: Deployment['architecture'];
  lock: Lock;
  deflate: Deflate;
}

interface Workshop extends Native {
  compiled: ReadonlyMap<string, Compiled>;
  ocr: Files;
  signing: Files;
}

/**
 * Modules that start as a thread of a function or a worker; in an archive they are next to the module that starts them. A function
 * has one core, and encodes without a thread.
 */
const threads: Readonly<Record<string, readonly string[]>> = {
  'workers/renderer': [
    'workers/renderer/pieces/piece-worker.ts',
    'providers/content-credentials/signing-thread.ts',
  ],
  'functions/render': ['providers/content-credentials/signing-thread.ts'],
};

const functionOut = (name: string) => `functions/${name}/index`;
const workerOut = (name: string) => `workers/${name}/main`;
const threadsOf = (folder: string): Entry[] =>
  (threads[folder] ?? []).map((module) => ({ out: `${folder}/${basename(module, '.ts')}`, in: module }));

/** Modules that start in the cloud: every function, every worker, and their threads. */
export function bundledModules(): Entry[] {
  return [
    ...functionNames.map((name) => ({ out: functionOut(name), in: `functions/${name}/handler.ts` })),
    ...Object.keys(workers).map((name) => ({ out: workerOut(name), in: `workers/${name}/main.ts` })),
    ...Object.keys(threads).flatMap(threadsOf),
    ocrThread,
  ];
}

export interface BundleOptions {
  architecture: Deployment['architecture'];
  languages?: readonly PageLanguage[];
  /** Whether functions of the stage run FFmpeg. */
  withFfmpeg?: boolean;
  /** Whether the stage signs its videos. */
  signs?: boolean;
}

/** Builds every bundle in `dist/`; nothing is written before all of them are valid. */
export async function bundle(
  root: string,
  { architecture, languages = pageLanguages, withFfmpeg = false, signs = false }: BundleOptions,
): Promise<Bundle[]> {
  const dist = join(root, 'dist');
  const lock = await readLockfile(root);
  const { deflate, prune } = deflater(join(dist, 'deflated'));
  // Compresses while the compiler works.
  const native = { root, architecture, lock, deflate };
  const [compiled, layers, ocr, signing] = await Promise.all([
    compileThroughCache(root, bundledModules(), join(dist, 'compiled')),
    layerArchives(native, withFfmpeg),
    ocrFiles(
      root,
      languages.map((language) => trainedData[language]),
    ),
    signs ? signingFiles(root) : new Map<string, Uint8Array>(),
  ]);
  for (const [out, { inputs }] of compiled) refuseLocalOnly(out, inputs, lock);
  const shop: Workshop = { ...native, compiled, ocr, signing };
  const made = [...(await functionZips(shop)), ...layers, ...(await workerArchives(shop))];
  const bundles = made.map(([file, bytes]) => ({
    file,
    bytes: bytes.byteLength,
    sha256: hash('sha256', bytes),
  }));
  refuseLarge(bundles);
  await write(dist, new Map(made), compiled);
  await prune();
  return bundles;
}

const module = (shop: Workshop, out: string): Compiled => {
  const compiled = shop.compiled.get(out);
  if (!compiled) throw new Error(`${out} was not compiled`);
  return compiled;
};

const signs = (modules: readonly Compiled[]) =>
  modules.some(({ inputs }) => usesPackage(inputs, signingLibrary));

async function functionZips(shop: Workshop): Promise<[string, Buffer][]> {
  const made = Object.entries(functions).map(async ([name, entry]: [string, FunctionEntry]) => {
    const { code, inputs } = module(shop, functionOut(name));
    if (usesPackage(inputs, 'sharp') !== (entry.layers?.includes('sharp') ?? false))
      throw new BundleRefused(
        `${name} ${entry.layers?.length ? 'does not use' : 'uses'} sharp; its entry in config/functions.ts says otherwise`,
      );
    const ocr = usesPackage(inputs, 'tesseract.js') ? [...module(shop, ocrThread.out).code, ...shop.ocr] : [];
    const archives = usesPackage(inputs, archiveReader) ? await archiveReaderFiles(shop.root) : [];
    const fonts = usesPackage(inputs, shaper) ? await fontFiles(shop.root) : [];
    const own = threadsOf(`functions/${name}`).map(({ out }) => module(shop, out));
    const files: Files = new Map([
      ...code,
      ...own.flatMap((thread) => [...thread.code]),
      ...(signs(own) ? shop.signing : []),
      ...[...ocr, ...archives, ...fonts],
    ]);
    return [`functions/${name}.zip`, await zip(files, shop.deflate)] satisfies [string, Buffer];
  });
  return Promise.all(made);
}

/** Lambda mounts a layer at /opt, where the runtime's `require` searches `nodejs/node_modules`. */
async function layerArchives(native: Native, withFfmpeg: boolean): Promise<[string, Buffer][]> {
  const { root, architecture, lock, deflate } = native;
  const files = await sharpBinaries(root, architecture, lock, 'nodejs/node_modules');
  return [
    [`layers/sharp-${architecture}.zip`, await zip(files, deflate)],
    ...(withFfmpeg ? await ffmpegArchives(native) : []),
  ];
}

async function workerArchives(shop: Workshop): Promise<[string, Buffer][]> {
  const { root, architecture, lock, deflate } = shop;
  const made = Object.keys(workers).map(async (name) => {
    const outs = [workerOut(name), ...threadsOf(`workers/${name}`).map(({ out }) => out)];
    const modules = outs.map((out) => module(shop, out));
    const files = new Map(modules.flatMap(({ code }) => [...code]));
    const native = modules.some(({ inputs }) => usesPackage(inputs, 'sharp'))
      ? await sharpBinaries(root, architecture, lock, 'node_modules')
      : new Map<string, Uint8Array>();
    const fonts = modules.some(({ inputs }) => usesPackage(inputs, shaper))
      ? await fontFiles(root)
      : new Map();
    const signing = signs(modules) ? shop.signing : [];
    for (const [file, bytes] of [...native, ...fonts, ...signing]) files.set(file, bytes);
    return [`workers/${name}-${architecture}.tgz`, await tgz(files, deflate)] satisfies [string, Buffer];
  });
  return Promise.all(made);
}

async function write(
  dist: string,
  archives: ReadonlyMap<string, Uint8Array>,
  compiled: ReadonlyMap<string, Compiled>,
): Promise<void> {
  for (const folder of ['functions', 'workers', 'layers', 'maps'])
    await rm(join(dist, folder), { recursive: true, force: true });
  const maps = [...compiled].flatMap(([out, one]) =>
    [...one.maps].map(([name, map]) => [`maps/${dirname(out)}/${name}`, map] as const),
  );
  await Promise.all(
    [...archives, ...maps].map(async ([file, bytes]) => {
      await mkdir(dirname(join(dist, file)), { recursive: true });
      await writeFile(join(dist, file), bytes);
    }),
  );
}
