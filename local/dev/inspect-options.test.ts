import { readFileSync } from 'node:fs';
import { inspectOptions } from './inspect-options.ts';

test('VS Code attaches to the ports that INSPECT=1 opens', () => {
  const file = new URL('../../.vscode/launch.json', import.meta.url);
  const { configurations } = JSON.parse(readFileSync(file, 'utf8')) as {
    configurations: { port?: number }[];
  };
  const first = inspectOptions('1')?.port ?? 0;
  expect(configurations.flatMap(({ port }) => port ?? [])).toEqual([first, first + 1, first + 2]);
});

test.each([
  [undefined, undefined],
  ['0', undefined],
  ['1', { port: 9229, wait: false }],
  ['wait', { port: 9229, wait: true }],
  ['9300', { port: 9300, wait: false }],
  ['wait:9300', { port: 9300, wait: true }],
])('INSPECT=%s is %o', (given, expected) => {
  expect(inspectOptions(given)).toEqual(expected);
});

test('rejects an invalid INSPECT and names the valid values', () => {
  expect(() => inspectOptions('yes')).toThrow(/^INSPECT is yes; it must be 1, wait, /);
});
