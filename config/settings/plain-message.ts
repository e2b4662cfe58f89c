import type * as z from 'zod';

const kinds: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const either = new Intl.ListFormat('en', { type: 'disjunction' });

/**
 * Returns what a wrong value must be, in words for the person who typed it, such as "must be ocr or llm". It is the error map of a
 * parse, so messages of a schema come first; undefined leaves an issue to zod.
 */
export function plainMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_value':
      return `must be ${either.format(issue.values.map(String))}`;
    case 'invalid_type':
      return kinds[issue.expected] && `must be ${kinds[issue.expected]}`;
    case 'too_big':
      return issue.origin === 'number' ? `must be at most ${issue.maximum}` : undefined;
    case 'too_small':
      return issue.origin === 'number' ? `must be at least ${issue.minimum}` : undefined;
    case 'invalid_format':
      return issue.format === 'url' ? 'must be a URL, like https://example.com' : undefined;
    default:
      return undefined;
  }
}
