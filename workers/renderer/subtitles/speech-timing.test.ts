import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { artifactsOf } from '../../../domain/artifacts.ts';
import type { PartVoice } from '../../../domain/cast.ts';
import type { Script } from '../../../domain/script.ts';
import type { SpokenSegment } from '../../../domain/speech.ts';
import { findFfmpeg } from '../../../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import { EspeakVoice } from '../../../providers/voices/espeak.ts';
import { espeakSpeakers } from '../../../providers/voices/espeak-speakers.ts';
import { integratedLoudness } from '../sound/loudness.ts';
import { samplesOf } from '../sound/raw-samples.ts';
import { makeSound } from '../sound/testing/make-sound.ts';
import { folderPorts, jobId } from '../testing/test-job.ts';
import { audioRate, makeTimeline, sampleAt } from '../timeline.ts';
import { makeCues, readingSpeed } from './captions.ts';
import { checkTiming, mostOff, onsets, timingErrors } from './speech-timing.ts';

const texts = [
  'Chào mừng các bạn đến với Ngõ Mây, chương một: Kẻ trộm ô.',
  'Hôm nay, cô phù thủy chuẩn bị một lọ thuốc bay mới. Lần này nhất định thành công!',
  'Phù thủy, sao lại thế? Xin hãy dừng lại; khi ấy, mưa rơi.',
  'Suỵt!',
  'Có 1.500 người xem, thế mà chẳng ai thấy con mèo đen nhảy lên mái nhà, rồi biến mất trong màn mưa.',
];
const job_id = jobId;
const artifacts = artifactsOf(jobId);

let folder: string;
let ffmpeg: string;
let voice: EspeakVoice;
let segments: SpokenSegment[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'timing-test-'));
  ffmpeg = await findFfmpeg(undefined);
  voice = new EspeakVoice({ ffmpeg });
  segments = [];
  for (const [index, text] of texts.entries()) segments.push(await spoken(index, text));
});
afterAll(async () => {
  await voice.close();
  await rm(folder, { recursive: true, force: true });
});

async function spoken(index: number, text: string, part?: PartVoice): Promise<SpokenSegment> {
  const { mp3, duration, words } = await voice.speak(text, { part });
  const audio = artifacts.speechAudio(index);
  await mkdir(dirname(join(folder, audio)), { recursive: true });
  await writeFile(join(folder, audio), mp3);
  return { index, audio, duration, pause_after: 0.37, words };
}

const script: Script = {
  job_id,
  narrator: 'test',
  language: 'vi',
  segments: texts.map((text, index) => ({
    ...{ index, kind: 'speech', text, page: 1, panels: ['p001-1'], pause_after: 0.37 },
  })),
};
const timelineOf = (spoken: SpokenSegment[], told = script) =>
  makeTimeline(told, { job_id, voice: 'espeak', duration: 1, segments: spoken });
const makeSoundOf = (spoken: SpokenSegment[], told = script) =>
  makeSound(timelineOf(spoken, told), { ports: folderPorts(folder).ports, folder: join(folder, 'work') });

/** Decodes a finished sound as players do: a stream of AAC begins with a frame that they leave out. */
async function decoded(sound: string): Promise<Int16Array> {
  const raw = join(folder, 'heard.s16');
  const decode = ['-i', sound, '-f', 's16le', '-ar', `${audioRate}`, '-ac', '1', raw];
  await runFfmpeg(decode, { binary: ffmpeg, timeoutMs: 30_000 });
  return samplesOf(await readFile(raw)).subarray(1024);
}
const late = (by: number) =>
  segments.map((one) => ({
    ...one,
    words: one.words.map(({ text, start, end }) => ({ text, start: start + by, end: end + by })),
  }));

describe('subtitles of synthesized speech', () => {
  test('begin within 80 ms of their sound in the whole finished video, and are readable', async () => {
    const heard = onsets(await decoded(await makeSoundOf(segments)));
    const { segments: timed } = timelineOf(segments);
    const cues = makeCues(timed);
    const errorOf = (time: number) => Math.min(...heard.map((at) => Math.abs(at - time)));
    // Each segment follows a pause, so that its beginning is audible.
    const first = cues.filter(({ start }) => timed.some((segment) => Math.abs(segment.start - start) < 0.1));
    expect(first).toHaveLength(texts.length);
    for (const { start } of first) expect(errorOf(start)).toBeLessThanOrEqual(mostOff);
    // And where sound begins again within a segment, a word begins.
    const words = timed.flatMap(({ start, words }) => words.map((word) => start + word.start));
    for (const at of heard)
      expect(Math.min(...words.map((time) => Math.abs(time - at)))).toBeLessThanOrEqual(mostOff);
    expect(heard.length).toBeGreaterThan(texts.length + 3);
    for (const cue of cues) expect(readingSpeed(cue)).toBeLessThan(25);
  });

  test('are in time when voices change, and all voices are equally loud', async () => {
    const text = 'Phù thủy, sao lại thế? Mưa to rồi.';
    // All of them would take seconds; these have both sexes and each age.
    const voices = [undefined, ...espeakSpeakers.filter((_, place) => place % 3 === 0)];
    const dialogue: SpokenSegment[] = [];
    for (const [place, part] of voices.entries()) dialogue.push(await spoken(100 + place, text, part));
    const told: Script = {
      ...script,
      segments: dialogue.map(({ index }) => ({
        ...{ index, kind: 'speech', text, page: 1, panels: ['p001-1'], pause_after: 0.37 },
      })),
    };
    // Fails if a sound begins where no word does.
    const sound = await decoded(await makeSoundOf(dialogue, told));
    const levels = timelineOf(dialogue, told).segments.map(({ start, speechEnd }) =>
      integratedLoudness(sound.slice(sampleAt(start), sampleAt(speechEnd))),
    );
    expect(levels).toHaveLength(voices.length);
    // Of −14 LUFS each of the two channels has half; the limiter takes more of sharp voices.
    for (const level of levels) expect(Math.abs((level ?? 0) - -17)).toBeLessThan(1.5);
  });

  test.each([0.15, -0.15])('that are off by %s s fail the job with their position', async (by) => {
    await expect(makeSoundOf(late(by))).rejects.toMatchObject({
      name: 'RenderError',
      message: expect.stringMatching(/out of sync .* more than 80 ms off .* worst by \d+ ms in segment \d/),
    });
  });
});

describe('the sounds that words are compared with', () => {
  const tone = (seconds: number, level = 8000) =>
    Int16Array.from({ length: seconds * audioRate }, (_, at) => Math.round(level * Math.sin(at / 20)));
  const joined = (...parts: Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));
  const silence = (seconds: number) => new Int16Array(seconds * audioRate);

  test('are each start of sound after a silence, however loud, but not after a short gap within a word', () => {
    const sound = joined(silence(0.2), tone(0.3), silence(0.08), tone(0.3), silence(0.3), tone(0.2, 900));
    expect(onsets(sound)).toEqual([0.2, 1.18]);
    expect(onsets(silence(1))).toEqual([]);
  });

  test('can start where a part of a word begins, such as the digits of a number plate', () => {
    const sound = joined(silence(0.1), tone(0.3), silence(0.6), tone(0.2));
    const errors = timingErrors(0, [{ text: '29A-12345', start: 0.1, end: 1.2, parts: [1] }], sound);
    expect(() => checkTiming(errors)).not.toThrow();
    const without = timingErrors(0, [{ text: '29A-12345', start: 0.1, end: 1.2 }], sound);
    expect(() => checkTiming(without)).toThrow('worst by 900 ms');
  });

  test('can be off in one position of many, but nowhere by much', () => {
    const checked = (start: number) => {
      const sound = joined(silence(0.1), tone(0.2));
      const word = (at: number) => [{ text: 'a', start: at, end: at + 0.1 }];
      const errors = Array.from({ length: 30 }, (_, index) => timingErrors(index, word(0.1), sound)).flat();
      errors.push(...timingErrors(30, word(start), sound));
      return () => checkTiming(errors);
    };
    expect(checked(0.25)).not.toThrow();
    expect(checked(0.6)).toThrow('the worst by 500 ms in segment 30');
  });
});
