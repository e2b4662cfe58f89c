/** Retry and Catch of a state. */

import type { Json } from '../json.ts';
import type { Retrier } from '../retry.ts';
import type { Fields } from './fields.ts';
import type { Catcher } from './model.ts';

export function parseRetriers(fields: Fields): Retrier[] {
  return rules(fields, 'Retry', (inner, errorEquals): Retrier => {
    const jitter = inner.oneOf('JitterStrategy', ['NONE', 'FULL']);
    return {
      errorEquals,
      intervalSeconds: inner.number('IntervalSeconds', 0) ?? 1,
      maxAttempts: inner.number('MaxAttempts', 0) ?? 3,
      backoffRate: inner.number('BackoffRate', 1, 'number') ?? 2,
      maxDelaySeconds: inner.number('MaxDelaySeconds', 1, 'integer', 31_622_400),
      fullJitter: jitter === 'FULL',
    };
  });
}

export function parseCatchers(fields: Fields): Catcher[] {
  return rules(fields, 'Catch', (inner, errorEquals): Catcher => {
    const next = inner.text('Next');
    inner.require('Next');
    return {
      errorEquals,
      next: next ?? '',
      resultPath: inner.jsonata ? undefined : inner.referencePath('ResultPath'),
      output: inner.jsonata ? inner.template('Output') : undefined,
      assign: inner.template('Assign', true),
    };
  });
}

function rules<T>(fields: Fields, field: string, parse: (inner: Fields, errorEquals: string[]) => T): T[] {
  const list = fields.list(field) ?? [];
  return list.map((rule, index) => {
    const inner = fields.below(rule, `${field}[${index}]`);
    const parsed = parse(inner, errorNames(inner, index === list.length - 1));
    inner.refuseOthers();
    return parsed;
  });
}

function errorNames(inner: Fields, last: boolean): string[] {
  const names = inner.list('ErrorEquals') ?? [];
  inner.require('ErrorEquals');
  if (inner.has('ErrorEquals') && names.length === 0) inner.report('Value cannot be empty', 'ErrorEquals');
  if (!names.every((name: Json) => typeof name === 'string'))
    inner.report('ErrorEquals must be a list of error names', 'ErrorEquals');
  if (names.includes('States.ALL') && (names.length > 1 || !last))
    inner.report('States.ALL must appear alone and at end of list', 'ErrorEquals');
  return names.map(String);
}
