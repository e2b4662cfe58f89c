/** `make check FIX=1`: writes docs/settings.md from the schema of the settings. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsPage } from './settings-page/page.ts';

await writeFile(join(import.meta.dirname, '../docs/settings.md'), settingsPage());
console.log('docs/settings.md');
