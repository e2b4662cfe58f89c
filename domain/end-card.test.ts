import fc from 'fast-check';
import { type Credited, endCard, secondsOfEndCard, secondsToRead, silenceAfter } from './end-card.ts';

const shown = { form: 'shown', text: 'Giọng đọc được tạo bằng máy.' } as const;
const by = (people: number): Credited => ({
  number: '6',
  credits: Array.from({ length: people }, (_, index) => ({ role: 'Vẽ', name: `Họa sĩ ${index + 1}` })),
  licence: 'CC BY 4.0',
});

test('the end card names four people, and says how many more the description has', () => {
  expect(endCard(by(4), undefined).lines.filter((line) => line.startsWith('Vẽ: '))).toHaveLength(4);
  expect(endCard(by(4), undefined).lines.join()).not.toContain('người khác');
  expect(endCard(by(6), shown).lines.slice(3)).toEqual([
    'Vẽ: Họa sĩ 4',
    'Và 2 người khác: xem phần mô tả',
    'Giấy phép: CC BY 4.0',
    'Giọng đọc được tạo bằng máy.',
    'Cảm ơn các bạn đã theo dõi!',
  ]);
});

test('the end card stays until authors and licence can be read, and no longer than an end screen', () => {
  const people = fc.integer({ min: 0, max: 12 });
  const seconds = fc.double({ min: 1, max: 40, noNaN: true });
  fc.assert(
    fc.property(people, seconds, fc.string({ maxLength: 900 }), (count, farewell, licence) => {
      const chapter = { ...by(count), licence };
      const { heading, lines } = endCard(chapter, undefined);
      const credits = { kind: 'end' as const, heading, lines: lines.slice(0, -1) };
      const pause = silenceAfter({ kind: 'closing', pause_after: 0.8 }, farewell, chapter);
      expect(farewell + pause).toBeGreaterThanOrEqual(Math.min(20, secondsToRead(credits)));
      expect(farewell + pause).toBeGreaterThanOrEqual(5);
      if (pause > 0.8) expect(farewell + pause - secondsOfEndCard(credits)).toBeLessThan(0.02);
    }),
  );
  // Thanks, and a notice that the first card has, are not waited for in silence.
  const silent = silenceAfter({ kind: 'closing', pause_after: 0.8 }, 5, by(3));
  expect(5 + silent).toBeLessThan(secondsToRead(endCard(by(3), shown)) - 2);
  // A licence of pages is cut on the card, so it takes no longer than one that just fits.
  const long = (length: number) => secondsToRead(endCard({ ...by(1), licence: 'a'.repeat(length) }, shown));
  expect(long(3000)).toBeLessThan(long(200));
  // Seven lines; they were shown for five seconds.
  expect(secondsToRead(endCard(by(6), shown))).toBeGreaterThan(9);
});
