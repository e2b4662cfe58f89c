import { secondsToRead } from '../../../domain/end-card.ts';
import type { Panels } from '../../../domain/page.ts';
import { planShots } from '../shots/plan-shots.ts';
import { testChapter } from '../testing/test-job.ts';
import { framesPerSecond, makeTimeline, type Timeline } from '../timeline.ts';
import { type PlannedShort, planShort } from './plan-short.ts';

const { job_id } = testChapter;
const seconds = 10.013;

/** Ten minutes: ten pages of six panels, a sentence to each; the 27th is a question. */
function tenMinutes(formats: ('16:9' | '9:16')[]) {
  const segments = Array.from({ length: 60 }, (_, index) => {
    const page = Math.floor(index / 6) + 1;
    const text = index === 26 ? 'Ai đó?' : 'Mèo đi ngủ.';
    return {
      index,
      kind: 'speech' as const,
      text,
      page,
      panels: [`p${page}-${index % 6}`],
      pause_after: 0.2,
    };
  });
  const spoken = segments.map(({ index, text }) => ({
    ...{ index, audio: `speech/${index}`, duration: seconds - 0.2, pause_after: 0.2 },
    words: [{ text, start: 0.5, end: 1 }],
  }));
  const panels: Panels = {
    job_id,
    pages: Array.from({ length: 10 }, (_, index) => ({
      ...{ number: index + 1, width: 600, height: 800 },
      panels: Array.from({ length: 6 }, (__, row) => ({
        ...{ id: `p${index + 1}-${row}`, x: 0, y: row * 130, w: 600, h: 130, bubbles: [] },
      })),
    })),
  };
  const timeline = makeTimeline(
    { job_id, narrator: 'test', language: 'vi', segments },
    { job_id, voice: 'test', duration: 60 * seconds, segments: spoken },
  );
  const plan = { formats, direction: 'rtl' as const, cardOf: () => undefined };
  const notice = { form: 'spoken' as const, text: 'Giọng đọc được tạo bằng máy.' };
  return { chapter: testChapter, panels, timeline, shots: planShots(timeline, panels, plan), notice };
}

const framesOf = ({ timeline }: { timeline: Timeline }) => timeline.frames;

test('has its own timeline, in which pictures and speech begin together', () => {
  const { shots, timeline, about } = planShort(tenMinutes(['16:9'])) as PlannedShort;
  expect(about).toMatchObject({ segments: [24, 25, 26], cliffhanger: 'question', last_words: 'Ai đó?' });
  expect(shots.reduce((sum, { frames }) => sum + frames, 0)).toBe(framesOf({ timeline }));
  expect(about.seconds).toBeCloseTo(timeline.frames / 30);
  expect(shots[0]).toMatchObject({ first_frame: 0, transition: { kind: 'cut' } });
  expect(timeline.segments[0]).toMatchObject({ firstFrame: 0 });
  for (const { start, segment } of timeline.segments)
    expect(Math.abs(start - (segment.index - 24) * seconds)).toBeLessThan(1 / 30);
  expect(timeline.segments.every(({ start }) => start >= 0)).toBe(true);
});

test('ends with a card that says where the story continues, without speech', () => {
  const { shots, timeline } = planShort(tenMinutes(['16:9'])) as PlannedShort;
  expect(shots.at(-1)).toMatchObject({
    card: { heading: 'Xem tiếp trên kênh', lines: ['Truyện', 'Chương 1'] },
  });
  const { card, frames = 0 } = shots.at(-1) ?? {};
  expect(frames / framesPerSecond).toBeCloseTo(card ? secondsToRead(card) : 0, 1);
  expect(timeline.segments.at(-1)?.lastFrame).toBe(timeline.frames - frames);
});

test('says at first sight what a machine made, and not in the silence at the end', () => {
  const { notice } = planShort(tenMinutes(['16:9'])) as PlannedShort;
  expect(notice).toMatchObject({ start: 0, lines: ['Giọng đọc được tạo bằng máy.'], atTop: true });
  expect(notice?.end).toBeGreaterThan(28 / 17);
});

test('is silent for four seconds at most after the last pause, whatever the series is called', () => {
  for (const manga_title of ['Truyện', 'Chuyện dài '.repeat(20)]) {
    const whole = tenMinutes(['16:9']);
    const { timeline } = planShort({ ...whole, chapter: { ...testChapter, manga_title } }) as PlannedShort;
    expect(timeline.frames / framesPerSecond - (timeline.segments.at(-1)?.end ?? 0)).toBeLessThan(4.1);
  }
});

test('has the shots of a video that is upright itself', () => {
  const whole = tenMinutes(['16:9', '9:16']);
  const { shots } = planShort(whole) as PlannedShort;
  expect(whole.shots.map(({ camera }) => camera)).toEqual(
    expect.arrayContaining(shots.map(({ camera }) => camera)),
  );
});
