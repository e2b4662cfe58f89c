import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CloudClock } from '../clock/cloud-clock.ts';
import { codeCache } from '../code-cache.ts';
import { lineSplitter } from '../log.ts';
import type { DeployedFunction } from './definition.ts';
import { exitError, outOfMemory, timedOut } from './failures.ts';
import type { CodeChange, FunctionError, Invocation, Report } from './messages.ts';

type Outcome = { payload: string } | { error: FunctionError };

/** A function's thread, warm between invocations; it runs one invocation at a time. */
export interface Environment {
  /** The declaration that the thread started with, and its environment since then. */
  readonly definition: DeployedFunction;
  /** False once the thread has ended or must not be used again. */
  readonly usable: boolean;
  /** True once the thread has loaded so many changes that a new one should take its place. */
  readonly worn: boolean;
  invoke(invocation: Invocation, onLine: (line: string) => void): Promise<Outcome>;
  /** Applies a change of code or environment. Returns the result, or undefined when the thread ends first. */
  change(change: CodeChange): Promise<Changed | undefined>;
  end(): Promise<void>;
}
export type Changed = Extract<Report, { kind: 'changed' }>;

/**
 * Size in MB of the young generation of a thread. V8 would let it grow to 48 and never shrink it, which is gigabytes
 * for dozens of mostly idle threads.
 */
const youngGeneration = 12;

/**
 * Changes after which a thread is replaced. It keeps each version of a module that it has loaded, about 1 MB for a change, and
 * would run out of the function's memory.
 */
const mostChanges = 40;

/** Starts the thread of a function with only the given variables. */
export function startEnvironment(
  definition: DeployedFunction,
  variables: Record<string, string>,
  clock: CloudClock,
  texts: readonly (readonly [string, string])[] = [],
): Environment {
  const worker = new Worker(new URL(`./runtime${extname(import.meta.url)}`, import.meta.url), {
    workerData: {
      url: pathToFileURL(definition.file).href,
      texts,
      clock: clock.buffer,
      codeCache: codeCache(),
    },
    env: variables,
    // Functions must not see warnings about Node features that the local cloud uses.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: definition.memory, maxYoungGenerationSizeMb: youngGeneration },
  });
  const children = new Set<number>();
  const changes = new Map<number, (changed?: Changed) => void>();
  let usable = true;
  let loaded = 0;
  let settle: ((outcome: Outcome) => void) | undefined;
  let lines = lineSplitter(() => {});

  function finish(outcome: Outcome): void {
    lines.end();
    settle?.(outcome);
    settle = undefined;
  }

  worker.on('message', (message: Report) => {
    if (message.kind === 'output') lines.write(message.text);
    else if (message.kind === 'spawned') children.add(message.pid);
    else if (message.kind === 'exited') children.delete(message.pid);
    else if (message.kind === 'changed') changes.get(message.generation)?.(message);
    else if (message.kind === 'result') finish({ payload: message.payload });
    else {
      if (message.fatal) void end();
      finish({ error: message.error });
    }
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    usable = false;
    finish({ error: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory() : exitError(error) });
  });
  worker.on('exit', (status) => {
    usable = false;
    endChildren();
    for (const answer of changes.values()) answer();
    finish({ error: exitError(status) });
  });

  function endChildren(): void {
    for (const pid of children)
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // The thread has just ended.
      }
    children.clear();
  }

  async function end(): Promise<void> {
    usable = false;
    endChildren();
    await worker.terminate();
  }

  return {
    definition,
    get usable() {
      return usable;
    },
    get worn() {
      return loaded >= mostChanges;
    },
    end,
    change(change) {
      return new Promise((resolve) => {
        changes.set(change.generation, (changed) => {
          changes.delete(change.generation);
          if (changed?.reached) loaded += 1;
          resolve(changed);
        });
        if (usable) worker.postMessage(change);
        else resolve(undefined);
      });
    },
    invoke(invocation, onLine) {
      lines = lineSplitter(onLine);
      return new Promise((resolve) => {
        const cancel = clock.setTimer(invocation.deadline, () => {
          const outcome = { error: timedOut(invocation.requestId, definition.timeout, clock.now()) };
          finish(outcome);
          void end();
        });
        settle = (outcome) => {
          cancel();
          resolve(outcome);
        };
        worker.postMessage(invocation);
      });
    },
  };
}
