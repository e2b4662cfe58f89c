/** `make check FIX=1`: writes the pages of docs/ that are made from declarations, and the shapes of what is stored. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeStoredShapes } from './deployments/stored-shapes.ts';
import { commandsPage } from './manga/page.ts';
import { settingsPage } from './settings-page/page.ts';
import { licences } from './supply-chain.ts';

export async function writePages(): Promise<void> {
  const pages = { 'settings.md': settingsPage(), 'commands.md': commandsPage() };
  for (const [name, text] of Object.entries(pages)) {
    await writeFile(join(import.meta.dirname, '../docs', name), text);
    console.log(`docs/${name}`);
  }
  await licences();
  writeStoredShapes();
}
