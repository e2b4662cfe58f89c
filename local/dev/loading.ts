/** Checks whether the code of `make dev` can be loaded, in its own thread without earlier failures. */
import { parentPort } from 'node:worker_threads';

const problem = await import('./main.ts').then(
  () => undefined,
  ({ name, message, stack }: Error) => ({ name, message, stack }),
);
parentPort?.postMessage(problem);
