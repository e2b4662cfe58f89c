/** Checks whether the code of `make dev` can be loaded, in its own thread without earlier failures. */
import { parentPort, workerData } from 'node:worker_threads';

const problem = await Promise.all([import('./main.ts'), import(String(workerData))]).then(
  () => undefined,
  ({ name, message, stack }: Error) => ({ name, message, stack }),
);
parentPort?.postMessage(problem);
