import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ArtifactInvalid, ConfigurationError, RenderError } from '../../domain/errors.ts';
import type { RendererPorts } from './ports.ts';

/**
 * Fetches the FFmpeg that the stage's functions have, and returns its path. Pieces are named by the encoder that makes them, so a
 * machine with another one would make all of them again. Throws ConfigurationError if it is not the file that was deployed; and
 * RenderError if it is no longer there, since the next machine gets the one that is deployed then.
 */
export async function fetchFfmpeg(
  { url, sha256 }: { url: string; sha256: string | undefined },
  folder: string,
  download: RendererPorts['download'],
): Promise<string> {
  const packed = join(folder, 'ffmpeg.gz');
  await download(new URL(url).pathname.slice(1), packed).catch((cause: unknown) => {
    if (!(cause instanceof ArtifactInvalid)) throw cause;
    throw new RenderError(`${url} is gone: a deployment replaced it while this machine booted`, { cause });
  });
  const hash = createHash('sha256');
  await pipeline(createReadStream(packed), hash);
  if (hash.digest('hex') !== sha256)
    throw new ConfigurationError(`${url} is not the FFmpeg that was deployed: its SHA-256 differs`);
  const program = join(folder, 'ffmpeg');
  await pipeline(createReadStream(packed), createGunzip(), createWriteStream(program, { mode: 0o700 }));
  await rm(packed);
  return program;
}
