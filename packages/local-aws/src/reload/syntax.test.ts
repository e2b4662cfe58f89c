import { placeOf, syntaxProblem } from './syntax.ts';

test.each([
  ['a.ts', 'let x = 1;\nlet y = 2;\n\n let z = ;\nlet w = 1;\n', { line: 4, column: 10 }],
  ['a.ts', 'enum A { B }\n', { line: 1, column: 1 }],
  ['a.ts', 'function f() {\n  return 1;\n', { line: 2 }],
  ['a.json', '{\n  "a": 1,\n}', { line: 3, column: 1 }],
])('finds the error in %s with its place: %j', (file, text, place) => {
  expect(syntaxProblem(file, text)).toEqual({ file, message: expect.any(String), ...place });
});

test('valid code has no problem', () => {
  expect(syntaxProblem('a.ts', 'export const a: number = 1;')).toBeUndefined();
  expect(syntaxProblem('a.json', '{"a":1}')).toBeUndefined();
});

test.each([
  [
    'a link error',
    ['file:///p/a.ts?v=3:7', "import { nope } from './b.ts';", '         ^^^^'],
    { file: '/p/a.ts', line: 7, column: 10 },
  ],
  [
    'an error thrown while loading',
    ['Error: no', '    at node:internal/modules/esm:1:1', '    at file:///p/a%20b.ts?v=1:3:7'],
    { file: '/p/a b.ts', line: 3, column: 7 },
  ],
  [
    'an error thrown by a library',
    ['Error: no', '    at file:///p/node_modules/z/z.js:1:1', '    at file:///p/c.ts:2:3'],
    { file: '/p/c.ts', line: 2, column: 3 },
  ],
])("the place of %s is in the project's file", (_, trace, place) => {
  expect(placeOf({ errorType: 'Error', errorMessage: 'no', trace })).toEqual(place);
});

test('a missing module is an error of the module that imports it', () => {
  const errorMessage = "Cannot find module '/p/gone.ts' imported from /p/a.ts";
  expect(placeOf({ errorType: 'Error', errorMessage, trace: [] })).toEqual({ file: '/p/a.ts' });
});
