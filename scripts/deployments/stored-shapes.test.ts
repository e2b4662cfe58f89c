import * as z from 'zod';
import { breaking, instruction, keptShapes, shapesOf, shapesOfToday } from './stored-shapes.ts';

test('older code can read what is stored, or storedSchema was raised and make check FIX=1 wrote the shapes', () => {
  const [kept, today] = [keptShapes(), shapesOfToday()];
  const broken = breaking(kept, today);
  if (broken.length > 0) throw new Error(instruction(broken));
  expect(today.stored_schema).toBe(kept.stored_schema);
});

const before = z.object({
  id: z.string(),
  kind: z.enum(['a', 'b']),
  lines: z.array(z.object({ text: z.string() })),
});
const lines = z.array(z.object({ text: z.string(), more: z.number().optional() }));

test.each<[string, z.ZodType, string[]]>([
  ['a new optional field', before.extend({ lines, note: z.string().optional() }), []],
  ['a new field with a default', before.extend({ note: z.string().default('') }), []],
  ['a new field that is required', before.extend({ note: z.string() }), ['Item.note']],
  ['a field that is gone', before.omit({ id: true }), ['Item.id']],
  ['a field that became optional', before.partial({ id: true }), ['Item.id']],
  ['another type', before.extend({ id: z.number() }), ['Item.id']],
  ['another value of an enumeration', before.extend({ kind: z.enum(['a', 'b', 'c']) }), ['Item.kind']],
  [
    'a renamed field of a list',
    before.extend({ lines: z.array(z.object({ words: z.string() })) }),
    ['Item.lines[].text', 'Item.lines[].words'],
  ],
])('%s: what breaks is named', (_, after, broken) => {
  const [old, now] = [shapesOf({ Item: before }, 1), shapesOf({ Item: after }, 1)];
  expect(breaking(old, now)).toEqual(broken);
});
