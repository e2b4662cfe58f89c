import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the folders that are scored by default; missing ones are reported and skipped. */
export function defaultFolders(): string[] {
  const root = join(import.meta.dirname, '../../..');
  const samples = readdirSync(join(root, 'samples'))
    .map((name) => join(root, 'samples', name))
    .filter((folder) => existsSync(join(folder, 'truth.json')));
  const shared = ['samples', 'comics'].map((name) => join(root, '../shared', name));
  for (const folder of shared) if (!existsSync(folder)) console.log(`${folder} does not exist: skipped`);
  return [...samples, ...shared.filter((folder) => existsSync(folder))];
}
