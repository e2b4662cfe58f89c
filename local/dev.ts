/**
 * `make dev`: the local cloud with the pipeline on it, until Ctrl-C. Waits for a fix when the code cannot be loaded.
 */
import { untilLoadable } from './dev/loadable.ts';

const loaded = await import('./dev/main.ts').catch((error: unknown) => error);
if (loaded instanceof Error) {
  await untilLoadable(loaded);
  // A failed module stays failed in this process; replacing the process keeps its pid and starts again.
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)]);
} else (loaded as typeof import('./dev/main.ts')).main();
