import * as z from 'zod';
import { Script } from './script.ts';

/** A person's sentence that replaces the narrator's. */
export const ScriptEdit = z.object({
  index: z.int().nonnegative(),
  text: z.string().trim().min(1).max(2000),
});
export type ScriptEdit = z.infer<typeof ScriptEdit>;

/** Returns the script with changed texts in some segments; throws if a segment does not exist. */
export function withEdits(script: Script, edits: readonly ScriptEdit[]): Script {
  const texts = new Map(edits.map(({ index, text }) => [index, text.normalize('NFC')]));
  for (const index of texts.keys())
    if (!script.segments[index]) throw new RangeError(`The script has no segment ${index}`);
  const segments = script.segments.map((segment) => ({
    ...segment,
    text: texts.get(segment.index) ?? segment.text,
  }));
  return Script.parse({ ...script, segments });
}

/** Returns a person's changes in a copy of a script; only texts can be changed, anything else throws. */
export function editsIn(changed: Script, script: Script): ScriptEdit[] {
  const edits = changed.segments.flatMap(({ index, text }) =>
    text.normalize('NFC') === script.segments[index]?.text ? [] : [{ index, text }],
  );
  if (JSON.stringify(withEdits(script, edits)) !== JSON.stringify(withEdits(changed, edits)))
    throw new RangeError('Only the texts of segments can be changed, not their number, pages or panels');
  return edits;
}
