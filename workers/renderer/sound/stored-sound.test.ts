import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { artifactsOf } from '../../../domain/artifacts.ts';
import { findFfmpeg } from '../../../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import { folderPorts, jobId } from '../testing/test-job.ts';
import { audioRate as rate, samplesPerFrame, type TimedSegment, type Timeline } from '../timeline.ts';
import { framesOfAdts } from './adts.ts';
import type { MusicChoice } from './music-by-mood.ts';
import { planParts } from './plan-parts.ts';
import { bytesOf, samplesOf } from './raw-samples.ts';
import { makeSound, planSoundIn } from './testing/make-sound.ts';

const artifacts = artifactsOf(jobId);
let root: string;
let run: (args: string[]) => Promise<string>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'stored-sound-test-'));
  const binary = await findFfmpeg(process.env.FFMPEG_PATH);
  run = (args) => runFfmpeg(args, { binary, timeoutMs: 120_000 });
});
afterAll(() => rm(root, { recursive: true }));

type Course = (time: number) => number;

/** A voice of two tones that rise and fall, with pauses. */
const voice =
  (amplitude: number): Course =>
  (time) =>
    time % 5 < 4
      ? amplitude *
        Math.sin(Math.PI * 4 * time) ** 2 *
        (0.7 * Math.sin(2 * Math.PI * 311 * time) + 0.3 * Math.sin(2 * Math.PI * 1245 * time))
      : 0;

/** Noise with sharp peaks, which AAC makes higher: a sound that has to be made again. */
function crackle(): Course {
  let seed = 1;
  return (time) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return ((time * 3) % 1 < 0.002 ? 0.95 : 0.05) * ((seed / 2_147_483_647) * 2 - 1);
  };
}

/** Makes a bucket with recordings of the given seconds, each `course` from its beginning, and their timeline. */
async function newSound(name: string, seconds: readonly number[], course: Course) {
  const bucket = join(root, name);
  let time = 0;
  const segments: TimedSegment[] = [];
  for (const [index, length] of seconds.entries()) {
    const audio = artifacts.speechAudio(index);
    const samples = Int16Array.from({ length: Math.round(length * rate) }, (_, at) =>
      Math.round(32_767 * Math.max(-1, Math.min(1, course(at / rate)))),
    );
    const file = join(bucket, audio);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.s16`, bytesOf(samples));
    await run(['-f', 's16le', '-ar', `${rate}`, '-ac', '1', '-i', `${file}.s16`, '-b:a', '128k', file]);
    await rm(`${file}.s16`);
    segments.push({
      ...{ segment: { index, kind: 'speech', text: 'a', page: 1, panels: [], pause_after: 0 } },
      ...{ audio, start: time, speechEnd: time + length, end: time + length, words: [] },
      ...{ firstFrame: Math.round(time * 30), lastFrame: Math.round((time + length) * 30) },
    });
    time += length;
  }
  const timeline: Timeline = { segments, frames: Math.round(time * 30) };
  return { bucket, timeline, ...folderPorts(bucket) };
}

/** Returns how loud a stream of AAC is, as FFmpeg measures it, and its samples without the frame at its beginning. */
async function heard(stream: string) {
  const raw = `${stream}.s16`;
  const log = await run([
    ...['-i', stream, '-af', 'ebur128=peak=true:framelog=verbose', '-f', 's16le', '-ac', '1', raw],
  ]);
  const number = (pattern: RegExp) => Number(pattern.exec(log)?.[1]);
  return {
    loudness: number(/I:\s+(-?[\d.]+) LUFS/),
    peak: number(/True peak:\s+Peak:\s+(-?[\d.]+) dBFS/),
    samples: samplesOf(await readFile(raw)).subarray(1024),
  };
}

test.each([
  ['quiet speech', voice(0.05)],
  ['loud speech with sharp peaks', ((time) => voice(0.4)(time) * (time % 0.2 < 0.001 ? 3 : 1)) as Course],
  ['crackling noise', crackle()],
  ['a tone', ((time) => 0.5 * Math.sin(2 * Math.PI * 330 * time)) as Course],
])('has −14 LUFS and peaks below −1 dBTP: %s', async (name, course) => {
  const { timeline, ports } = await newSound(name, [12, 8], course);
  const made = await heard(await makeSound(timeline, { ports, folder: join(root, `${name}-work`) }));
  expect(Math.abs(made.loudness + 14)).toBeLessThanOrEqual(0.5);
  expect(made.peak).toBeLessThanOrEqual(-1);
});

test('can be silence', async () => {
  const { timeline, ports } = await newSound('silence', [3], () => 0);
  const made = await heard(await makeSound(timeline, { ports, folder: join(root, 'silence-work') }));
  expect(made.samples.every((sample) => sample === 0)).toBe(true);
});

test('is made again if a recording has changed, or the music, and not otherwise', async () => {
  const { bucket, timeline, ports, uploaded } = await newSound('changed', [2, 1], voice(0.3));
  let machines = 0;
  const soundsAfter = async (music?: MusicChoice) => {
    machines += 1;
    await makeSound(timeline, { ports, folder: join(root, `changed-${machines}`), ...(music && { music }) });
    return uploaded.filter((key) => key.endsWith('.aac')).length;
  };
  expect(await soundsAfter()).toBe(1);
  expect(await soundsAfter()).toBe(1);
  expect(await soundsAfter({ source: 'calm' })).toBe(2);
  // No segment has a mood.
  expect(await soundsAfter({ source: 'calm', byMood: { tense: { key: 'library/music/none.mp3' } } })).toBe(2);
  await copyFile(join(bucket, artifacts.speechAudio(1)), join(bucket, artifacts.speechAudio(0)));
  expect(await soundsAfter()).toBe(3);
});

describe('a sound of several parts', () => {
  const seconds = [...Array.from({ length: 10 }, () => 7), 1.3];
  let sound: Awaited<ReturnType<typeof newSound>>;
  let alone: Buffer;
  beforeAll(async () => {
    sound = await newSound('parts', seconds, (time) => voice(0.3)(time) + (time > 4 ? 0.002 : 0));
    const folder = join(root, 'alone');
    alone = await readFile(
      await makeSound(sound.timeline, { ports: sound.ports, folder, music: { source: 'calm' } }),
    );
  });

  /** Forgets what was made. */
  const clear = () => rm(join(sound.bucket, artifacts.renderPieces), { recursive: true, force: true });
  const stored = async () => (await readdir(join(sound.bucket, artifacts.renderPieces))).sort();
  const shards = (of: number) => Array.from({ length: of }, (_, index) => ({ number: index + 1, of }));
  /** Keys of the objects that shards have read. */
  const read: string[] = [];
  const inShard = (shard: { number: number; of: number }) =>
    planSoundIn(sound.timeline, {
      ports: {
        ...sound.ports,
        readJson(key) {
          read.push(key);
          return sound.ports.readJson(key);
        },
      },
      ...{ folder: join(root, `shard-${shard.number}`), shard },
      music: { source: 'calm' },
    });
  const joinIn = async (folder: string) => {
    const before = sound.uploaded.length;
    const file = await makeSound(sound.timeline, {
      ...{ ports: sound.ports, folder: join(root, folder), music: { source: 'calm' } },
    });
    return { bytes: await readFile(file), uploads: sound.uploaded.length - before };
  };

  test('is one stream of whole frames, as long as the video', () => {
    const samples = sound.timeline.frames * samplesPerFrame;
    expect(planParts(sound.timeline)).toHaveLength(2);
    expect(framesOfAdts(alone)).toHaveLength(Math.ceil(samples / 1024) + 1);
  });

  test('is stored with its peaks', async () => {
    const names = (await stored()).filter((name) => name.endsWith('.json'));
    const texts = names.map((name) => readFile(join(sound.bucket, artifacts.renderPieces, name), 'utf8'));
    const peaks = (await Promise.all(texts)).flatMap(
      (text): number[] => JSON.parse(text).measures.peak ?? [],
    );
    expect(peaks).toHaveLength(2);
    const whole = await heard(join(root, 'alone', 'sound.aac'));
    expect(Math.max(...peaks)).toBeCloseTo(whole.peak, 0);
  });

  test('has the same bytes when three shards make it, and nothing is left to the join', async () => {
    await clear();
    const plans = await Promise.all(shards(3).map(inShard));
    for (const plan of plans) await plan.measure();
    for (const plan of plans) await plan.encode();
    // Of each part the sound, and its measures before and after; and the mastering.
    expect(await stored()).toHaveLength(7);
    const joined = await joinIn('join');
    expect(joined).toMatchObject({ uploads: 0 });
    expect(joined.bytes.equals(alone)).toBe(true);
  });

  test('has the same bytes when a shard has died, and when one comes after the join', async () => {
    await clear();
    const [first, second] = await Promise.all(shards(3).map(inShard));
    await second?.measure();
    // The measures of the first, whose part is the long one, are missing.
    await second?.encode();
    expect(second?.left()).toBe(1);
    expect(await stored()).toHaveLength(1);
    expect((await joinIn('join')).bytes.equals(alone)).toBe(true);
    const before = await stored();
    await first?.measure();
    await first?.encode();
    // The mastering, for other shards.
    const mastering = (await stored()).filter((name) => !before.includes(name));
    expect(mastering).toHaveLength(1);
    await rm(join(sound.bucket, artifacts.renderPieces, mastering[0] ?? ''));
  });

  /** Returns what is stored with an ending, that of the second part, which is short, first. */
  const storedWith = async (ending: string) => {
    const names = (await stored()).filter((name) => name.endsWith(ending));
    const files = names.map(async (name) => {
      const file = join(sound.bucket, artifacts.renderPieces, name);
      return { key: `${artifacts.renderPieces}${name}`, file, bytes: await readFile(file) };
    });
    return (await Promise.all(files)).sort((one, other) => one.bytes.length - other.bytes.length);
  };

  test.each<
    [what: string, ending: string, parts: 1 | 2, change: ((bytes: Buffer) => Uint8Array) | undefined]
  >([
    ['half of each part', '.aac', 2, (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['other bytes of the same length', '.aac', 1, (bytes) => Buffer.alloc(bytes.length, 'a')],
    ['half of the measures', '.json', 1, (bytes) => bytes.subarray(0, bytes.length / 2)],
    [
      'measures with another digit',
      '.json',
      1,
      (bytes) => Buffer.from(`${bytes}`.replace(/\d(?=\D*$)/, (digit) => `${9 - Number(digit)}`)),
    ],
    ['the measures of a part without its sound', '.aac', 1, undefined],
  ])(
    'has the same bytes when the bucket has %s, and reports what is broken',
    async (_, ending, parts, change) => {
      const files = await storedWith(ending);
      const damaged = files.slice(0, (files.length * parts) / 2);
      for (const { file, bytes } of damaged) await (change ? writeFile(file, change(bytes)) : rm(file));
      const reported = sound.broken.length;
      const joined = await joinIn('mended');
      expect(joined.uploads).toBeGreaterThan(0);
      expect(joined.bytes.equals(alone)).toBe(true);
      const keys = damaged.map(({ key }) => key);
      expect(sound.broken.slice(reported).sort()).toEqual(change ? keys.sort() : []);
      expect(await joinIn('unchanged')).toMatchObject({ uploads: 0 });
    },
  );

  test('is only made again where it has changed', async () => {
    const before = new Set(await stored());
    const last = sound.timeline.segments.at(-1);
    const { segments, frames } = sound.timeline;
    const shorter = {
      frames: frames - 15,
      segments: [...segments.slice(0, -1), ...(last ? [{ ...last, speechEnd: last.speechEnd - 0.5 }] : [])],
    };
    await makeSound(shorter, {
      ports: sound.ports,
      folder: join(root, 'shorter'),
      music: { source: 'calm' },
    });
    const made = (await stored()).filter((name) => !before.has(name));
    expect(made.filter((name) => name.endsWith('.json')).length).toBeGreaterThan(0);
    expect(made.filter((name) => name.endsWith('.aac')).length).toBeLessThan(3);
  });

  test('fails if a recording is replaced while it is made', async () => {
    await clear();
    const plan = await inShard({ number: 1, of: 3 });
    const recording = join(sound.bucket, artifacts.speechAudio(1));
    const bytes = await readFile(recording);
    await writeFile(recording, await readFile(join(sound.bucket, artifacts.speechAudio(10))));
    await expect(plan.measure()).rejects.toMatchObject({
      name: 'RenderError',
      message: expect.stringMatching(/speech\/0001\.mp3 can't be read: .*changed/),
    });
    await writeFile(recording, bytes);
  });

  test.each<[what: string, change: ((bytes: Buffer) => Uint8Array) | undefined]>([
    ['one object', undefined],
    ['the measures of all parts if that object is broken', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ])('of several shards, the second to encode reads %s', async (_, change) => {
    await clear();
    const plans = await Promise.all(shards(2).map(inShard));
    for (const plan of plans) await plan.measure();
    const uploads = sound.uploaded.length;
    await plans[0]?.encode();
    const mastering = sound.uploaded[uploads] ?? '';
    const file = join(sound.bucket, mastering);
    if (change) await writeFile(file, change(await readFile(file)));
    const reported = sound.broken.length;
    read.splice(0);
    await plans[1]?.encode();
    // It has measured the other part itself.
    expect(read).toEqual([mastering, ...(change ? [expect.any(String)] : [])]);
    expect(sound.broken.slice(reported)).toEqual(change ? [mastering] : []);
    const joined = await joinIn('after-two');
    expect(joined.uploads).toBe(0);
    expect(joined.bytes.equals(alone)).toBe(true);
  });
});
