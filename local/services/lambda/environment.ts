import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CloudClock } from '../../clock/cloud-clock.ts';
import { codeCache } from '../../code-cache.ts';
import { lineSplitter } from '../log.ts';
import type { FunctionDefinition } from './definition.ts';
import { exitError, outOfMemory, timedOut } from './failures.ts';
import type { CodeChange, FunctionError, Invocation, Report } from './messages.ts';

export type Outcome = { payload: string } | { error: FunctionError };

/** A function's thread, warm between invocations; one invocation at a time. */
export interface Environment {
  /** The function as it was declared when the thread started, and its environment since. */
  readonly definition: FunctionDefinition;
  /** False once the thread ended or must not be used again. */
  readonly usable: boolean;
  invoke(invocation: Invocation, onLine: (line: string) => void): Promise<Outcome>;
  /** Takes a change of code or environment; answers what came of it, or nothing if the thread ends before. */
  change(change: CodeChange): Promise<Changed | undefined>;
  end(): Promise<void>;
}
export type Changed = Extract<Report, { kind: 'changed' }>;

/**
 * MB in which a thread keeps what is new. V8 would let it grow to 48, by and by, and never give it back: in dozens of
 * threads, which mostly wait, that is gigabytes.
 */
const youngGeneration = 12;

/** Starts the thread of a function with nothing but the given variables. */
export function startEnvironment(
  definition: FunctionDefinition,
  variables: Record<string, string>,
  clock: CloudClock,
  texts: readonly (readonly [string, string])[] = [],
): Environment {
  const worker = new Worker(new URL('./runtime.ts', import.meta.url), {
    workerData: {
      url: pathToFileURL(definition.file).href,
      texts,
      clock: clock.buffer,
      codeCache: codeCache(),
    },
    env: variables,
    // What the local cloud uses of Node is no news to a function.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: definition.memory, maxYoungGenerationSizeMb: youngGeneration },
  });
  const children = new Set<number>();
  const changes = new Map<number, (changed?: Changed) => void>();
  let usable = true;
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
        // It ended by itself just now.
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
    end,
    change(change) {
      return new Promise((resolve) => {
        changes.set(change.generation, (changed) => {
          changes.delete(change.generation);
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
