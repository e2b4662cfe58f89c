/** Compares what is read without the other process with what JSONata returns. */

import fc from 'fast-check';
import jsonata from 'jsonata';
import { type Json, type JsonObject, jsonText, parseKept } from '../json.ts';
import { follow, namesOnly } from './direct.ts';

const scopeOf = (input: Json, variables: JsonObject) => ({
  input,
  context: () => ({ State: { Name: 'S' } }),
  variable: (name: string) => variables[name],
  variables: () => variables,
});

test.each(['$states.input', '$states.input.a_1.b', '$job', '$job.id', '$states.context.Map.Item.Value'])(
  '%s only follows names',
  (text) => expect(namesOnly(text)).toEqual(text.slice(1).split('.')),
);

test.each([
  ...[
    '$states',
    '$states.other',
    '$',
    '$$.a',
    '$a.true',
    '$a.in',
    '$a.function',
    '$a.`b`',
    '$a[0].b',
    '$a.*',
    '$a.b[]',
  ],
  ...['$sum($a)', '$a.b.$c', '$a .b', 'a.b', '$a.1', '$a-b', '$é'],
])('%s needs the other process', (text) => expect(namesOnly(text)).toBeUndefined());

const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'length');
const value = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Json>(null, true, 0, 1.5, '', 'text', [], {}),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc
      .array(fc.tuple(name, tie('tree')), { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries) as Json),
  ),
})).tree;

test('names lead to the value that JSONata returns, or to nothing', async () => {
  const path = fc.array(name, { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      value,
      fc.constantFrom('states.input', 'job', 'none'),
      path,
      async (data, start, names) => {
        const text = `$${[start, ...names].join('.')}`;
        const found = namesOnly(text);
        const followed = found && follow(found, scopeOf(data, { job: data }));
        if (followed === undefined || followed === 'elsewhere') return;
        const expected: unknown = await jsonata(text).evaluate(undefined, {
          states: { input: data },
          job: data,
        });
        const given = followed === 'nothing' ? undefined : followed.value;
        expect(JSON.stringify(given)).toBe(JSON.stringify(expected));
      },
    ),
    { numRuns: 2000 },
  );
});

test('a value that is read many times is copied once, without the text that it was read from', () => {
  const input = parseKept('{ "a": 1.0 }');
  const read = () => follow(['states', 'input'], scopeOf(input, {}));
  const first = read();
  const second = read();
  if (typeof first !== 'object' || typeof second !== 'object') throw new Error('the input has a value');
  expect(jsonText(first.value)).toBe('{"a":1}');
  expect(second.value).toBe(first.value);
});
