import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment } from '../../config/deployment.ts';
import type { Deflate } from './deflate.ts';
import { ffmpegPackage, type Lock } from './packages.ts';
import { gzip } from './tar.ts';
import { zip } from './zip.ts';

interface Options {
  root: string;
  architecture: Deployment['architecture'];
  lock: Lock;
  deflate: Deflate;
}

/**
 * Returns FFmpeg for functions and for machines, the same program: a layer, which Lambda mounts at /opt, with /opt/bin on PATH, and a
 * compressed file. It is GPL, and therefore in no bundle: the functions' code starts it as a separate process.
 */
export async function ffmpegArchives({
  root,
  architecture,
  lock,
  deflate,
}: Options): Promise<[string, Buffer][]> {
  const { name, version, folder } = await ffmpegPackage(root, architecture, lock);
  const program = await readFile(join(folder, 'ffmpeg'));
  const { homepage, ffmpeg: build } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    homepage: string;
    ffmpeg: string;
  };
  const source = [
    `FFmpeg ${build} (GPL-3.0, see COPYING.GPLv3), unchanged from npm's ${name} ${version}.`,
    `Built by ${homepage}, which names the sources of its libraries.`,
    'Source of FFmpeg: https://git.ffmpeg.org/ffmpeg.git',
  ];
  const layer = new Map<string, Uint8Array>([
    ['bin/ffmpeg', program],
    ['share/ffmpeg/COPYING.GPLv3', await readFile(join(import.meta.dirname, 'COPYING.GPLv3'))],
    ['share/ffmpeg/SOURCE', Buffer.from(`${source.join('\n')}\n`)],
  ]);
  return [
    [`layers/ffmpeg-${architecture}.zip`, await zip(layer, deflate, new Set(['bin/ffmpeg']))],
    [`layers/ffmpeg-${architecture}.gz`, await gzip(program, deflate)],
  ];
}
