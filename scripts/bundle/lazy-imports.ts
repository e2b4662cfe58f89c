import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const imported = /(?:\bfrom|^import)\s*'(\.[^']+\.ts)'/gm;
const importedLater = /\bimport\(\s*'/;

/** Returns whether a source of this project, or one that it imports, loads another one on demand. */
export async function loadsLater(root: string, entry: string): Promise<boolean> {
  const seen = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = await readFile(join(root, file), 'utf8').catch(() => '');
    if (importedLater.test(text)) return true;
    for (const [, path = ''] of text.matchAll(imported)) open.push(join(dirname(file), path));
  }
  return false;
}
