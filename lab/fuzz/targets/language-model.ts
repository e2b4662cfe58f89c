import fc from 'fast-check';
import { problemsOf } from '../../../providers/narrators/llm/checks.ts';
import { parseReply } from '../../../providers/narrators/llm/reply.ts';
import { mutated } from '../mutate.ts';
import { type Target, target } from '../target.ts';

const segment = {
  text: 'Cô bé nhìn lên trời rồi chạy thật nhanh về nhà.',
  panels: ['p001-1'],
  speaker: null,
  mood: 'calm',
  kind: 'description',
};
const real = JSON.stringify({
  segments: [segment],
  facts: { characters: [], places: [], events: ['Trời mưa.'] },
});
const tokens = [
  '{',
  '}',
  '"',
  '\\u0000',
  '"__proto__":{"x":1},',
  '[[[[[[',
  '1e999',
  '```json',
  '\ud800',
  'a'.repeat(4000),
];

const panel = { id: 'p001-1', x: 0, y: 0, w: 10, h: 10, bubbles: [] };

/** Attacks the reader of a language model's responses: broken JSON, wrong shapes, endless and repeated text. */
export async function languageModel(): Promise<Target> {
  return target(
    fc.oneof(
      mutated([Buffer.from(real)], tokens).map((bytes) => bytes.toString('utf8')),
      fc.json({ maxDepth: 6 }),
      fc
        .array(fc.constantFrom('{', '[', '"', ':', ',', '\\', ' a', '1'), { maxLength: 4000 })
        .map((parts) => parts.join('')),
      fc
        .string({ unit: 'binary', maxLength: 300 })
        .map((text) => JSON.stringify({ segments: [{ ...segment, text }], facts: {} })),
    ),
    (text) => {
      const reply = parseReply(text);
      if (reply) problemsOf(reply, [panel], [], []);
    },
  );
}
