import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Marks a directory as in use. A mark that is there already was left by a run that was killed, perhaps while it
 * wrote: then it is repaired first. Returns the function that takes the mark away.
 */
export function markInUse(directory: string, repair: () => void): () => void {
  const mark = join(directory, 'in-use');
  if (existsSync(mark)) repair();
  writeFileSync(mark, '');
  return () => rmSync(mark, { force: true });
}

/**
 * Removes objects of which only a part was written: fauxqs would not start with an unreadable description, or
 * would serve a body of another length. To its writer such an object was never stored. Uploads in parts go
 * with the machines that were at them.
 */
export function repairObjects(directory: string): string[] {
  rmSync(join(directory, '_multipart'), { recursive: true, force: true });
  const removed: string[] = [];
  for (const found of globSync('buckets/**/*.meta.json', { cwd: directory })) {
    const description = join(directory, found);
    const body = description.replace(/\.meta\.json$/, '.data');
    if (isWhole(description, body)) continue;
    rmSync(description, { force: true });
    rmSync(body, { force: true });
    removed.push(found);
  }
  return removed;
}

function isWhole(description: string, body: string): boolean {
  try {
    const { contentLength } = JSON.parse(readFileSync(description, 'utf8')) as { contentLength: number };
    return contentLength === statSync(body).size;
  } catch {
    return false;
  }
}
