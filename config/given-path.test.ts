import { homedir } from 'node:os';
import { join } from 'node:path';
import { givenPath } from './given-path.ts';
import { parseConfig } from './settings/index.ts';

test.each([
  ['~/comics/a.cbz', join(homedir(), 'comics/a.cbz')],
  ['~', homedir()],
  ['/a/~/b', '/a/~/b'],
  ['~a.cbz', '~a.cbz'],
  ['a.cbz', 'a.cbz'],
])('the path %s is %s', (given, path) => {
  expect(givenPath(given)).toBe(path);
});

test('settings that are paths expand the home folder', () => {
  const config = parseConfig({ library: '~/comics', publisherFolder: '~/out', ffmpegPath: '~/bin/ffmpeg' });
  expect(config).toMatchObject({
    library: join(homedir(), 'comics'),
    publisherFolder: join(homedir(), 'out'),
    ffmpegPath: join(homedir(), 'bin/ffmpeg'),
  });
});
