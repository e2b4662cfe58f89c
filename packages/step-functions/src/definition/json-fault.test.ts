import { jsonFault } from './json-fault.ts';

test.each([
  [
    'not a definition',
    "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    '[Source: (String)"not a definition"; line: 1, column: 4]',
  ],
  [
    "{'not': 1}",
    "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
    '[Source: (String)"{\'not\': 1}"; line: 1, column: 3]',
  ],
  [
    '{\n"a": tru}',
    "Unrecognized token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    '[Source: (String)"{\n"a": tru}"; line: 2, column: 9]',
  ],
])('%j is refused in the words of AWS', (text, message, place) => {
  expect(jsonFault(text)).toEqual({ message, place });
});

test('the place shows 500 characters of a long text', () => {
  expect(jsonFault(`[x${' '.repeat(600)}]`)?.place).toMatch(
    /"\[truncated 103 chars\]; line: 1, column: 3\]$/,
  );
});

test.each(['{"a": 1}', '{', '["a', '{"a" 1}'])('of %j nothing is known', (text) => {
  expect(jsonFault(text)).toBeUndefined();
});
