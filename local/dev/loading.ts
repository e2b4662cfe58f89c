/** In a thread of its own, which knows no earlier attempt: can what `make dev` runs be loaded? */
import { parentPort } from 'node:worker_threads';

const problem = await import('./main.ts').then(
  () => undefined,
  ({ name, message, stack }: Error) => ({ name, message, stack }),
);
parentPort?.postMessage(problem);
