import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RenderError } from '../../../domain/errors.ts';
import { renderMeasures } from '../../../domain/render-time.ts';
import type { Shard } from '../../../domain/worker-task.ts';
import type { Chore } from '../pieces/piece-workers.ts';
import { requestsAtOnce, sideBySide } from '../side-by-side.ts';
import { checkTiming } from '../subtitles/speech-timing.ts';
import { samplesPerFrame, type Timeline } from '../timeline.ts';
import type { EncodedPart } from './encode-part.ts';
import {
  type Aim,
  findMastering,
  firstAim,
  judgeSound,
  stereoLoudness,
  usualDrives,
} from './master-sound.ts';
import type { MeasuredPart } from './measure-part.ts';
import { type MadePart, openPartStore, type SoundWork } from './part-store.ts';
import { partsOfShard, planParts, type SoundPart } from './plan-parts.ts';
import type { Mastering } from './sound-arguments.ts';

/** Number of times that the whole sound is encoded. AAC adds noise to noise, whose peaks another ceiling moves, so that one correction can miss. */
const mostAttempts = 4;

/** CPU for the sound of a frame, relative to its picture. */
const soundCost =
  renderMeasures.soundSeconds / (renderMeasures.functionSeconds - renderMeasures.soundSeconds);

/** Returns what a shard does for the sound beside its pieces, in frames that take as long. */
export const soundFrames = (timeline: Timeline, shard: Shard): number =>
  partsOfShard(planParts(timeline), shard).reduce(
    (sum, { from, to }) => sum + ((to - from) / samplesPerFrame) * soundCost,
    0,
  );

export interface Sound {
  /** Mixes and measures parts: before the pieces, so that the measures of all shards are there when one has made its pieces. */
  measuring: readonly Chore[];
  /** Encodes parts. A shard leaves them to the machine that joins if another one has not measured its parts until then. */
  encoding: readonly Chore[];
  /** Returns how many parts were left to the machine that joins. */
  left(): number;
  /** Makes what is missing, and writes the sound as one file (AAC in ADTS). Throws RenderError if it misses its targets. */
  join(): Promise<string>;
}

/**
 * Returns the work for the sound of a video, or for the part of a shard. Its mastering depends on the loudness of the whole, which is
 * calculated from measures of all parts, wherever they were made.
 */
export async function planSound(timeline: Timeline, work: SoundWork, shard?: Shard): Promise<Sound> {
  const { signal: whole, cores, workDirectory } = work.options;
  const parts = planParts(timeline);
  const own = shard ? partsOfShard(parts, shard) : parts;
  const store = await openPartStore(timeline, work);
  const measured = new Map<string, Promise<MeasuredPart>>();
  const encoded = new Map<string, Promise<EncodedPart>>();

  const measure = (part: SoundPart, drives: readonly number[], signal: AbortSignal) =>
    once(measured, `${part.index} ${drives}`, () => store.measure(part, drives, signal));
  const encode = (part: SoundPart, mastering: Mastering, signal: AbortSignal) =>
    once(encoded, `${part.index} ${mastering.gain} ${mastering.ceiling}`, () =>
      store.encode(part, mastering, signal),
    );

  /** Returns the measures of all parts; undefined in a shard if another one has not stored its own. */
  async function measureAll(drives: readonly number[], signal: AbortSignal) {
    if (!shard) return sideBySide(parts, { signal, atOnce: cores }, (part) => measure(part, drives, signal));
    await store.refresh();
    if (!parts.every((part) => store.isMeasured(part, drives))) return undefined;
    return sideBySide(parts, { signal, atOnce: requestsAtOnce }, (part) => measure(part, drives, signal));
  }

  /** Returns the mastering that reaches an aim; undefined in a shard without the measures for it. */
  async function masteringFor(aim: Aim, signal: AbortSignal): Promise<Mastering | undefined> {
    const usual = await measureAll(usualDrives, signal);
    if (!usual) return undefined;
    checkTiming(usual.flatMap(({ timing }) => timing));
    const loudnessAt = async (drive: number) => {
      const all = usualDrives.includes(drive) ? usual : await measureAll([drive], signal);
      return (
        all &&
        stereoLoudness(all.flatMap(({ driven }) => driven.find((at) => at.drive === drive)?.powers ?? []))
      );
    };
    return findMastering(stereoLoudness(usual.flatMap(({ raw }) => raw)), aim, loudnessAt);
  }

  /**
   * Returns the mastering of a shard; undefined without the measures for it. The first shard stores it for the others: if hundreds read
   * the measures of all parts, S3 would refuse most. The machine that joins does not rely on it.
   */
  async function masteringOfShard(signal: AbortSignal): Promise<Mastering | undefined> {
    await store.refresh();
    const known = await store.mastering(parts, usualDrives, firstAim);
    if (known) return known;
    const mastering = await masteringFor(firstAim, signal);
    if (mastering) await store.keepMastering(mastering, parts, usualDrives, firstAim);
    return mastering;
  }

  let left = 0;
  let first: Promise<Mastering | undefined> | undefined;
  const firstMastering = (signal: AbortSignal) => {
    first ??= shard ? masteringOfShard(signal) : masteringFor(firstAim, signal);
    return first;
  };

  return {
    measuring: own.map((part) => ({
      make: async (signal) => {
        await measure(part, usualDrives, signal);
      },
    })),
    encoding: own.map((part) => ({
      make: async (signal) => {
        const mastering = await firstMastering(signal);
        if (mastering) await encode(part, mastering, signal);
        else left += 1;
      },
    })),
    left: () => left,
    async join() {
      let aim = firstAim;
      for (let attempt = 1; ; attempt++) {
        const mastering = await (attempt === 1 ? firstMastering(whole) : masteringFor(aim, whole));
        if (!mastering) throw new RenderError('The sound was not measured');
        const made = await sideBySide(parts, { signal: whole, atOnce: cores }, async (part) => ({
          part,
          encoded: await encode(part, mastering, whole),
        }));
        const judged = judgeSound(
          made.map(({ encoded: one }) => one),
          aim,
        );
        if (!judged) return joined(made, mastering);
        if (attempt === mostAttempts) throw new RenderError(`The sound misses its targets: ${judged.fault}`);
        aim = judged.aim;
      }
    },
  };

  async function joined(made: readonly MadePart[], mastering: Mastering): Promise<string> {
    const file = join(workDirectory, 'sound.aac');
    const files = await sideBySide(made, { signal: whole, atOnce: requestsAtOnce }, (one) =>
      store.fetch(one, mastering, whole),
    );
    await writeFile(file, '');
    for (const part of files) await appendFile(file, await readFile(part));
    return file;
  }
}

/** Returns what is under a name, or begins to make it. */
function once<T>(made: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const begun = made.get(name) ?? make();
  made.set(name, begun);
  return begun;
}
