import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

interface Job {
  size: number;
  settle: PromiseWithResolvers<Uint8Array>;
}

interface Thread {
  worker: Worker;
  /** In the order of their results. */
  jobs: Job[];
}

const threads: Thread[] = [];
const most = Math.min(4, availableParallelism());

function start(): Thread {
  const thread: Thread = {
    worker: new Worker(new URL('./deflate-thread.ts', import.meta.url)),
    jobs: [],
  };
  thread.worker.on('message', (deflated: Uint8Array) => {
    thread.jobs.shift()?.settle.resolve(deflated);
    // An idle thread does not keep the process alive.
    if (thread.jobs.length === 0) thread.worker.unref();
  });
  thread.worker.on('error', (error) => {
    threads.splice(threads.indexOf(thread), 1);
    for (const { settle } of thread.jobs) settle.reject(error);
  });
  threads.push(thread);
  return thread;
}

const load = ({ jobs }: Thread) => jobs.reduce((sum, { size }) => sum + size, 0);

/** Returns the thread that will be free first; threads are kept, since one is fast only from its second file on. */
function freest(): Thread {
  const least = threads.toSorted((a, b) => load(a) - load(b))[0];
  return least && (least.jobs.length === 0 || threads.length === most) ? least : start();
}

/** Compresses in threads (raw deflate). */
export function deflateInThread(bytes: Uint8Array): Promise<Uint8Array> {
  const { worker, jobs } = freest();
  const settle = Promise.withResolvers<Uint8Array>();
  jobs.push({ size: bytes.byteLength, settle });
  worker.ref();
  worker.postMessage(bytes);
  return settle.promise;
}
