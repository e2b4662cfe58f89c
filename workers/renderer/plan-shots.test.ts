import type { Panels } from '../../domain/page.ts';
import type { Segment } from '../../domain/script.ts';
import { planPieces } from './plan-pieces.ts';
import { planShots } from './plan-shots.ts';
import { ease, frameSize, placementAt, type Shot } from './shot.ts';
import { frameAt, makeTimeline, type Timeline } from './timeline.ts';

const boxes: [number, number, number, number][] = [
  [0, 0, 1400, 500],
  [0, 520, 500, 800],
  [520, 520, 880, 400],
  [520, 940, 120, 900],
  [700, 940, 700, 1000],
];
const panels: Panels = {
  job_id: 'job-test1',
  pages: [1, 2].map((number) => ({
    number,
    width: 1400,
    height: 2000,
    panels: boxes.map(([x, y, w, h], index) => ({
      id: `p00${number}-${index + 1}`,
      x,
      y,
      w,
      h,
      bubbles: [],
    })),
  })),
};

const segment = (index: number, cited: number[], more: Partial<Segment> = {}): Segment => ({
  index,
  kind: 'speech',
  text: 'x',
  page: 1,
  panels: cited.map((panel) => `p00${more.page ?? 1}-${panel}`),
  pause_after: 0.4,
  ...more,
});

function timelineOf(segments: Segment[], duration = (index: number) => 1.3 + 0.777 * (index % 5)): Timeline {
  const job_id = 'job-test1';
  const spoken = segments.map(({ index, pause_after }) => ({
    index,
    audio: `${index}`,
    duration: duration(index),
    pause_after,
    words: [],
  }));
  return makeTimeline(
    { job_id, narrator: 'n', language: 'vi', segments },
    { job_id, voice: 'v', duration: 1, segments: spoken },
  );
}

const many = Array.from({ length: 40 }, (_, index) =>
  segment(index, [(index % 5) + 1, ((index * 3) % 5) + 1], { page: index < 20 ? 1 : 2 }),
);
const framesOf = (shots: readonly Shot[]) => shots.reduce((sum, { frames }) => sum + frames, 0);

describe('the timeline', () => {
  it('takes frames from the cumulative time, so that nothing drifts over hours', () => {
    const segments = Array.from({ length: 5000 }, (_, index) => segment(index, [1]));
    const timeline = timelineOf(segments, () => 3.3333);
    const end = 5000 * (3.3333 + 0.4);
    expect(Math.abs(timeline.frames / 30 - end)).toBeLessThan(1 / 30);
    for (const { start, firstFrame } of timeline.segments) {
      expect(Math.abs(firstFrame / 30 - start)).toBeLessThanOrEqual(1 / 60 + 1e-9);
    }
  });

  it('rounds a frame to the nearest', () => {
    expect([0, 0.016, 0.017, 1].map(frameAt)).toEqual([0, 0, 1, 30]);
  });

  it('names the segment that was not spoken', () => {
    const { segments } = timelineOf([segment(0, [1])]);
    expect(segments).toHaveLength(1);
    const script = {
      job_id: 'job-test1',
      narrator: 'n',
      language: 'vi' as const,
      segments: [segment(3, [1])],
    };
    expect(() =>
      makeTimeline(script, { job_id: 'job-test1', voice: 'v', duration: 1, segments: [] }),
    ).toThrow('speech.json has no segment 3');
  });
});

describe('shots', () => {
  const timeline = timelineOf(many);
  const shots = planShots(timeline, panels);

  it('fill the video exactly', () => {
    expect(framesOf(shots)).toBe(timeline.frames);
    for (const { frames, fadeIn } of shots) {
      expect(frames).toBeGreaterThan(0);
      expect(fadeIn).toBeLessThan(frames / 2);
    }
    expect(shots[0]?.fadeIn).toBe(0);
  });

  it('show art whole, undistorted, and as large as it fits, unless it is a strip', () => {
    for (const shot of shots.filter(({ art }) => art.h / art.w < 2.6)) {
      for (const { x, y, width, height } of [shot.from, shot.to]) {
        expect(width / height).toBeCloseTo(shot.art.w / shot.art.h, 6);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(frameSize.width);
        expect(y + height).toBeLessThanOrEqual(frameSize.height);
        expect(Math.max(width / frameSize.width, height / frameSize.height)).toBeGreaterThan(0.9);
      }
    }
  });

  it('move gently: at most 8 % of zoom, never more than 3 pixels a frame', () => {
    for (const shot of shots.filter(({ art }) => art.h / art.w < 2.6)) {
      const zoom = shot.to.width / shot.from.width;
      expect(Math.max(zoom, 1 / zoom)).toBeLessThan(1.08);
      for (let frame = 1; frame < shot.frames; frame++) {
        const [before, now] = [placementAt(shot, frame - 1), placementAt(shot, frame)];
        expect(Math.abs(now.x - before.x)).toBeLessThan(3);
        expect(Math.abs(now.x + now.width - before.x - before.width)).toBeLessThan(3);
      }
    }
  });

  it('scroll a strip from its top to its bottom at a readable width', () => {
    const [strip] = planShots(timelineOf([segment(0, [4])]), panels);
    expect(strip?.from.y).toBeGreaterThan(0);
    expect((strip?.to.y ?? 0) + (strip?.to.height ?? 0)).toBeLessThan(frameSize.height);
    expect(strip?.from.width).toBeGreaterThan(900);
    const slow = planShots(
      timelineOf([segment(0, [2]), segment(1, [4])], () => 25),
      panels,
    ).slice(3);
    const heights = slow.flatMap(({ from, to }) => [from.y, to.y]);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
  });

  it('open on the whole page', () => {
    const [opening] = planShots(timelineOf([segment(0, [1], { kind: 'opening' })]), panels);
    expect(opening?.art).toEqual({ x: 0, y: 0, w: 1400, h: 2000 });
  });

  it('go on over segments that cite the same panel', () => {
    const joined = planShots(timelineOf([segment(0, [1]), segment(1, [1]), segment(2, [2])]), panels);
    expect(joined).toHaveLength(2);
  });

  it('split a long stretch into movements that continue one another without a fade', () => {
    const long = planShots(
      timelineOf([segment(0, [1])], () => 40),
      panels,
    );
    expect(long.length).toBeGreaterThan(3);
    for (const [index, shot] of long.entries()) {
      expect(shot.fadeIn).toBe(0);
      if (index > 0) expect(shot.from).toEqual(long[index - 1]?.to);
    }
  });

  it('show fewer panels than cited rather than flicker', () => {
    const short = planShots(
      timelineOf([segment(0, [1, 2, 3, 4, 5])], () => 1.6),
      panels,
    );
    expect(short).toHaveLength(2);
  });

  it('name what a segment cites in vain', () => {
    expect(() => planShots(timelineOf([segment(0, [9])]), panels)).toThrow('cites panel p001-9');
    expect(() => planShots(timelineOf([segment(0, [1], { page: 7 })]), panels)).toThrow('page 7');
  });

  it('ease: still at both ends, symmetric', () => {
    expect([ease(-1), ease(0), ease(0.5), ease(1), ease(2)]).toEqual([0, 0, expect.closeTo(0.5), 1, 1]);
  });
});

describe('pieces', () => {
  const content = { pageHash: (page: number) => `hash of ${page}`, maker: 'test' };
  const shots = planShots(timelineOf(many), panels);
  const pieces = planPieces(shots, content);

  it('hold all shots in order, in pieces of seconds', () => {
    expect(pieces.flatMap((piece) => piece.shots)).toEqual(shots);
    for (const piece of pieces) expect(piece.frames).toBe(framesOf(piece.shots));
    for (const piece of pieces.slice(0, -1)) {
      expect(piece.frames).toBeGreaterThan(4 * 30);
      expect(piece.frames).toBeLessThan(16 * 30);
    }
  });

  it('keep their names when only others change', () => {
    const changed = planPieces(
      planShots(timelineOf([...many.slice(0, -1), segment(39, [5])]), panels),
      content,
    );
    const names = new Set(pieces.map(({ hash }) => hash));
    expect(changed.filter(({ hash }) => !names.has(hash)).length).toBeLessThanOrEqual(2);
  });

  it('are named by the page, the shots and the encoder', () => {
    const name = (maker: string, hash: string) => planPieces(shots, { maker, pageHash: () => hash })[0]?.hash;
    expect(new Set([name('a', 'x'), name('b', 'x'), name('a', 'y')]).size).toBe(3);
  });

  it('know what they fade away from', () => {
    for (const piece of pieces.slice(1)) {
      if ((piece.shots[0]?.fadeIn ?? 0) > 0) expect(piece.before).toBe(pieces[piece.index - 1]?.shots.at(-1));
    }
    expect(pieces[0]?.before).toBeUndefined();
  });
});
