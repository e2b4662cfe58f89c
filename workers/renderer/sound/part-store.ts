import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import type { Artifacts } from '../../../domain/artifacts.ts';
import { ArtifactInvalid, RenderError } from '../../../domain/errors.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import { encoderBuild } from '../encoder-version.ts';
import { loadArtifact } from '../load-inputs.ts';
import type { RendererPorts, RenderOptions } from '../ports.ts';
import type { Timeline } from '../timeline.ts';
import { EncodedPart, encodePart, sha256Of } from './encode-part.ts';
import type { Aim } from './master-sound.ts';
import { MeasuredPart, measurePart } from './measure-part.ts';
import { type StoredMusic, storeMusic } from './mix-music.ts';
import { mixPart } from './mix-part.ts';
import { type MusicPart, musicParts } from './music-by-mood.ts';
import { musicIn, namePart } from './name-part.ts';
import type { SoundPart } from './plan-parts.ts';
import { bytesOf } from './raw-samples.ts';
import { findRecordings } from './recordings.ts';
import { sealMeasures, unsealMeasures } from './sealed-measures.ts';
import { checkArguments, driveArguments, encodeSoundArguments, Mastering } from './sound-arguments.ts';

/** A part takes a core two seconds; this leaves time on a machine that is busy. */
const timeoutMs = 300_000;

export interface SoundWork {
  artifacts: Artifacts;
  ports: Pick<
    RendererPorts,
    'readJson' | 'download' | 'downloadVersion' | 'versionsBelow' | 'upload' | 'reportBroken'
  >;
  options: RenderOptions;
}

/** A part that is stored as it is heard. */
export interface MadePart {
  part: SoundPart;
  encoded: EncodedPart;
}

/**
 * Opens the parts of a sound: each is in the bucket under the hash of everything that is heard in it, or is made and stored there. It has
 * the same bytes wherever it is made. Throws ArtifactInvalid if a recording is missing; its functions throw RenderError if one can't be
 * read.
 */
export async function openPartStore(timeline: Timeline, { artifacts, ports, options }: SoundWork) {
  const { workDirectory } = options;
  const music = options.music ? musicParts(timeline.segments, options.music) : [];
  const recordings = await findRecordings(
    timeline.segments.map(({ audio }) => audio),
    music.flatMap(({ source }) => (typeof source === 'object' ? [source.key] : [])),
    { artifacts, ports },
  );
  const heard = {
    ...{ timeline, music, versionOf: recordings.versionOf },
    encoder: await encoderBuild(options),
  };
  let stored = await ports.versionsBelow(artifacts.renderPieces);
  /** Keys of what was encoded here, whose file is there. */
  const here = new Set<string>();
  const decoded = new Map<MusicPart, Promise<StoredMusic>>();

  const measuresKey = (part: SoundPart, drives: readonly number[]) =>
    artifacts.renderMeasures(namePart(part, heard, driveArguments('', drives, String)));
  const encodedKeys = (part: SoundPart, mastering: Mastering) => {
    const made = [...encodeSoundArguments('', mastering, ''), ...checkArguments('', { from: 0, to: 0 }, '')];
    const name = namePart(part, heard, made);
    return { sound: artifacts.renderSound(name), measures: artifacts.renderMeasures(name) };
  };
  const masteringKey = (parts: readonly SoundPart[], drives: readonly number[], aim: Aim) => {
    const measures = parts.map((part) => measuresKey(part, drives));
    const name = createHash('sha256')
      .update(JSON.stringify([aim, measures]))
      .digest('hex');
    return artifacts.renderMeasures(name.slice(0, 32));
  };
  const trackOf = ({ index }: SoundPart) => join(workDirectory, `mix-${index}.s16`);
  const fileOf = ({ index }: SoundPart) => join(workDirectory, `sound-${index}.aac`);
  const runUntil = (signal: AbortSignal) => (args: string[]) =>
    runFfmpeg(args, { binary: options.ffmpeg, timeoutMs, signal });

  /** Reads what is known of a stored part; undefined if nothing is, or if it can't be used and has to be made again. */
  async function find<S extends z.ZodType>(key: string, schema: S): Promise<z.infer<S> | undefined> {
    if (!stored.has(key)) return undefined;
    try {
      const readJson = async () => unsealMeasures(key, await ports.readJson(key));
      return await loadArtifact(key, schema, { readJson });
    } catch (error) {
      if (!(error instanceof ArtifactInvalid)) throw error;
      await ports.reportBroken(key);
      return undefined;
    }
  }

  async function putMeasures(key: string, measures: unknown, name: string | number): Promise<void> {
    const file = join(workDirectory, `measures-${name}.json`);
    await writeFile(file, JSON.stringify(sealMeasures(key, measures)));
    await ports.upload(key, file, 'application/json');
  }

  async function decodeMusic(one: MusicPart, signal: AbortSignal): Promise<StoredMusic> {
    const file = join(workDirectory, `music-${music.indexOf(one)}.s16`);
    try {
      return await storeMusic(one.source, file, { run: runUntil(signal), fetch: recordings.fetch });
    } catch (error) {
      signal.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      throw new RenderError(`The music can't be read: ${message}`, { cause: error });
    }
  }

  /** Decodes music once, whichever part asks for it first. */
  function decodedOnce(one: MusicPart, signal: AbortSignal): Promise<StoredMusic> {
    const made = decoded.get(one) ?? decodeMusic(one, signal);
    decoded.set(one, made);
    return made;
  }

  /** Mixes a part, also into its file. */
  async function mix(part: SoundPart, signal: AbortSignal) {
    const made = await mixPart(part, timeline, {
      ...{ ffmpeg: options.ffmpeg, signal, folder: workDirectory, fetch: recordings.fetch },
      music: await Promise.all(
        musicIn(part, music).map(async (one) => ({ ...one, stored: await decodedOnce(one, signal) })),
      ),
    });
    await writeFile(trackOf(part), bytesOf(made.mixed));
    return made;
  }

  /** Encodes a part and stores it, its measures last. */
  async function makeSound(part: SoundPart, mastering: Mastering, signal: AbortSignal): Promise<EncodedPart> {
    const keys = encodedKeys(part, mastering);
    if (!existsSync(trackOf(part))) await mix(part, signal);
    const files = { track: trackOf(part), output: fileOf(part) };
    const encoded = await encodePart(part, files, mastering, runUntil(signal));
    await ports.upload(keys.sound, fileOf(part), 'audio/aac');
    await putMeasures(keys.measures, encoded, part.index);
    here.add(keys.sound);
    return encoded;
  }

  return {
    /** Lists the stored parts again. */
    async refresh(): Promise<void> {
      stored = await ports.versionsBelow(artifacts.renderPieces);
    },

    isMeasured: (part: SoundPart, drives: readonly number[]): boolean =>
      stored.has(measuresKey(part, drives)),

    /** Returns what is known of a part before its mastering. */
    async measure(part: SoundPart, drives: readonly number[], signal: AbortSignal): Promise<MeasuredPart> {
      const key = measuresKey(part, drives);
      const known = await find(key, MeasuredPart);
      if (known) return known;
      const { mixed, timing } = await mix(part, signal);
      const measured = await measurePart(part, { mixed, track: trackOf(part) }, drives, runUntil(signal));
      await putMeasures(key, { ...measured, timing }, part.index);
      return { ...measured, timing };
    },

    /** Returns the mastering that was calculated for an aim from the measures of parts; undefined if none is stored. */
    mastering: (parts: readonly SoundPart[], drives: readonly number[], aim: Aim) =>
      find(masteringKey(parts, drives, aim), Mastering),

    async keepMastering(
      mastering: Mastering,
      parts: readonly SoundPart[],
      drives: readonly number[],
      aim: Aim,
    ): Promise<void> {
      await putMeasures(masteringKey(parts, drives, aim), mastering, 'mastering');
    },

    /** Makes sure that a part is stored as it is heard, and returns its measures. */
    async encode(part: SoundPart, mastering: Mastering, signal: AbortSignal): Promise<EncodedPart> {
      const { sound, measures } = encodedKeys(part, mastering);
      const known = stored.has(sound) ? await find(measures, EncodedPart) : undefined;
      return known ?? makeSound(part, mastering, signal);
    },

    /** Fetches a part that is stored as it is heard; one with other bytes is made again. Returns its file. */
    async fetch({ part, encoded }: MadePart, mastering: Mastering, signal: AbortSignal): Promise<string> {
      const file = fileOf(part);
      const { sound } = encodedKeys(part, mastering);
      if (here.has(sound)) return file;
      await ports.download(sound, file);
      if (sha256Of(await readFile(file)) === encoded.sha256) return file;
      await ports.reportBroken(sound);
      await makeSound(part, mastering, signal);
      return file;
    },
  };
}
