import * as z from 'zod';

/** A fault of a sentence of a script. */
export const Fault = z.enum([
  'name',
  'address',
  'repetition',
  'contradiction',
  'hook',
  'unpronounceable',
  'unclear',
  'foreign',
]);
export type Fault = z.infer<typeof Fault>;

/** One fault that is still in the script, in words for a person. */
export const Finding = z.object({
  fault: Fault,
  found_by: z.enum(['rules', 'model']),
  pages: z.array(z.int().positive()),
  text: z.string().min(1).max(400),
  /** Whether the script is wrong without doubt: then it waits for a person. */
  sure: z.boolean(),
});
export type Finding = z.infer<typeof Finding>;

const longest = 90;
/** Returns a text in quotation marks, shortened. */
export const quoted = (text: string): string =>
  `“${text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text}”`;

/** Returns what a rule found. */
export const found = (
  fault: Fault,
  pages: readonly number[],
  text: string,
  sure: boolean = false,
): Finding => ({
  ...{ fault, found_by: 'rules', text: text.slice(0, 400), sure },
  pages: [...new Set(pages)].sort((one, other) => one - other),
});
