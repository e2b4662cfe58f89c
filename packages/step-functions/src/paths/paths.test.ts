import { applyPath, evaluateField, parseExpression } from '../expression.ts';
import type { Json } from '../json.ts';
import { readPath, type Scope } from '../scope.ts';
import { inRequest } from '../work.ts';
import { parsePath } from './jsonpath.ts';
import { parseReferencePath, setAt } from './reference.ts';

const input: Json = {
  store: { 'a b': 1, 'x-y': 2 },
  books: [
    { title: 'A', price: 5, tags: ['new'], '@id': 1 },
    { title: 'B', price: 15 },
    { title: 'C', price: 25, tags: [] },
  ],
  limit: 10,
  null: null,
  people: [
    { name: 'Ann Lee', age: '9', member: true },
    { name: '/a/b|c', age: 12, member: false },
    { name: null, member: null },
  ],
  "it's": 1,
  'a\tbA': 2,
  '@type': 3,
};
const scope: Scope = {
  input,
  context: () => ({ State: { Name: 'S' } }),
  variable: (name) => (name === 'job' ? { id: 7, pages: [1, 2] } : undefined),
  variables: () => ({ job: { id: 7, pages: [1, 2] } }),
};

/** Returns something nested in itself. */
const nested = (open: string, inner: string, close: string, levels: number) =>
  `${open.repeat(levels)}${inner}${close.repeat(levels)}`;

test.each<[title: string, text: (levels: number) => string]>([
  ['parentheses', (levels) => `$.books[?(${nested('(', '@.tags', ')', levels - 1)})]`],
  ['lists', (levels) => `$.books[?(@.tags in ${nested('[', '1', ']', levels)})]`],
  ['calls', (levels) => `States.Array(${nested('States.Array(', '$.limit', ')', levels)})`],
])('an expression has 100 levels of %s at most', (_title, text) => {
  expect(() => evaluateField(parseExpression(text(100)), 'a.$', scope)).not.toThrow();
  for (const levels of [101, 500, 30_000])
    expect(() => parseExpression(text(levels))).toThrow('more than 100 levels');
});

describe('JSONPath', () => {
  test.each<[string, Json]>([
    ['$', input],
    ['$.store.x-y', 2],
    ["$.store['a b']", 1],
    ['$["store"]["x-y"]', 2],
    ['$.books[1].title', 'B'],
    ['$.books[(@.length-1)].title', 'C'],
    ['$.books[(@.size() - 2)].title', 'B'],
    ['$.null', null],
    ['$.books[*].title', ['A', 'B', 'C']],
    ['$.books[0:2].title', ['A', 'B']],
    ['$.books[-2:].title', ['B', 'C']],
    ['$.books[:-2].title', ['A']],
    ['$.books[1:-1].title', []],
    ['$.books[-1:1]', [null, { title: 'A', price: 5, tags: ['new'], '@id': 1 }]],
    ['$.books[0,2].price', [5, 25]],
    ['$..price', [5, 15, 25]],
    ['$.books[?(@.price < 20)].title', ['A', 'B']],
    ['$.books[?(@.price > $.limit)].title', ['B', 'C']],
    ["$.books[?(@.title == 'A' || @.title == 'C')].price", [5, 25]],
    ['$.books[?(@.price >= 15 && !@.tags)].title', ['B']],
    ['$.books[?(@.tags)].title', ['A', 'C']],
    ["$.books[?(@.title in ['B','C'])].price", [15, 25]],
    ['$.books[?(@.title =~ /[ab]/i)].price', [5, 15]],
    ['$.books[?(@.price > .85)].title', ['A', 'B', 'C']],
    ['$.books[?(@.price == 5.)].title', ['A']],
    ['$.books[?(10<@.price)].title', []],
    ['$.books[?(A == @.title)].price', [5]],
    ["$.books[?(@.title == 'A' || @.title == 'B' && @.price > 20)].title", ['A']],
    ["$.books[?((@.title == 'A' || @.title == 'B') && @.price > 20)].title", ['A']],
    ['$.books[?(@.price=5)]', []],
    ['$.people[?(@.member)].age', ['9', 12]],
    ['$.people[?(!@.member)].name', [null]],
    ['$.people[?(@.name != null)].age', ['9', 12]],
    ['$.people[?(@.name > A)].age', ['9']],
    ['$.people[*].age', ['9', 12]],
    ['$.people..[0].name', ['Ann Lee', '/a/b|c', null]],
    ['$.books[0,9]', [{ title: 'A', price: 5, tags: ['new'], '@id': 1 }, null]],
    ['$.books[1].tags[*]', []],
    ['$.books[*].tags[0]', ['new', null]],
    ['$.@type', 3],
    ['$.books[?(@.@id==1)].title', ['A']],
    ["$.books[?(@.title === 'A')].price", [5]],
    ["$.books[?(@.title !== 'A')].price", [15, 25]],
    ["$.books[?(@.title NIN ['A'])].price", [15, 25]],
    ["$.books[?(@.title contains 'B')].price", [15]],
    ['$.books[?(@.title size 1)].price', [5, 15, 25]],
    ['$.books[?(@.title empty false)].price', [5, 15, 25]],
    ["$.books[?(['A'] subsetof ['A', 'B'])].price", [5, 15, 25]],
    ["$.books[?(['A'] anyof ['B'])].price", []],
    ["$.books[?(['A'] noneof ['B'])].price", [5, 15, 25]],
    ['$.nothing[*].at.all', []],
    ['$.nothing[1:].at.all', []],
    ['$.books[*].length()', []],
    ["$.store['a b', 'x-y', 'none']", { 'a b': 1, 'x-y': 2 }],
    ["$['limit', 'null']", { limit: 10, null: null }],
    [String.raw`$['it\'s']`, 1],
    [String.raw`$['a\tb\u0041']`, 2],
    [
      "$.books[0,1]['title', 'price']",
      [
        { title: 'A', price: 5 },
        { title: 'B', price: 15 },
      ],
    ],
    ["$.store.['a b']", 1],
    ['$.books.[1].title', 'B'],
    [' $.limit ', 10],
    ['$.books[?(@.title==B)].price', [15]],
    ['$.books[?(@.title in [A, C])].price', [5, 25]],
    ['$.books[?(@.price==15.0)].title', ['B']],
    ["$.books[?(@.price == '15')].title", ['B']],
    ["$.books[?(@.price != '15')].title", ['A', 'C']],
    ["$.books[?(@.price > '9')].title", ['B', 'C']],
    ['$.people[?(@.name == Ann Lee)].age', ['9']],
    ['$.people[?(@.name==Ann Lee && @.age==9)].age', ['9']],
    ['$.people[?(@.age > 20)].name', ['Ann Lee']],
    ['$.people[?(20 < @.age)].name', ['Ann Lee']],
    ['$.people[?(@.name == /a/b|c)].age', [12]],
    ["$.people[?(@.member == 'true')].age", ['9']],
    ['$.people[?(@.member == true)].age', ['9']],
    ['$.people[?(@.member != true)].name', ['/a/b|c', null]],
    ['$.people[?(@.name == null)].member', [null]],
    ["$.people[?(@.age != '9')].age", [12]],
    ['$.books[?(@.tags != none)]', []],
    ['$job.pages[1]', 2],
    ['$$.State.Name', 'S'],
  ])('%s', (text, expected) => {
    expect(readPath(parsePath(text), scope)).toEqual(expected);
  });

  test.each([
    '',
    'a',
    '@.a',
    '$.',
    '$.a.',
    '$.a..',
    '$.a[',
    '$.a[b]',
    "$['a",
    '$.a b',
    '$.a[?(@.b ==)]',
    '$.a[?(system())]',
    '$.a[?(text)]',
    '$.a[?(@.*)]',
    '$.a[?(@..b == 1)]',
    '$.a[?(@.b[?(@.c)])]',
    '$.a[?(!(@.b))]',
    '$.a[?((@.b)]',
    '$.a[?(@.b =~ /(?=c)/)]',
  ])('rejects the path %p', (text) => {
    expect(() => parsePath(text)).toThrow();
  });

  test('a pattern that backtracks elsewhere takes linear time', () => {
    const path = parsePath('$[?(@.x =~ /(a+)+$/)]');
    const found = readPath(path, { ...scope, input: [{ x: `${'a'.repeat(5000)}b` }, { x: 'aa' }] });
    expect(found).toEqual([{ x: 'aa' }]);
  });

  test('text of 400,000 blanks without an operator, and as many indexes, are read in linear time', () => {
    expect(() => parsePath(`$[?(a${' '.repeat(400_000)})]`)).toThrow('a value is missing');
    expect(parsePath(`$[0${',0'.repeat(400_000)}]`).steps).toHaveLength(1);
  });

  test.each([
    ['$.limit[0]', 'Filter: [0] can only be applied to arrays. Current context is: 10'],
    ['$[1:]', 'Filter: [1:] can only be applied to arrays. Current context is: {'],
    ['$.store[0,1]', 'Filter: [0,1] can only be applied to arrays. Current context is: {'],
    ["$['it\\'s'][?(@.a)]", 'Filter: [?] can not be applied to primitives. Current context is: 1'],
    ["$['store', 'none']['x-y']", "Multi properties can only be used as path leafs: $['store', 'none']"],
    ['$.books[-1].title', "Property ['title'] not found in path $['books'][-1]"],
    ['$.books[9].title', "Property ['title'] not found in path $['books'][9]"],
    ['$.limit[0].a', "Filter: [0]['a'] can only be applied to arrays. Current context is: 10"],
    ['$.null[1:]', "The path $['null'] is null"],
    ['$.limit.a[*]', "Property ['a'] not found in path $['limit']"],
    ['$.store.*.a', "Property ['a'] not found in path $['store']['a b']"],
    ['$.people[*][0]', 'Filter: [0] can only be applied to arrays. Current context is: {'],
    ['$.books[?(@.price > 1)].tags', "No results for path: $['books'][1]['tags']"],
    ['$.books[0:2].tags', "No results for path: $['books'][1]['tags']"],
    ['$.books[0,9].title', "Property ['title'] not found in path $['books'][9]"],
    ['$.people..age.x', "Property ['x'] not found in path $['people'][0]['age']"],
    ['$.books[?(@[0] == 1)]', 'Filter: [0] can only be applied to arrays. Current context is: {'],
    ['$.books[?(@.price == A)]', "The text 'A' is not a number"],
    ['$.limit.a', "Property ['a'] not found in path $['limit']"],
    ['$.null[0]', "The path $['null'] is null"],
  ])("what %s cannot be applied to is named in Jayway's words", (text, message) => {
    expect(() => readPath(parsePath(text), scope)).toThrow(message);
  });

  test('a path through too many levels fails, and overflows nothing', () => {
    let deep: Json = 1;
    for (let level = 1; level < 1000; level += 1) deep = { a: deep };
    const read = (text: string) => inRequest(() => readPath(parsePath(text), { ...scope, input: deep }));
    expect(read(`$${'.a'.repeat(999)}`)).toBe(1);
    expect(read('$..a')).toHaveLength(999);
    expect(read(`$.a${'[?(@.a)]'.repeat(1900)}`)).toHaveLength(1);
    expect(() => read(`$${'..a'.repeat(900)}`)).toThrow('more than 2100 levels');
  });

  test('does not find inherited properties', () => {
    expect(() => readPath(parsePath('$.constructor'), scope)).toThrow(
      "No results for path: $['constructor']",
    );
  });

  test("names the missing member in AWS's words", () => {
    expect(() => applyPath(parsePath('$.store.nothing.more'), scope)).toThrow(
      "Invalid path '$.store.nothing.more' : Missing property in path $['store']['nothing']",
    );
    expect(() => applyPath(parsePath('$.store.nothing'), scope)).toThrow(
      "No results for path: $['store']['nothing']",
    );
    expect(() => evaluateField(parseExpression('$missing'), 'a.$', scope)).toThrow(
      /^The JSONPath '\$missing' specified for the field 'a\.\$' could not be found in the input/,
    );
  });

  test('names the whole function when an argument is missing', () => {
    expect(() =>
      evaluateField(parseExpression("States.Format('{}', States.MathAdd($.no, 1))"), 'a.$', {
        ...scope,
        input: { b: 1 },
      }),
    ).toThrow(
      `The function 'States.Format('{}', States.MathAdd($.no, 1))' had the following error: The JsonPath argument for the field '$.no' could not be found in the input '{"b":1}'`,
    );
  });

  test('gives null past the end of a list in a template', () => {
    const field = (path: string): Json =>
      evaluateField(parseExpression(path), 'a.$', { ...scope, input: { list: [1] } });
    expect(field('$.list[5]')).toBeNull();
    expect(() => field('$.list[5].a')).toThrow("specified for the field 'a.$' could not be found");
    expect(() => field('States.ArrayLength($.list[5])')).toThrow('The JsonPath argument');
    expect(() => field('States.ArrayLength($$.Nope.Deep)')).toThrow("for the field '$.Nope.Deep' could");
  });
});

describe('ResultPath', () => {
  test.each<[string, Json, Json]>([
    ['$', { a: 1 }, 'R'],
    ['$.b', { a: 1 }, { a: 1, b: 'R' }],
    ['$.a.b.c', { a: { x: 1 } }, { a: { x: 1, b: { c: 'R' } } }],
    ['$.a[1]', { a: [1, 2] }, { a: [1, 'R'] }],
    ['$.a', null, { a: 'R' }],
  ])('%s into %j', (path, target, expected) => {
    const before = structuredClone(target);
    expect(setAt(parseReferencePath(path), target, 'R')).toEqual(expected);
    expect(target).toEqual(before);
  });

  test.each<[string, Json]>([
    ['$.a.b', { a: 'text' }],
    ['$.a[5]', { a: [1] }],
    ['$.a', [1]],
  ])('%s cannot be applied to %j', (path, target) => {
    const misfit = expect.objectContaining({ error: 'States.ResultPathMatchFailure' });
    expect(() => setAt(parseReferencePath(path), target, 'R')).toThrow(misfit);
  });

  test.each(['$.a[*]', '$..a', '$.a[-1]', '$$.a', '$a', "$['a', 'b']", '$.a.length()'])(
    'rejects the reference path %s',
    (text) => {
      expect(() => parseReferencePath(text)).toThrow();
    },
  );
});
