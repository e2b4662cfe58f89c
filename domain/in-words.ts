import { ZodError } from 'zod';

/** Returns an error that a person can read: the message of a ZodError is JSON, with the issues that this puts in words. */
export function inWords(error: unknown): unknown {
  if (!(error instanceof ZodError)) return error;
  const message = error.issues
    .map((issue) => `${issue.path.join('.') || 'the input'}: ${issue.message}`)
    .join('; ');
  const told = new Error(message);
  told.name = 'ZodError';
  // It shows where the data was checked, not this place.
  const [, places = ''] = /((?:\n +at .*)*)$/.exec(error.stack ?? '') ?? [];
  told.stack = `ZodError: ${message}${places}`;
  return told;
}
