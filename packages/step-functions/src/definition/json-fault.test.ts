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
])('%j is refused in the words that were recorded on AWS', (text, message, place) => {
  expect(jsonFault(text)).toEqual({ message, place });
});

test('the place shows 500 characters of a long text', () => {
  expect(jsonFault(`[x${' '.repeat(600)}]`)?.place).toMatch(
    /"\[truncated 103 chars\]; line: 1, column: 3\]$/,
  );
});

/** As Jackson 2.14 reports them; `at` is the line and the column. */
test.each([
  ['{"a":1,}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 1, 9],
  [
    '{"a" 1}',
    "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
    1,
    7,
  ],
  [
    '{"a":1\n"b":2}',
    "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
    2,
    2,
  ],
  ['[1 2]', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 1, 5],
  ['[1,]', "Unexpected character (']' (code 93)): expected a valid value (JSON String, ", 1, 5],
  ['{"a":}', "Unexpected character ('}' (code 125)): expected a valid value (JSON String, ", 1, 7],
  ['[1,}', "Unexpected character ('}' (code 125)): expected a value", 1, 5],
  ['{"a":\u2028}', "Unexpected character ('\u2028' (code 8232 / 0x2028)): expected a valid value", 1, 7],
  ['// x', "Unexpected character ('/' (code 47)): maybe a (non-standard) comment?", 1, 2],
  ['{"a":01}', 'Invalid numeric value: Leading zeroes not allowed', 1, 7],
  [
    '{"a":-}',
    "Unexpected character ('}' (code 125)) in numeric value: expected digit (0-9) to follow minus sign",
    1,
    8,
  ],
  [
    '{"a":1.}',
    "Unexpected character ('}' (code 125)) in numeric value: Decimal point not followed by a digit",
    1,
    8,
  ],
  [
    '{"a":1e}',
    "Unexpected character ('}' (code 125)) in numeric value: Exponent indicator not followed by a digit",
    1,
    8,
  ],
  ['"abc', 'Unexpected end-of-input: was expecting closing quote for a string value', 1, 5],
  ['{"a', 'Unexpected end-of-input in field name', 1, 4],
  ['{"a":"\\', 'Unexpected end-of-input in character escape sequence', 1, 8],
  ['{"a":"x\\q"}', "Unrecognized character escape 'q' (code 113)", 1, 10],
  [
    '{"a":"\\u12g4"}',
    "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence",
    1,
    12,
  ],
  [
    '{"a":"x\ny"}',
    'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be',
    1,
    9,
  ],
  [
    '[\u0001]',
    'Illegal character ((CTRL-CHAR, code 1)): only regular white space (\\r, \\n, \\t) is allowed',
    1,
    3,
  ],
  ['{"a":1', 'Unexpected end-of-input: expected close marker for Object (start marker at [Source', 1, 7],
  ['{"a"', 'Unexpected end-of-input within/between Object entries', 1, 5],
  ['[1,', 'Unexpected end-of-input within/between Array entries', 1, 4],
  ['{"a":1]', "Unexpected close marker ']': expected '}' (for Object starting at [Source", 1, 8],
  ['}', "Unexpected close marker '}': expected ']' (for root starting at [Source", 1, 2],
  ['{"a":1,"a":2}', "Duplicate field 'a'", 1, 11],
])('%j is refused in the words of Jackson', (text, message, line, column) => {
  const fault = jsonFault(text);
  expect(fault?.message.slice(0, message.length)).toBe(message);
  expect(fault?.place).toMatch(new RegExp(`line: ${line}, column: ${column}\\]$`));
});

test.each(['{"a": 1}', '{"a":[1,-2.5e3,true,null,"\\u00e9"]}', '{} x', '[NaN]', '[+1]', '[1.', ''])(
  'of %j no fault is known',
  (text) => {
    expect(jsonFault(text)).toBeUndefined();
  },
);

test('a text of many levels takes no stack', () => {
  expect(jsonFault('['.repeat(100_000))?.message).toMatch(/^Unexpected end-of-input: expected close marker/);
});
