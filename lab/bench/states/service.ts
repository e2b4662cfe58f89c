/** The Step Functions service in its own process, for benches. */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const program = join(import.meta.dirname, '../../../packages/step-functions/src/cli.ts');
const reporter = new URL('./report-memory.ts', import.meta.url).href;

/** Bytes. */
export type Memory = Pick<NodeJS.MemoryUsage, 'rss' | 'heapUsed'>;

/** Starts the service; without a directory its state ends with it. */
export async function startService(directory: string | undefined, functionsPort: number) {
  const stored = directory === undefined ? [] : ['--directory', directory];
  const child = spawn(process.execPath, ['--expose-gc', '--import', reporter, program, ...stored], {
    env: { ...process.env, PORT: '0', AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${functionsPort}` },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  }) as ChildProcessByStdio<null, Readable, null>;
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    port: Number(line.split(':').at(-1)),
    /** Returns the memory that the service keeps after a collection of its garbage. */
    async memory(): Promise<Memory> {
      const reported = once(child, 'message');
      child.send('memory');
      const [memory] = (await reported) as [Memory];
      return memory;
    },
    stop: () => void child.kill('SIGTERM'),
  };
}
