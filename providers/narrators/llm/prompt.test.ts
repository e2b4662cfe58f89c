import { analysisOf, chapterOf } from '../testing/llm-fixture.ts';
import { dataBlock, repairOf } from './prompt.ts';

test('separates signs from speech in the prompt', () => {
  const { panels } = analysisOf(1);
  const sign = { x: 0, y: 0, w: 9, h: 9, text: 'CHỢ HOA\nMỞ CỬA', confidence: 90, kind: 'sign' as const };
  const [first, ...rest] = panels;
  const marked = first ? [{ ...first, bubbles: [...first.bubbles, sign] }, ...rest] : [];
  const story = { characters: [], places: [], chapters: [] };
  const block = dataBlock({
    chapter: chapterOf(1),
    page: 1,
    panels: marked,
    story: story as never,
    before: [],
  });
  const { khung } = JSON.parse(block.split('\n')[1] as string);
  expect(khung[0].chu_tren_vat).toEqual(['CHỢ HOA / MỞ CỬA']);
  expect(khung[0].chu_may_doc).not.toContain('CHỢ HOA / MỞ CỬA');
  expect(khung[1]?.chu_tren_vat).toBeUndefined();
});

test('a reply with thousands of problems does not make a request of that size', () => {
  const problems = Array.from({ length: 9000 }, (_, index) => `segment ${index + 1} is not Vietnamese`);
  expect(repairOf(problems).length).toBeLessThan(2500);
  expect(repairOf(problems.slice(0, 2))).toContain('- segment 1 is not Vietnamese\n- segment 2 is');
});
