import type { Segment } from '../../../domain/script.ts';
import type { Shot } from '../../../domain/shots.ts';
import { chooseExcerpt as chosenFrom, type Excerpt } from './choose-excerpt.ts';

const lastCardFrames = 100;
const chooseExcerpt = (shots: readonly Shot[], segments: readonly Segment[]) =>
  chosenFrom(shots, segments, lastCardFrames);

interface Said {
  text: string;
  seconds: number;
  page: number;
  kind?: Segment['kind'];
  mood?: Segment['mood'];
}

/** Returns the shots and segments of a video in which each text has one shot. */
function video(told: readonly Said[]) {
  let first_frame = 0;
  const shots = told.map(({ seconds, page }, index): Shot => {
    const shot = {
      ...{ segments: [index], page, panel: null, art: { x: 0, y: 0, w: 10, h: 10 }, first_frame },
      ...{
        frames: seconds * 30,
        easing: 'smooth' as const,
        transition: { kind: 'cut' as const },
        camera: {},
      },
    };
    first_frame += shot.frames;
    return shot;
  });
  const segments = told.map(({ text, page, kind = 'speech', mood }, index) => ({
    ...{ index, kind, text, page, panels: ['p'], pause_after: 0 },
    ...(mood && { mood }),
  }));
  return [shots, segments] as const;
}

/** Ten minutes in sixty sentences, six to a page, of which `special` are others. */
const tenMinutes = (special: Record<number, Partial<Said>> = {}) =>
  video(
    Array.from({ length: 60 }, (_, index) => ({
      ...{ text: 'Mèo đi ngủ.', seconds: 10, page: Math.floor(index / 6) + 1 },
      ...special[index],
    })),
  );

test('ends with a question, and begins with a page', () => {
  const { first, end, cliffhanger } = chooseExcerpt(...tenMinutes({ 26: { text: 'Ai đó?' } })) as Excerpt;
  expect([first, end, cliffhanger]).toEqual([24, 27, 'question']);
});

test.each([
  ['a question before a page turn', { 20: { text: 'Ai đó?' }, 29: { text: 'Ở đâu?” ' } }, 30],
  [
    'a question that is asked in fear',
    { 20: { text: 'Ai đó?' }, 27: { text: 'Ai?', mood: 'afraid' as const } },
    28,
  ],
  ['the earliest of equals, which reveals least', { 20: { text: 'Ai đó?' }, 27: { text: 'Ai?' } }, 21],
  ['an exclamation, for want of a question', { 22: { text: 'Chạy đi!' } }, 23],
  ['an unfinished sentence', { 22: { text: 'Hình như là...' } }, 23],
  ['a page turn, for want of anything else', {}, 6],
])('prefers %s', (_, special, end) => {
  expect(chooseExcerpt(...tenMinutes(special))).toMatchObject({ end });
});

test('leaves the last fifth to the video', () => {
  const chosen = chooseExcerpt(...tenMinutes({ 50: { text: 'Ai đó?' } }));
  expect(chosen).toMatchObject({ cliffhanger: 'page turn' });
});

test('takes at most an eighth of the video, and three minutes, with its last card', () => {
  for (const times of [1, 6]) {
    const [shots, segments] = video(
      Array.from({ length: 60 * times }, (_, index) => ({ text: 'Ai?', seconds: 10, page: index + 1 })),
    );
    const { first, end } = chooseExcerpt(shots, segments) as Excerpt;
    const frames = (end - first) * 300 + lastCardFrames;
    expect(frames).toBeLessThanOrEqual(Math.min(180 * 30, shots.length * 300 * 0.12));
    expect(frames).toBeGreaterThanOrEqual(20 * 30);
  }
});

test('has neither the title nor the farewell', () => {
  const opening = { kind: 'opening' as const };
  expect(chooseExcerpt(...tenMinutes({ 0: opening, 1: opening, 4: { text: 'Ai?' } }))).toMatchObject({
    first: 2,
    end: 5,
  });
});

test('never cuts a sentence that several pictures show', () => {
  const [shots, segments] = tenMinutes({ 26: { text: 'Ai đó?' } });
  const [before, after] = [shots[26], shots[27]] as [Shot, Shot];
  const shared = shots.map((shot) =>
    shot === after ? { ...after, segments: [...before.segments, 27] } : shot,
  );
  expect(chooseExcerpt(shared, segments)).not.toMatchObject({ end: 27 });
});

test.each([
  ['too short', [...tenMinutes()].map((part) => part.slice(0, 18)), 'the video is too short for an excerpt'],
  [
    'one page without a question',
    video(Array.from({ length: 60 }, () => ({ text: 'Ngủ.', seconds: 10, page: 1 }))),
    'no part',
  ],
] as const)('gives a reason when the video is %s', (_, [shots, segments], reason) => {
  expect(chooseExcerpt(shots as Shot[], segments as Segment[])).toContain(reason);
});
