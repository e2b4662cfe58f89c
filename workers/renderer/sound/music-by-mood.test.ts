import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mood } from '../../../domain/script.ts';
import { audioRate, type TimedSegment } from '../timeline.ts';
import { integratedLoudness } from './loudness.ts';
import { mixMusic } from './mix-music.ts';
import { musicParts, shareAt } from './music-by-mood.ts';
import { bytesOf } from './raw-samples.ts';

/** Segments end to end, each with its length in seconds and its mood. */
function spoken(...told: (readonly [seconds: number, mood?: Mood])[]): TimedSegment[] {
  let time = 0;
  return told.map(([seconds, mood]) => {
    const start = time;
    time += seconds;
    return { start, speechEnd: time, end: time, segment: mood ? { mood } : {} } as TimedSegment;
  });
}
const dark = { key: 'library/music/dark.mp3' };
const choice = { source: 'calm', byMood: { tense: dark, joyful: 'off' } } as const;
/** Returns what is heard at times of a video, with its share. */
const heardAt = (segments: TimedSegment[], time: number) =>
  musicParts(segments, choice).flatMap((part) => {
    const share = shareAt(part, time);
    return share > 0 ? [[part.source, share]] : [];
  });

test('without moods one piece of music is heard from the beginning to the end', () => {
  const segments = spoken([5], [40, 'sad'], [10]);
  for (const time of [0, 0.5, 30, 55]) expect(heardAt(segments, time)).toEqual([['calm', 1]]);
  expect(musicParts(segments, { source: 'off' })).toEqual([]);
});

test('the music changes where the mood does, and one fades into the other', () => {
  const segments = spoken([30], [30, 'tense'], [30]);
  expect(heardAt(segments, 28)).toEqual([['calm', 1]]);
  expect(heardAt(segments, 30)).toEqual([
    ['calm', 0.5],
    [dark, 0.5],
  ]);
  expect(heardAt(segments, 45)).toEqual([[dark, 1]]);
  expect(heardAt(segments, 90)).toEqual([['calm', 1]]);
});

test('a mood can have silence', () => {
  const segments = spoken([30], [30, 'joyful'], [30]);
  expect(heardAt(segments, 45)).toEqual([]);
  expect(heardAt(segments, 80)).toEqual([['calm', 1]]);
});

test('the music does not follow every sentence of a quarrel, nor the last words', () => {
  const quarrel = Array.from({ length: 20 }, (_, at) => [5, at % 3 === 1 ? 'sad' : 'tense'] as const);
  const segments = spoken(...quarrel, [10]);
  for (let time = 0; time <= 110; time += 1) expect(heardAt(segments, time)).toEqual([[dark, 1]]);
});

test('each piece of music is mixed only where it is heard', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'music-by-mood-test-'));
  try {
    const mix = new Int16Array(60 * audioRate);
    const segments = spoken([30, 'tense'], [30]);
    const tones: Record<string, number> = { dark: 12_000, calm: 1200 };
    for (const part of musicParts(segments, choice)) {
      const level = tones[part.source === 'calm' ? 'calm' : 'dark'] ?? 0;
      const tone = Int16Array.from({ length: audioRate }, (_, at) => level * Math.sin((at * Math.PI) / 24));
      const file = join(folder, 'tone.s16');
      await writeFile(file, bytesOf(tone));
      await mixMusic(mix, 0, { file, samples: tone.length }, (time) => shareAt(part, time));
    }
    const levelOf = (from: number, to: number) =>
      integratedLoudness(mix.slice(from * audioRate, to * audioRate)) ?? -99;
    // A tenth of the amplitude is 20 dB.
    expect(levelOf(5, 25) - levelOf(35, 55)).toBeCloseTo(20, 0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
