import type { Script } from './script.ts';
import { editsIn, withEdits } from './script-edits.ts';

const script: Script = {
  job_id: 'job-abc123',
  narrator: 'ocr',
  language: 'vi',
  segments: ['Trời mưa.', 'Ai đấy?'].map((text, index) => ({
    ...{ index, kind: 'speech', text, page: 1, panels: ['p001-1'], pause_after: 0.3 },
  })),
};

test('a sentence takes the place of another, in NFC', () => {
  const edited = withEdits(script, [{ index: 1, text: 'Ai đấy, bạn ơi?'.normalize('NFD') }]);
  expect(edited.segments.map(({ text }) => text)).toEqual(['Trời mưa.', 'Ai đấy, bạn ơi?']);
  expect(script.segments[1]?.text).toBe('Ai đấy?');
});

test('a segment that is not there is named', () => {
  expect(() => withEdits(script, [{ index: 2, text: 'Không.' }])).toThrow('The script has no segment 2');
});

test('what was changed in a copy is found', () => {
  const copy = withEdits(script, [{ index: 0, text: 'Trời nắng.' }]);
  expect(editsIn(copy, script)).toEqual([{ index: 0, text: 'Trời nắng.' }]);
  expect(editsIn(script, script)).toEqual([]);
});

test('a copy in which more than texts was changed is refused', () => {
  const [first] = script.segments;
  expect(() => editsIn({ ...script, segments: first ? [first] : [] }, script)).toThrow('Only the texts');
  const moved = { ...script, segments: script.segments.map((one) => ({ ...one, page: 2 })) };
  expect(() => editsIn(moved, script)).toThrow('Only the texts');
});
