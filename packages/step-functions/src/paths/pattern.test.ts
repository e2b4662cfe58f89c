import fc from 'fast-check';
import { RE2JS } from 're2js';
import type { Json } from '../json.ts';
import { inRequest, inStep, Overload } from '../work.ts';
import { parsePath } from './jsonpath.ts';
import { checkPattern, measure, patternTest } from './pattern.ts';
import { select } from './select.ts';

const compiles = (pattern: string): boolean => {
  try {
    return RE2JS.compile(pattern) !== undefined;
  } catch {
    return false;
  }
};

const isAccepted = (pattern: string): boolean => {
  try {
    checkPattern(pattern, '');
    return true;
  } catch {
    return false;
  }
};

const piece = fc.constantFrom(
  ...[
    'a',
    'é',
    '😀',
    '.',
    '^',
    '$',
    '|',
    '*',
    '+',
    '?',
    '*?',
    '{2}',
    '{0,3}',
    '{,4}',
    '{5,}',
    '{20}',
    '{3,1}',
  ],
  ...['{', '}', '{}', '{,}', '{1001}', '(', ')', '(?:', '(?i)', '(?i:', '(?P<n>', '(?=', '(a)', '(|a|)'],
  ...[
    '[ab]',
    '[^]]',
    '[]a]',
    '[a\\]]',
    '[[:alpha:]]',
    '[',
    ']',
    '\\d',
    '\\b',
    '\\pL',
    '\\p{Greek}',
    '\\x{10FF}',
  ],
  ...['\\Qa{9}', '\\E', '\\', '(?:a{10}b){10}', '((a?){10}){10}', '[ab]{1,50}'],
);
const pattern = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

test('the check of a pattern accepts what RE2 compiles, and refuses everything else', () => {
  fc.assert(
    fc.property(pattern, (text) => expect(isAccepted(text)).toBe(compiles(text))),
    { numRuns: 3000 },
  );
});

test('no program is larger than its measure', () => {
  fc.assert(
    fc.property(pattern.filter(compiles), (text) =>
      expect(measure(text).size).toBeGreaterThanOrEqual(RE2JS.compile(text).programSize()),
    ),
    { numRuns: 3000 },
  );
});

test('the service does not compile a short pattern whose program is large', () => {
  const repeated = '[ab]{1000}'.repeat(240);
  expect(() => inStep(() => checkPattern(repeated, ''))).not.toThrow();
  expect(() => inStep(() => patternTest(repeated, ''))).toThrow(Overload);
  expect(inRequest(() => patternTest('[ab]{1000}'.repeat(20), '')('ab'.repeat(100)))).toBe(false);
});

test('the service does not write a value to match a pattern with it that is many times as long as what it was found in', () => {
  let doubled: Json = ['a'];
  for (let level = 0; level < 40; level += 1) doubled = [doubled, doubled];
  const found = [doubled];
  expect(() => inStep(() => select(parsePath('$[?(@ =~ /a/)]'), found))).toThrow(Overload);
});

test.each([
  ['classes', '['],
  ['names of classes', '[[:'],
  ['literals', '\\Q'],
  ['groups', '('],
  ['names of groups', '(?P<a'],
  ['properties', '\\p{'],
  ['counts', '{1'],
])('%s that do not end are measured in linear time', (_name, text) => {
  expect(measure(text.repeat(300_000)).size).toBeGreaterThan(0);
});
