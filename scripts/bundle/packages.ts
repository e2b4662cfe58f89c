import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment } from '../../config/deployment.ts';
import type { readLockfile } from '../supply-chain/lockfile.ts';
import { BundleRefused } from './bundle-refused.ts';
import { type Files, filesOf } from './files.ts';

export type Lock = Awaited<ReturnType<typeof readLockfile>>;

/** Replaced by our code (plugins.ts), so their names in a bundle have no meaning. */
const replaced = new Set(['node_modules/supports-color']);

/** `node_modules/a/node_modules/@b/c/index.js` → `node_modules/a/node_modules/@b/c`. */
const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * Rejects a bundle that contains a package which only development needs, and names the package:
 * espeak (GPL), the embedded cloud and FFmpeg from npm are for one machine only.
 */
export function refuseLocalOnly(bundle: string, inputs: readonly string[], lock: Lock): void {
  const folders = new Set(inputs.flatMap((input) => packageFolder.exec(input)?.[0] ?? []));
  for (const folder of folders) {
    if (lock[folder]?.dev !== false && !replaced.has(folder))
      throw new BundleRefused(
        `${bundle} pulls in ${folder.split('node_modules/').at(-1)}, which is for one machine only; ` +
          'load it where the provider is chosen, or move it to the dependencies',
      );
  }
}

export const usesPackage = (inputs: readonly string[], name: string): boolean =>
  inputs.some((input) => input.startsWith(`node_modules/${name}/`));

const cpus = { x86_64: 'x64', arm64: 'arm64' } as const;

/** Returns sharp's native binding and libvips for the deployment's architecture, below `within`. */
export async function sharpBinaries(
  root: string,
  architecture: Deployment['architecture'],
  lock: Lock,
  within: string,
): Promise<Files> {
  const cpu = cpus[architecture];
  const files = new Map<string, Uint8Array>();
  for (const name of [`@img/sharp-linux-${cpu}`, `@img/sharp-libvips-linux-${cpu}`]) {
    const folder = await installedFolder(root, name, cpu, lock, 'sharp');
    const found = await filesOf(folder, `${within}/${name}`, (file) => !/README|\/include\//.test(file));
    for (const [file, bytes] of found) files.set(file, bytes);
  }
  return files;
}

/** Returns the folder of FFmpeg's program for the deployment's architecture, and its version in the lockfile. */
export async function ffmpegPackage(root: string, architecture: Deployment['architecture'], lock: Lock) {
  const cpu = cpus[architecture];
  const name = `@ffmpeg-installer/linux-${cpu}`;
  const version = lock[`node_modules/${name}`]?.version;
  return { name, version, folder: await installedFolder(root, name, cpu, lock, '@ffmpeg-installer/ffmpeg') };
}

/**
 * Returns where npm put a package of another platform: next to the others, or where the command below puts it, which installs
 * `parent`, the package that chooses it.
 */
async function installedFolder(
  root: string,
  name: string,
  cpu: string,
  lock: Lock,
  parent: string,
): Promise<string> {
  const wanted = lock[`node_modules/${name}`]?.version;
  const platform = `dist/platforms/linux-${cpu}`;
  for (const base of [root, join(root, platform)]) {
    const folder = join(base, 'node_modules', name);
    const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
    if (manifest && (JSON.parse(manifest) as { version: string }).version === wanted) return folder;
  }
  const chooser = `${parent}@${lock[`node_modules/${parent}`]?.version}`;
  throw new BundleRefused(
    `${name} ${wanted} is not installed here; get it with: npm install --prefix ${platform} --no-save ` +
      `--os=linux --cpu=${cpu} --libc=glibc ${chooser}`,
  );
}
