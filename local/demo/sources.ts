import { join } from 'node:path';
import { storedJson } from 'local-aws/state';
import * as z from 'zod';

const Sources = z.record(z.string(), z.string());

/**
 * Records the file or folder of a chapter, and returns the one that an earlier run took under the same id, if it was another:
 * the pipeline names a chapter by its path in the library, and in the demo each chapter is a library.
 */
export function otherSource(stateDirectory: string, chapterId: string, path: string): string | undefined {
  const stored = storedJson(join(stateDirectory, 'chapters.json'), Sources, {});
  const sources = stored.read();
  const before = sources[chapterId];
  stored.write({ ...sources, [chapterId]: path });
  return before === path ? undefined : before;
}
