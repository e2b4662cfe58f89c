import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';

/** Returns the folder of V8's compile cache of this process, which the threads and processes that it starts share. */
export function codeCache(): string | undefined {
  const ofThisVersion = getCompileCacheDir();
  return ofThisVersion && dirname(ofThisVersion);
}
