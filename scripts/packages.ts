/** `make bundle WHAT=packages`: builds every package of `packages/` and packs it as npm publishes it. */
import { join } from 'node:path';
import { pack, packageFolders } from './packages/pack.ts';

export async function run(): Promise<void> {
  const out = join(import.meta.dirname, '../dist/packages');
  for (const name of await packageFolders()) console.log(await pack(name, out));
}
