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

test('replaces a sentence, in NFC', () => {
  const edited = withEdits(script, [{ index: 1, text: 'Ai đấy, bạn ơi?'.normalize('NFD') }]);
  expect(edited.segments.map(({ text }) => text)).toEqual(['Trời mưa.', 'Ai đấy, bạn ơi?']);
  expect(script.segments[1]?.text).toBe('Ai đấy?');
});

test('names a segment that does not exist', () => {
  expect(() => withEdits(script, [{ index: 2, text: 'Không.' }])).toThrow('The script has no segment 2');
});

test('finds the changes in a copy', () => {
  const copy = withEdits(script, [{ index: 0, text: 'Trời nắng.' }]);
  expect(editsIn(copy, script)).toEqual([{ index: 0, text: 'Trời nắng.' }]);
  expect(editsIn(script, script)).toEqual([]);
});

test('rejects a copy with changes other than texts', () => {
  const [first] = script.segments;
  expect(() => editsIn({ ...script, segments: first ? [first] : [] }, script)).toThrow('Only the texts');
  const moved = { ...script, segments: script.segments.map((one) => ({ ...one, page: 2 })) };
  expect(() => editsIn(moved, script)).toThrow('Only the texts');
});
