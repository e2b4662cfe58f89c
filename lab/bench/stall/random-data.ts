/** Random JSON, paths and expressions of all sizes, with those that evaluators find hard. */

import { oneOf } from '../../load/random.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Random = () => number;

/** Returns a number from 1 to `most`; each size has the same chance as its double. */
export const size = (random: Random, most: number): number => Math.floor(most ** random());

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const names = ['a', 'b', 'v', 'list', 'text'] as const;
const word = (random: Random): string => oneOf(random, ['a', 'ab', 'aaaa!', 'x y', '1', '*', 'é', '{}']);

/** Returns data whose JSON has about `most` characters at most. */
export function randomData(random: Random, most: number): Json {
  const length = size(random, most);
  const kind = oneOf(random, ['text', 'numbers', 'objects', 'keys', 'deep', 'mixed', 'scalar'] as const);
  switch (kind) {
    case 'text':
      return word(random).repeat(Math.ceil(length / 5));
    case 'numbers':
      return times(Math.ceil(length / 6), () => Math.floor(random() * 1000));
    case 'objects':
      return times(Math.ceil(length / 30), (index) => ({ a: index % 7, v: word(random), b: [index] }));
    case 'keys':
      return Object.fromEntries(times(Math.ceil(length / 12), (index) => [`k${index}`, index]));
    case 'deep':
      return times(Math.min(900, Math.ceil(length / 2)), () => 0).reduce<Json>((inner) => [inner], 1);
    case 'mixed':
      return Object.fromEntries(names.map((name) => [name, randomData(random, most / 6)]));
    case 'scalar':
      return oneOf<Json>(random, [null, true, 0, -1.5, '', 'a']);
  }
}

const pattern = (random: Random): string => {
  const piece = oneOf(random, ['a?', '(a+)+', '.*a', '[ab]{1,50}', '(a|aa)+', '((a?){10}){10}', '\\\\d']);
  return piece.repeat(size(random, 100));
};

function filter(random: Random): string {
  const term = () =>
    oneOf<() => string>(random, [
      () => `@.a == ${Math.floor(random() * 9)}`,
      () => '@.v',
      () => `@.b[0] < $.v`,
      () => `@ =~ /${pattern(random)}/`,
      () => `@.v in ['a','ab']`,
      () => '@..*',
    ])();
  return times(size(random, 30), term).join(oneOf(random, [' && ', ' || ']));
}

export function randomPath(random: Random): string {
  const step = () =>
    oneOf<() => string>(random, [
      () => `.${oneOf(random, names)}`,
      () => `['${oneOf(random, names)}','${oneOf(random, names)}']`,
      () => '[*]',
      () => '..*',
      () => `..${oneOf(random, names)}`,
      () => '[0:100000]',
      () => `[?(${filter(random)})]`,
    ])();
  return `$${times(size(random, 6), step).join('')}`;
}

export function randomIntrinsic(random: Random, depth = 0): string {
  const value = (): string =>
    depth < 3 && random() < 0.4
      ? randomIntrinsic(random, depth + 1)
      : oneOf<() => string>(random, [
          () => randomPath(random),
          () => '$',
          () => `'${'ab,'.repeat(size(random, 500))}'`,
        ])();
  return oneOf<() => string>(random, [
    () => `States.Format('${'{}'.repeat(3)}', ${value()}, ${value()}, ${value()})`,
    () => `States.ArrayUnique(${value()})`,
    () => `States.ArrayContains(${value()}, ${value()})`,
    () => `States.ArrayPartition(${value()}, ${size(random, 100)})`,
    () => `States.JsonToString(${value()})`,
    () => `States.StringToJson(${value()})`,
    () => `States.JsonMerge(${value()}, ${value()}, false)`,
    () => `States.StringSplit(${value()}, ${value()})`,
    () => `States.ArrayRange(1, ${size(random, 2000)}, 1)`,
    () => `States.Array(${times(size(random, 50), value).join(', ')})`,
    () => `States.ArrayLength(${value()})`,
    () => `States.Base64Encode(${value()})`,
  ])();
}

/** Returns an expression of JSONata; one of 200 never ends. */
export function randomJsonata(random: Random): string {
  if (random() < 0.005) return '($f := function($n) { $f($n + 1) }; $f(0))';
  const data = oneOf(random, ['$states.input', '$states.input.list', '$states.input.v', '$states.context']);
  return oneOf<() => string>(random, [
    () => data,
    () => `$map([1..${size(random, 20_000)}], function($i) { $i * 2 })`,
    () => `$pad('x', ${size(random, 2_000_000)})`,
    () => `$match('${'a'.repeat(size(random, random() < 0.05 ? 30 : 15))}!', /^(a+)+$/)`,
    () => `$sort(${data})`,
    () => `$distinct($append(${data}, ${data}))`,
    () => `$range(1, ${size(random, 300_000)}, 1)`,
    () => `$string(${data})`,
    () => (random() < 0.1 ? '((1' : '(1)'),
    () => `1${'+1'.repeat(size(random, 5000))}`,
    () => `{ 'a': ${data}, 'b': $uuid() }`,
    () => `$hash($string(${data}), 'SHA-256')`,
    () => `/* ${oneOf(random, ['λ(', "'\\\\", '$a ']).repeat(size(random, 9000))} */ 1`,
    () => '1',
  ])();
}
