import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';

/** Returns where this process keeps what V8 compiled, so that threads and processes that it starts share it. */
export function codeCache(): string | undefined {
  const ofThisVersion = getCompileCacheDir();
  return ofThisVersion && dirname(ofThisVersion);
}
