import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../testing.ts';
import { type SourceWatch, watchSources } from './watch.ts';

let folder: string;
let watched: SourceWatch | undefined;
let changes: [string, string | undefined][];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'watch-test-')));
  changes = [];
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  mkdirSync(join(folder, 'elsewhere'));
  write('src/a.ts', 'one');
});
afterEach(() => {
  watched?.close();
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string) => join(folder, name);
const write = (name: string, text: string) => writeFileSync(path(name), text);

async function start(...paths: string[]): Promise<void> {
  const onChange = (files: ReadonlyMap<string, string | undefined>) => changes.push(...files);
  watched = await watchSources(paths.map(path), onChange, () => {});
}
const changed = (name: string, text: string | undefined) =>
  eventually(`${name} to be reported as ${text} in ${JSON.stringify(changes)}`, () =>
    changes.some(([file, now]) => file === path(name) && now === text),
  );

test('reports a written file and a new file, also in a new folder', async () => {
  await start('src');
  expect(watched?.texts.get(path('src/a.ts'))).toBe('one');
  write('src/a.ts', 'two');
  await changed('src/a.ts', 'two');
  write('src/deep/b.ts', 'new');
  await changed('src/deep/b.ts', 'new');
  mkdirSync(path('src/later/on'), { recursive: true });
  write('src/later/on/c.ts', 'newer');
  await changed('src/later/on/c.ts', 'newer');
  write('src/later/on/c.ts', 'newest');
  await changed('src/later/on/c.ts', 'newest');
});

test('reports a file that an editor replaces, by renaming over it or by removing the old one first', async () => {
  await start('src');
  write('src/a.ts~', 'two');
  renameSync(path('src/a.ts~'), path('src/a.ts'));
  await changed('src/a.ts', 'two');
  unlinkSync(path('src/a.ts'));
  write('src/a.ts', 'three');
  await changed('src/a.ts', 'three');
  expect(changes.filter(([, text]) => text === undefined)).toEqual([]);
});

test('reports a deleted file', async () => {
  await start('src');
  unlinkSync(path('src/a.ts'));
  await changed('src/a.ts', undefined);
});

test("reports changes of a link's target, and a link that gets another target", async () => {
  write('elsewhere/b.ts', 'one');
  write('elsewhere/c.ts', 'other');
  mkdirSync(path('elsewhere/folder'));
  write('elsewhere/folder/d.ts', 'one');
  symlinkSync(path('elsewhere/b.ts'), path('src/b.ts'));
  symlinkSync(path('elsewhere/folder'), path('src/linked'));
  await start('src');
  write('elsewhere/b.ts', 'two');
  await changed('elsewhere/b.ts', 'two');
  write('elsewhere/folder/d.ts', 'two');
  await changed('elsewhere/folder/d.ts', 'two');
  symlinkSync(path('elsewhere/c.ts'), path('src/b.ts~'));
  renameSync(path('src/b.ts~'), path('src/b.ts'));
  // Modules loaded from the old target get the text of the new one.
  await changed('elsewhere/b.ts', 'other');
  write('elsewhere/c.ts', 'another');
  await changed('elsewhere/b.ts', 'another');
});

test('watches a single file without its neighbours', async () => {
  write('config.ts', 'one');
  await start('config.ts');
  write('neighbour.ts', 'x');
  write('config.ts', 'two');
  await changed('config.ts', 'two');
  expect(changes.map(([file]) => file)).toEqual([path('config.ts')]);
});

test('reports nothing for unchanged text, tests and files that are not sources', async () => {
  await start('src');
  write('src/a.ts', 'one');
  write('src/a.test.ts', 'x');
  write('src/notes.txt', 'x');
  mkdirSync(path('src/node_modules'));
  write('src/node_modules/x.ts', 'x');
  await wait(60);
  write('src/a.ts', 'two');
  await changed('src/a.ts', 'two');
  expect(changes).toEqual([[path('src/a.ts'), 'two']]);
});
