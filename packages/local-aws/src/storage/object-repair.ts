import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Marks a directory as in use. An existing mark comes from a run that was killed, possibly during a write; then the
 * directory is repaired first. Returns a function that removes the mark.
 */
export function markInUse(directory: string, repair: () => void): () => void {
  const mark = join(directory, 'in-use');
  if (existsSync(mark)) repair();
  writeFileSync(mark, '');
  return () => rmSync(mark, { force: true });
}

/**
 * Removes partially written objects: fauxqs would not start with an unreadable description, or would serve a body of
 * another length. Their writers never got a success response. Multipart uploads are removed too, since the machines
 * that made them are gone.
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
