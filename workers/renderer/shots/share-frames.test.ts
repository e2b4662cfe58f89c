import { type Panel, panelId } from '../../../domain/page.ts';
import type { Segment } from '../../../domain/script.ts';
import type { TimedSegment } from '../timeline.ts';
import { shareFrames, shortestShot } from './share-frames.ts';

/** Panels by their speech; `*` is a sound. */
const panelsOf = (...texts: string[]): Panel[] =>
  texts.map((text, index) => ({
    ...{ id: panelId(1, index + 1), x: 0, y: 0, w: 10, h: 10 },
    bubbles: text
      ? [{ x: 0, y: 0, w: 5, h: 5, text, confidence: 90, ...(text === '*' && { kind: 'sound' as const }) }]
      : [],
  }));

/** A segment whose speech takes `speech` frames, followed by a silence. */
function timed(speech: number, pause: number, kind: Segment['kind'] = 'speech'): TimedSegment {
  const [speechEnd, end] = [speech / 30, (speech + pause) / 30];
  return {
    segment: { index: 0, kind, text: 'x', page: 1, panels: [], pause_after: pause / 30 },
    ...{ audio: 'a', start: 0, speechEnd, end, firstFrame: 0, lastFrame: speech + pause, words: [] },
  };
}

const framesOf = (segment: TimedSegment, panels: Panel[], frames = segment.lastFrame) =>
  shareFrames(segment, panels, frames).map(({ panel, frames: length }) => [panels.indexOf(panel), length]);

describe('the frames of a segment', () => {
  test('belong to the speaking panel while it speaks; a silent one after it gets the pause', () => {
    expect(framesOf(timed(120, 45), panelsOf('Mưa rồi!', ''))).toEqual([
      [0, 120],
      [1, 45],
    ]);
  });

  test('show silent panels before it briefly', () => {
    expect(framesOf(timed(200, 20), panelsOf('', '*', 'Mưa rồi!'))).toEqual([
      [0, 36],
      [1, 36],
      [2, 148],
    ]);
  });

  test('are shared evenly by panels that all speak, are all silent, or are described', () => {
    const even = [
      [0, 50],
      [1, 50],
      [2, 50],
    ];
    expect(framesOf(timed(130, 20), panelsOf('Một', 'Hai', 'Ba'))).toEqual(even);
    expect(framesOf(timed(130, 20), panelsOf('', '*', ''))).toEqual(even);
    expect(framesOf(timed(130, 20, 'description'), panelsOf('', 'Hai', ''))).toEqual(even);
  });

  test('skip silent panels before a speaking one if time is short', () => {
    const short = framesOf(timed(40, 10), panelsOf('', '', 'Mưa rồi!', ''));
    expect(short).toEqual([[2, 50]]);
  });

  test('are all used, and each shot is long enough to be seen', () => {
    for (let pattern = 0; pattern < 64; pattern++) {
      const panels = panelsOf(...[0, 1, 2, 3, 4, 5].map((bit) => (pattern & (1 << bit) ? 'Câu' : '')));
      for (const [speech, pause] of [
        [3, 0],
        [30, 5],
        [60, 150],
        [90, 12],
        [150, 20],
        [300, 60],
      ] as const) {
        const shares = framesOf(timed(speech, pause), panels) as [number, number][];
        expect(shares.reduce((sum, [, frames]) => sum + frames, 0)).toBe(speech + pause);
        expect(shares.map(([place]) => place)).toEqual([...new Set(shares.map(([place]) => place))].sort());
        if (shares.length > 1)
          expect(Math.min(...shares.map(([, frames]) => frames))).toBeGreaterThanOrEqual(shortestShot - 1);
      }
    }
  });
});
