import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifacts } from '../../../domain/artifacts.ts';
import { ArtifactInvalid, RenderError } from '../../../domain/errors.ts';
import { encoderVersion } from '../encoder-version.ts';
import type { Chore } from '../pieces/piece-workers.ts';
import type { RendererPorts, RenderOptions } from '../ports.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Timeline } from '../timeline.ts';
import { makeSound } from './make-sound.ts';
import { type MusicPart, musicParts } from './music-by-mood.ts';
import { encodeSoundArguments } from './sound-arguments.ts';

/** Increased when the same recordings would sound different: levels, mastering, music. */
const soundVersion = 1;
/** CPU for the sound of a frame, relative to its picture: 18.5 s and 256 s were measured for ten minutes. */
const soundCost = 1 / 14;

interface SoundWork {
  artifacts: Artifacts;
  ports: Pick<RendererPorts, 'download' | 'keysBelow' | 'upload'>;
  options: RenderOptions;
}

/** Returns the file of a video's sound, and the work that puts it there. */
export function soundChore(timeline: Timeline, work: SoundWork): Chore & { file: string } {
  const file = join(work.options.workDirectory, 'sound.m4a');
  return {
    file,
    frames: Math.round(timeline.frames * soundCost),
    make: (signal) => storeSound(timeline, file, { ...work, options: { ...work.options, signal } }),
  };
}

/**
 * Fetches the sound from the bucket, or makes it and stores it there, under the hash of everything that is heard. Throws RenderError if
 * speech or music can't be read, and as `makeSound` does.
 */
async function storeSound(
  timeline: Timeline,
  output: string,
  { artifacts, ports, options }: SoundWork,
): Promise<void> {
  const { ffmpeg, signal, workDirectory } = options;
  const music = options.music ? musicParts(timeline.segments, options.music) : [];
  const recordings = await fetchRecordings(timeline, music, { ports, options });
  const heard = {
    version: [
      soundVersion,
      await encoderVersion(options),
      encodeSoundArguments('', { gain: 0, ceiling: 0 }, ''),
    ],
    frames: timeline.frames,
    // The words are not heard, but the recordings are checked against their times.
    segments: timeline.segments.map(({ audio, start, speechEnd, words }) => [
      ...[start, speechEnd, words, recordings.get(audio)?.hash],
    ]),
    music: music.map(({ source, stretches }) => [
      ...[typeof source === 'object' ? recordings.get(source.key)?.hash : source, stretches],
    ]),
  };
  const hash = createHash('sha256').update(JSON.stringify(heard)).digest('hex').slice(0, 32);
  const key = artifacts.renderSound(hash);
  if ((await ports.keysBelow(artifacts.renderPieces)).has(key)) return ports.download(key, output);
  await makeSound(timeline, {
    ...{ ffmpeg, signal, output, folder: workDirectory, music },
    download: (name, file) => copyFile(recordings.get(name)?.file ?? '', file),
  });
  await ports.upload(key, output, 'audio/mp4');
}

/** Downloads the speech of all segments, and the music: five hours are 90 MB. Returns file and hash of each by its key. */
async function fetchRecordings(
  { segments }: Timeline,
  music: readonly MusicPart[],
  { ports, options: { workDirectory, signal } }: Omit<SoundWork, 'artifacts'>,
) {
  const keys = segments.map(({ audio }) => audio);
  for (const { source } of music) if (typeof source === 'object') keys.push(source.key);
  const fetched = await sideBySide([...new Set(keys)], signal, async (key) => {
    const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
    const file = join(workDirectory, `heard-${name}`);
    try {
      await ports.download(key, file);
    } catch (error) {
      if (error instanceof ArtifactInvalid) throw error;
      const what = keys.indexOf(key) < segments.length ? 'speech' : 'music';
      throw new RenderError(`The ${what} in ${key} can't be read: ${String(error)}`, { cause: error });
    }
    const hash = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    return [key, { file, hash }] as const;
  });
  return new Map(fetched);
}
