import { fillPlaceholders } from './definition/placeholders.ts';
import type { Json } from './json.ts';
import { compileTemplate, fillTemplate } from './template.ts';

function fill(template: Json, input: Json): Json {
  const compiled = compileTemplate(template, (field, place) => {
    throw new Error(`${field} at ${place}`);
  });
  return fillTemplate(compiled, {
    input,
    context: () => ({ Task: { Token: 'T' } }),
    variable: () => 'V',
    variables: () => ({ v: 'V' }),
  });
}

describe('payload templates', () => {
  test('only fields that end in .$ are expressions, at any depth', () => {
    const template = {
      'a.$': '$.x',
      b: '$.x',
      c: [{ 'd.$': '$$.Task.Token' }, '$.x', [{ 'e.$': '$v' }]],
      f: { 'g.$': "States.Format('{}!', $.x)" },
    };
    expect(fill(template, { x: 1 })).toEqual({
      a: 1,
      b: '$.x',
      c: [{ d: 'T' }, '$.x', [{ e: 'V' }]],
      f: { g: '1!' },
    });
  });

  test('reports the place of a field without an expression', () => {
    expect(() => fill({ a: [{ 'b.$': 'text' }] }, {})).toThrow('b.$ at /a[0]');
    expect(() => fill({ 'b.$': 1 }, {})).toThrow('b.$ at ');
  });

  test('names a path that finds nothing, with its field', () => {
    const runtime = expect.objectContaining({
      error: 'States.Runtime',
      message: `The JSONPath '$.y' specified for the field 'a.$' could not be found in the input '{"x":1}'`,
    });
    expect(() => fill({ 'a.$': '$.y' }, { x: 1 })).toThrow(runtime);
  });
});

describe('placeholders', () => {
  test('are filled inside strings only, with any value', () => {
    const text = '{"A":"${fn}","B":["x-${fn}-${n}"]}';
    expect(JSON.parse(fillPlaceholders(text, { fn: 'a"b', n: '1' }))).toEqual({ A: 'a"b', B: ['x-a"b-1'] });
  });

  test('are named with their places when they have no value', () => {
    const fill = () => fillPlaceholders('{"A":"${x}","B":["${y}"]}', {});
    expect(fill).toThrow('The placeholder ${x} has no value at /A');
    expect(fill).toThrow('The placeholder ${y} has no value at /B[0]');
  });
});
