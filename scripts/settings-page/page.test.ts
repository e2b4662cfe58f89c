import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settings } from '../../config/settings/index.ts';
import { settingsPage } from './page.ts';

test('docs/settings.md is up to date with make check FIX=1', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/settings.md'), 'utf8');
  expect(page).toBe(settingsPage());
});

test('every setting is in exactly one table', () => {
  const named = [...settingsPage().matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(new Set(named).size).toBe(named.length);
  expect(named).toEqual(expect.arrayContaining(Object.keys(settings)));
});
