import * as z from 'zod';
import { givenPath } from '../given-path.ts';

/** On or off: `true`, `false`, or the usual words for them in an environment variable. */
export const yesOrNo = z.union([z.boolean(), z.stringbool({ error: 'it must be yes or no, 1 or 0' })]);

/**
 * Several values: separated by commas in an environment variable, a list or the same text in a file. Empty means no
 * values.
 */
export const list = z.union([
  z.array(z.string()),
  z
    .string()
    .regex(/^([^,\s]+(,[^,\s]+)*)?$/, 'comma-separated, without spaces')
    .transform((value) => value.split(',').filter((one) => one !== '')),
]);

/** At least one value, tried in order. */
export const alternatives = list.refine((values) => values.length > 0, 'needs at least one value');

/** A text that can be left out; empty counts as left out. */
export const optionalText = z
  .string()
  .optional()
  .transform((value) => value || undefined);

/** Parses the JSON of an environment variable; a file has the values themselves. */
export const fromJson =
  (example: string) =>
  (given: unknown, { addIssue }: z.RefinementCtx): unknown => {
    if (typeof given !== 'string') return given;
    try {
      return given === '' ? {} : JSON.parse(given);
    } catch {
      addIssue({ code: 'custom', message: `must be JSON, like ${example}` });
      return z.NEVER;
    }
  };

/** A file or folder of this machine; a leading `~` is the home folder. */
export const path = z.string().min(1).transform(givenPath).meta({ file: true });

/** A zone of the tz database that this Node knows. */
export const timezone = z
  .string()
  .refine(isTimezone, 'must be a zone like Asia/Ho_Chi_Minh or America/Los_Angeles');

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
