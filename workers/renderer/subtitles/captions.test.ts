import { easyReading } from '../../../domain/speech.ts';
import type { TimedSegment } from '../timeline.ts';
import { type Cue, formatSrt, formatVtt, longestLine, makeCues, readingSpeed, wrap } from './captions.ts';

function segment(text: string, start: number, seconds: number, timed = true): TimedSegment {
  const words = text.split(' ');
  const each = seconds / words.length;
  return {
    segment: { index: 0, kind: 'speech', text, page: 1, panels: ['p001-1'], pause_after: 0.5 },
    audio: '',
    start,
    speechEnd: start + seconds,
    end: start + seconds + 0.5,
    firstFrame: 0,
    lastFrame: 0,
    words: timed
      ? words.map((word, index) => ({ text: word, start: index * each, end: (index + 1) * each }))
      : [],
  };
}

const story =
  'Ngày xửa ngày xưa, ở một ngôi làng nhỏ bên bìa rừng, có một cô phù thủy tên là Hạt Tiêu. ' +
  'Cô sống cùng chú mèo Cà Rốt, và hai người bạn ấy ngày nào cũng pha chế những lọ thuốc kỳ lạ nhất thế gian! ' +
  'Thế rồi một hôm kia';

describe('subtitles', () => {
  test.each([true, false])(
    'have at most two lines of 42 characters and all words (word times: %s)',
    (timed) => {
      const cues = makeCues([segment(story, 0, 20, timed), segment('Xin chào!', 20.5, 0.6, timed)]);
      for (const { lines } of cues) {
        expect(lines.length).toBeLessThanOrEqual(2);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(longestLine);
      }
      expect(cues.flatMap(({ lines }) => lines).join(' ')).toBe(`${story} Xin chào!`);
    },
  );

  test('follow one another without overlap, and start with their first word', () => {
    const cues = makeCues([segment(story, 3, 20), segment('Xin chào!', 23.5, 0.6)]);
    expect(cues[0]?.start).toBe(3);
    expect(cues.at(-1)?.start).toBe(23.5);
    for (const [index, { start, end }] of cues.entries()) {
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(cues[index + 1]?.start ?? Number.POSITIVE_INFINITY);
      expect(end - start).toBeLessThan(7.5);
    }
    expect((cues.at(-1)?.end ?? 0) - 23.5).toBeGreaterThanOrEqual(1);
  });

  test('stay until they can be read, if the next one leaves time', () => {
    const fast = 'Nhanh lên nào các bạn ơi, trời sắp mưa to rồi đấy!';
    const [alone] = makeCues([segment(fast, 0, 1.5)]);
    expect(readingSpeed(alone as Cue)).toBeCloseTo(easyReading, 5);
    const [pressed, next] = makeCues([segment(fast, 0, 1.5), segment('Chạy!', 2, 0.5)]);
    expect(pressed?.end).toBe(next?.start);
    expect(readingSpeed(pressed as Cue)).toBeCloseTo(fast.length / 2, 5);
  });

  test('end with a sentence instead of filling the line', () => {
    const [first] = makeCues([
      segment(
        'Trời ơi, cái gì thế này hả các bạn của tôi? Tôi không thể nào tin vào mắt mình được nữa, các bạn ạ, thật đấy',
        0,
        6,
      ),
    ]);
    expect(first?.lines.join(' ')).toBe('Trời ơi, cái gì thế này hả các bạn của tôi?');
  });

  test('split a word that is longer than a line', () => {
    const cues = makeCues([segment('A'.repeat(100), 0, 3)]);
    expect(Math.max(...cues.flatMap(({ lines }) => lines.map((line) => line.length)))).toBeLessThanOrEqual(
      42,
    );
    expect(cues.flatMap(({ lines }) => lines).join('')).toBe('A'.repeat(100));
  });

  test('balance their lines', () => {
    expect(wrap('một hai ba bốn năm sáu bảy tám chín mười một hai')).toEqual([
      'một hai ba bốn năm sáu',
      'bảy tám chín mười một hai',
    ]);
    expect(wrap('x'.repeat(90))).toBeUndefined();
  });

  test('are written as WebVTT with escaped markup', () => {
    expect(formatVtt([{ start: 1.5, end: 2, lines: ['a < b & c', '--> d'] }])).toBe(
      'WEBVTT\n\n00:00:01.500 --> 00:00:02.000\na &lt; b &amp; c\n--&gt; d\n',
    );
  });

  test('are written as SubRip', () => {
    expect(
      formatSrt([
        { start: 3661.0005, end: 3662.25, lines: ['a', 'b'] },
        { start: 3663, end: 3664, lines: ['c'] },
      ]),
    ).toBe('1\n01:01:01,001 --> 01:01:02,250\na\nb\n\n2\n01:01:03,000 --> 01:01:04,000\nc\n');
  });
});
