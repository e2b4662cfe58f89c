import { secondsOfEndCard } from '../../../domain/end-card.ts';
import type { Panels } from '../../../domain/page.ts';
import type { Segment } from '../../../domain/script.ts';
import { Shots, type View } from '../../../domain/shots.ts';
import { VideoFormat } from '../../../domain/video-format.ts';
import { planPieces } from '../pieces/plan-pieces.ts';
import { testChapter } from '../testing/test-job.ts';
import { frameAt, makeTimeline, type Timeline } from '../timeline.ts';
import { aimCamera } from './camera.ts';
import { cardsOf } from './cards.ts';
import { planShots } from './plan-shots.ts';
import { ease, frameSizes, placeShot, transitionFrames } from './shot.ts';

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
const plan = { formats: VideoFormat.options, direction: 'ltr', cardOf: () => undefined } as const;
const shotsOf = (timeline: Timeline, pages = panels) => planShots(timeline, pages, plan);
const placedShots = (timeline: Timeline, format: VideoFormat = '16:9') =>
  shotsOf(timeline).map((shot) => placeShot(shot, format));
const framesOf = (shots: readonly { frames: number }[]) => shots.reduce((sum, { frames }) => sum + frames, 0);

describe('the timeline', () => {
  test('calculates frames from the cumulative time, so that nothing drifts over hours', () => {
    const segments = Array.from({ length: 5000 }, (_, index) => segment(index, [1]));
    const timeline = timelineOf(segments, () => 3.3333);
    const end = 5000 * (3.3333 + 0.4);
    expect(Math.abs(timeline.frames / 30 - end)).toBeLessThan(1 / 30);
    for (const { start, firstFrame } of timeline.segments) {
      expect(Math.abs(firstFrame / 30 - start)).toBeLessThanOrEqual(1 / 60 + 1e-9);
    }
  });

  test('rounds a frame to the nearest', () => {
    expect([0, 0.016, 0.017, 1].map(frameAt)).toEqual([0, 0, 1, 30]);
  });

  test('names the segment that was not spoken', () => {
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

/** The part of a frame that the art fills. */
function artPart({ art }: { art: View }, view: View): number {
  const overlap = (a: number, b: number, c: number, d: number) =>
    Math.max(0, Math.min(b, d) - Math.max(a, c));
  const w = overlap(art.x, art.x + art.w, view.x, view.x + view.w);
  return (w * overlap(art.y, art.y + art.h, view.y, view.y + view.h)) / (view.w * view.h);
}
const holds = (view: View, { x, y, w, h }: View) =>
  view.x <= x + 1e-6 &&
  view.y <= y + 1e-6 &&
  view.x + view.w >= x + w - 1e-6 &&
  view.y + view.h >= y + h - 1e-6;

describe.each(VideoFormat.options)('shots in %s', (format) => {
  const timeline = timelineOf(many);
  const shots = shotsOf(timeline);
  const { width, height } = frameSizes[format];
  const moves = shots.flatMap((shot) => {
    const { from, to } = shot.camera[format] as { from: View; to: View };
    return [from, to].map((view) => ({ shot, view }));
  });

  test('match their schema, and have the shape of the frame', () => {
    const written = { job_id: 'job-test1', frames_per_second: 30, frames: timeline.frames, shots };
    expect(Shots.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
    for (const { view } of moves) expect(view.w / view.h).toBeCloseTo(width / height, 6);
  });

  test('show art that fills a quarter of the frame or more, or that is larger than on its page as a whole', () => {
    const page = { x: 0, y: 0, w: 1400, h: 2000 };
    const { from, to } = aimCamera(
      { art: page, isPage: true, seconds: 4, turn: 0, fromRight: false },
      { width, height },
    );
    const whole = Math.min(from.w, to.w);
    for (const { shot, view } of moves)
      expect(artPart(shot, view) >= 0.25 || view.w < whole ? [] : [shot.panel, view.w, whole]).toEqual([]);
  });

  test.each([3, 6, 12])(
    'show both ends of wide art, %d times as wide as high, whatever time there is',
    (w) => {
      const art = { x: 0, y: 100, w: 100 * w, h: 100 };
      for (const seconds of [0.8, 2, 4, 9, 30]) {
        const { from, to } = aimCamera(
          { art, isPage: false, seconds, turn: 0, fromRight: false },
          frameSizes[format],
        );
        expect(from.x).toBeLessThan(art.x + 1e-6);
        expect(to.x + to.w).toBeGreaterThan(art.x + art.w - 1e-6);
        expect(Math.abs(to.x - from.x) / from.w / seconds).toBeLessThan(0.21);
      }
    },
  );

  test.each([2, 3, 6, 12, 40])(
    'show both ends of tall art, %d times as high as wide, whatever time there is, and no faster than eyes follow',
    (h) => {
      const art = { x: 0, y: 100, w: 100, h: 100 * h };
      for (const seconds of [0.8, 2, 4, 9, 30, 90]) {
        const { from, to } = aimCamera(
          { art, isPage: false, seconds, turn: 0, fromRight: true },
          frameSizes[format],
        );
        expect(Math.min(from.y, to.y)).toBeLessThan(art.y + 1e-6);
        expect(Math.max(from.y + from.h, to.y + to.h)).toBeGreaterThan(art.y + art.h - 1e-6);
        const speed = Math.abs(to.y - from.y) / from.h / seconds;
        expect(speed).toBeLessThan(0.51);
        // It is shown smaller than a third of the frame only where a slower movement would not be enough.
        if (art.w / from.w < 0.3 && art.h > from.h) expect(speed).toBeGreaterThan(0.49);
      }
    },
  );

  test('stay within the art where it is longer than the frame', () => {
    for (const { shot, view } of moves) {
      if (view.w < shot.art.w) expect(holds(shot.art, { ...view, y: shot.art.y, h: 1 })).toBe(true);
      if (view.h < shot.art.h) expect(holds(shot.art, { ...view, x: shot.art.x, w: 1 })).toBe(true);
    }
  });

  test('move slowly: at most 8 % of zoom, and a pan that can be followed', () => {
    for (const shot of shots.map((one) => placeShot(one, format))) {
      const zoom = shot.to.width / shot.from.width;
      expect(Math.max(zoom, 1 / zoom)).toBeLessThan(1.08);
      const seconds = shot.frames / 30;
      expect(Math.abs(shot.to.x - shot.from.x) / width / seconds).toBeLessThan(0.21);
      expect(Math.abs(shot.to.y - shot.from.y) / height / seconds).toBeLessThan(0.51);
    }
  });

  test('draw only from the part of the page that comes into view', () => {
    for (const { art, from } of shots.map((one) => placeShot(one, format))) {
      expect(from.width / from.height).toBeCloseTo(art.w / art.h, 6);
      expect(from.width * from.height).toBeLessThan(3.5 * width * height);
    }
  });
});

describe('shots', () => {
  const timeline = timelineOf(many);
  const shots = shotsOf(timeline);

  test('fill the video exactly, in sequence', () => {
    expect(framesOf(shots)).toBe(timeline.frames);
    let next = 0;
    for (const { first_frame, frames } of shots) {
      expect(first_frame).toBe(next);
      next += frames;
    }
    for (const shot of placedShots(timeline)) expect(transitionFrames(shot)).toBeLessThan(shot.frames / 2);
    expect(shots[0]?.transition).toEqual({ kind: 'cut' });
  });

  test('cut nothing off art that fills two fifths of a wide frame, or off a page that fills a third, in any frame', () => {
    for (const { art, camera, panel } of shots.filter(
      ({ art, panel }) => art.h < (panel ? 1.36 : 1.7) * art.w,
    )) {
      const { from, to } = camera['16:9'] as { from: View; to: View };
      expect([panel, holds(from, art) && holds(to, art)]).toEqual([panel, true]);
    }
  });

  test('show the whole art, as large as it fits, if it fills at least a third of the frame', () => {
    const [wide] = placedShots(timelineOf([segment(0, [1])]));
    for (const { x, y, width, height } of wide ? [wide.from, wide.to] : []) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(1920);
      expect(y + height).toBeLessThanOrEqual(1080);
      expect(width).toBeGreaterThan(0.9 * 1920);
    }
    expect(wide).toBeDefined();
  });

  test('show a panel that would be small larger if there is time to move along all of it', () => {
    const art = { x: 100, y: 200, w: 500, h: 800 };
    const aimed = (seconds: number, isPage = false) =>
      aimCamera({ art, isPage, seconds, turn: 0, fromRight: false }, frameSizes['16:9']);
    const { from, to } = aimed(3);
    expect(art.w / from.w).toBeGreaterThan(0.5);
    expect([from.y, to.y + to.h]).toEqual([200, expect.closeTo(1000)]);
    for (const { from, to } of [aimed(1.5), aimed(3, true)])
      expect([holds(from, art), holds(to, art)]).toEqual([true, true]);
  });

  test('scroll through a strip, from top to bottom, if there is time', () => {
    const strip = placedShots(timelineOf([segment(0, [4])], () => 40));
    expect(strip.length).toBeGreaterThan(3);
    const [art] = panels.pages[0]?.panels.slice(3) ?? [];
    const views = shotsOf(timelineOf([segment(0, [4])], () => 40)).flatMap(({ camera }) => {
      const move = camera['16:9'];
      return move ? [move.from, move.to] : [];
    });
    expect(views[0]?.y).toBeCloseTo(art?.y ?? -1);
    const last = views.at(-1);
    expect((last?.y ?? 0) + (last?.h ?? 0)).toBeCloseTo((art?.y ?? 0) + (art?.h ?? 0));
    const tops = views.map(({ y }) => y);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect(strip.every(({ easing }) => easing === 'linear')).toBe(true);
  });

  test('pan along wide art from the side where reading begins', () => {
    const [page] = panels.pages;
    const panel = { id: 'p001-1', x: 0, y: 0, w: 1400, h: 250, bubbles: [] };
    const pages = { ...panels, pages: page ? [{ ...page, panels: [panel] }] : [] };
    const way = (direction: 'ltr' | 'rtl') => {
      const [shot] = planShots(timelineOf([segment(0, [1])]), pages, { ...plan, direction });
      const move = shot?.camera['16:9'];
      return (move?.to.x ?? 0) - (move?.from.x ?? 0);
    };
    expect(way('ltr')).toBeGreaterThan(50);
    expect(way('rtl')).toBeCloseTo(-way('ltr'));
  });

  test('open on the whole page, and turn to the panel that is told, since a page is too small to read while words are spoken', () => {
    const turned = shotsOf(
      timelineOf(
        [segment(0, [1], { kind: 'opening' }), segment(1, [2]), segment(2, [1], { page: 2 })],
        () => 5,
      ),
    );
    expect(turned.map(({ page, panel }) => [page, panel])).toEqual([
      [1, null],
      [1, 'p001-2'],
      [2, 'p002-1'],
    ]);
    expect(turned.slice(1).map(({ transition }) => transition.kind)).toEqual(Array(2).fill('cross-fade'));
  });

  test('slide from panel to panel in reading direction, and cut fast exchanges', () => {
    const kinds = (seconds: number) =>
      shotsOf(timelineOf([segment(0, [1]), segment(1, [2]), segment(2, [3])], () => seconds)).map(
        ({ transition }) => ('towards' in transition ? transition.towards : transition.kind),
      );
    expect(kinds(4)).toEqual(['cut', 'up', 'left']);
    expect(kinds(1)).toEqual(['cut', 'cut', 'cut']);
  });

  test('continue over segments that cite the same panel', () => {
    const joined = shotsOf(timelineOf([segment(0, [1]), segment(1, [1]), segment(2, [2])]));
    expect(joined.map(({ segments }) => segments)).toEqual([[0, 1], [2]]);
  });

  test('split a long stretch into movements without a transition between them', () => {
    const long = placedShots(timelineOf([segment(0, [3])], () => 40));
    expect(long.length).toBeGreaterThan(3);
    for (const [index, shot] of long.entries()) {
      expect(transitionFrames(shot)).toBe(0);
      if (index > 0) expect(shot.from).toEqual(long[index - 1]?.to);
    }
  });

  test('show fewer panels than cited instead of flickering', () => {
    expect(shotsOf(timelineOf([segment(0, [1, 2, 3, 4, 5])], () => 1.6))).toHaveLength(2);
  });

  test('name a panel that a segment cites and the page lacks', () => {
    expect(() => shotsOf(timelineOf([segment(0, [9])]))).toThrow('cites panel p001-9');
    expect(() => shotsOf(timelineOf([segment(0, [1], { page: 7 })]))).toThrow('page 7');
  });

  test('ease: still at both ends, symmetric', () => {
    expect([ease(-1), ease(0), ease(0.5), ease(1), ease(2)]).toEqual([0, 0, expect.closeTo(0.5), 1, 1]);
  });
});

describe('pieces', () => {
  const content = { format: '16:9' as const, pageHash: (page: number) => `hash of ${page}`, maker: 'test' };
  const shots = placedShots(timelineOf(many));
  const pieces = planPieces(shots, content);
  const endOf = (index: number) => pieces.slice(0, index + 1).reduce((sum, { frames }) => sum + frames, 0);

  test('contain all shots in order, in pieces of seconds', () => {
    const whole = pieces.flatMap((piece) => piece.shots).filter(({ first }) => first === 0);
    expect(whole).toMatchObject(shots);
    expect(endOf(pieces.length - 1)).toBe(framesOf(shots));
    for (const piece of pieces)
      expect(piece.frames).toBe(piece.shots.reduce((sum, { first, end }) => sum + end - first, 0));
    for (const piece of pieces.filter((_, index) => endOf(index) < framesOf(shots) - 5 * 30)) {
      expect(piece.frames).toBeGreaterThan(4 * 30);
      expect(piece.frames).toBeLessThan(16 * 30);
    }
  });

  test('contain every frame of a shot once, and are short at the end of the video, where cores would wait', () => {
    const parts = pieces.flatMap((piece) => piece.shots);
    for (const [index, { first, end, frames }] of parts.entries()) {
      const next = parts[index + 1]?.first ?? 0;
      expect(end === frames ? next : next - end).toBe(0);
      expect(first === 0 || first > 30).toBe(true);
    }
    expect(pieces.slice(-3).every(({ frames }) => frames <= 120)).toBe(true);
  });

  test('keep their names when only other pieces change', () => {
    const changed = planPieces(placedShots(timelineOf([...many.slice(0, -1), segment(39, [5])])), content);
    const names = new Set(pieces.map(({ hash }) => hash));
    const fresh = changed.filter(({ hash }) => !names.has(hash));
    expect(fresh.length).toBeLessThanOrEqual(3);
    expect(fresh.reduce((sum, { frames }) => sum + frames, 0)).toBeLessThanOrEqual(20 * 30);
  });

  test('are named by the page, the shots and the encoder', () => {
    const name = (maker: string, hash: string) =>
      planPieces(shots, { format: '16:9', maker, pageHash: () => hash })[0]?.hash;
    expect(new Set([name('a', 'x'), name('b', 'x'), name('a', 'y')]).size).toBe(3);
  });

  test('include the shot that they fade from', () => {
    for (const piece of pieces.slice(1)) {
      const [first] = piece.shots;
      if (first?.first === 0 && transitionFrames(first) > 0)
        expect(piece.before).toBe(pieces[piece.index - 1]?.shots.at(-1));
    }
    expect(pieces[0]?.before).toBeUndefined();
  });
});

describe('art that just fits a third of the frame', () => {
  // From clearly too narrow, over just wide enough, to wide.
  const shapes = Array.from({ length: 90 }, (_, index) => ({ x: 100, y: 100, w: 290 + 5 * index, h: 569 }));

  test.each(VideoFormat.options)('stays in the middle, and moves: %s', (format) => {
    for (const art of shapes) {
      const frame = frameSizes[format];
      const { from, to } = aimCamera({ art, isPage: false, seconds: 4, turn: 0, fromRight: false }, frame);
      for (const { x, y, w, h } of [from, to]) {
        // Art narrower than the frame is in its middle, plus or minus a drift.
        if (w > art.w) expect(Math.abs(x + w / 2 - (art.x + art.w / 2)) / w).toBeLessThan(0.02);
        if (h > art.h) expect(Math.abs(y + h / 2 - (art.y + art.h / 2)) / h).toBeLessThan(0.02);
      }
      const moved = Math.max(Math.abs(from.y - to.y), Math.abs(from.x - to.x), Math.abs(from.w - to.w));
      expect(moved / from.w).toBeGreaterThan(0.008);
    }
  });
});

describe('cards', () => {
  const cardOf = cardsOf(
    {
      ...testChapter,
      manga_title: 'Ngõ Mây',
      number: '1–2',
      credits: [
        { role: 'Kịch bản', name: 'Lan' },
        { role: 'Tranh', name: 'Lan' },
      ],
      licence: 'Licence: CC BY 4.0',
      parts: [
        { ...testChapter, number: '1', title: 'Kẻ trộm ô', first_page: 1 },
        { ...testChapter, number: '2', title: 'Tạnh mưa', first_page: 2 },
      ],
    },
    { form: 'shown', text: 'Giọng đọc được tạo bằng máy.' },
  );
  const shots = planShots(
    timelineOf(
      [
        segment(0, [1], { kind: 'opening' }),
        segment(1, [2]),
        segment(2, [1], { kind: 'opening', page: 2 }),
        segment(3, [5], { kind: 'closing', page: 2, pause_after: 3 }),
      ],
      () => 7,
    ),
    panels,
    { ...plan, cardOf },
  );
  const carded = shots.map(({ card, panel }) => card?.kind ?? panel);

  test('open the video and each further chapter, and leave time for the page', () => {
    expect(carded).toEqual(['title', null, 'p001-2', 'chapter', null, 'p002-5', 'end']);
    expect(shots[1]?.frames).toBeGreaterThanOrEqual(45);
  });

  test('show the series by its own name, and the spoken name', () => {
    const named = { ...testChapter, manga_title: '進撃の巨人', localized_title: 'Đại chiến Titan' };
    expect(cardsOf(named, undefined)(segment(0, [1], { kind: 'opening' }))).toEqual({
      kind: 'title',
      heading: '進撃の巨人',
      lines: ['Đại chiến Titan', 'Chương 1'],
    });
  });

  test('show the title, the chapter, and the author and licence', () => {
    expect(shots.flatMap(({ card }) => card ?? [])).toEqual([
      { kind: 'title', heading: 'Ngõ Mây', lines: ['Chương 1–2', 'Giọng đọc được tạo bằng máy.'] },
      { kind: 'chapter', heading: 'Chương 2', lines: ['Tạnh mưa'] },
      {
        kind: 'end',
        heading: 'Hết chương 1–2',
        lines: [
          ...['Kịch bản, Tranh: Lan', 'Giấy phép: CC BY 4.0', 'Giọng đọc được tạo bằng máy.'],
          'Cảm ơn các bạn đã theo dõi!',
        ],
      },
    ]);
  });

  test('stay until they can be read, before the last picture has its time', () => {
    const shown = (pause_after: number) => {
      const farewell = segment(0, [5], { kind: 'closing', page: 2, pause_after });
      return planShots(
        timelineOf([farewell], () => 3),
        panels,
        { ...plan, cardOf },
      );
    };
    const card = shown(0).at(-1)?.card;
    if (!card) throw new Error('There is no end card');
    const needed = secondsOfEndCard(card);
    // The last picture gets what the card leaves, if that can be seen.
    const lengths = [needed - 3, needed - 2, needed].map((pause) =>
      shown(pause).map(({ frames }) => frames / 30),
    );
    expect(lengths).toEqual([
      [expect.closeTo(needed, 1)],
      [expect.closeTo(1, 1), expect.closeTo(needed, 1)],
      [expect.closeTo(2.5, 1), expect.closeTo(needed + 0.5, 1)],
    ]);
  });

  test('fade, and fill the frame at every moment', () => {
    for (const shot of shots.filter(({ card }) => card)) {
      const placed = placeShot(shot, '9:16');
      for (const { x, y, width, height } of [placed.from, placed.to]) {
        expect(Math.max(x, y)).toBeLessThanOrEqual(0);
        expect(Math.min(x + width - 1080, y + height - 1920)).toBeGreaterThanOrEqual(0);
      }
    }
    expect(
      shots
        .slice(1, 2)
        .concat(shots.slice(3, 5))
        .map(({ transition }) => transition.kind),
    ).toEqual(Array(3).fill('cross-fade'));
  });
});
