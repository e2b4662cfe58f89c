/** `make dev`: the local cloud with the pipeline on it, until Ctrl-C. Code that can't be loaded is told, and taken when it is mended. */
import { untilLoadable } from './dev/loadable.ts';

const loaded = await import('./dev/main.ts').catch((error: unknown) => error);
if (loaded instanceof Error) {
  await untilLoadable(loaded);
  // A module that failed once is kept so in this process; the same one begins anew.
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)]);
} else (loaded as typeof import('./dev/main.ts')).main();
