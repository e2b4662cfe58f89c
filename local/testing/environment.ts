import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A temporary folder and what was started for a run in it. */
export interface Environment {
  folder: string;
  /** Returns the path of a file in the folder. */
  pathOf(name: string): string;
  /** Writes a file into the folder. */
  write(name: string, content: string | Uint8Array): void;
  /** Everything that has to be ended, the last first. */
  started: AsyncDisposableStack;
}
export type Running<T> = T & Environment & { close(): Promise<void> };

function createEnvironment(name: string): Environment {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  const started = new AsyncDisposableStack();
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  // A run that Ctrl-C ends leaves no folder either.
  process.once('exit', remove);
  started.defer(() => {
    process.off('exit', remove);
    remove();
  });
  const pathOf = (file: string) => join(folder, file);
  return {
    folder,
    pathOf,
    started,
    write(file, content) {
      mkdirSync(dirname(pathOf(file)), { recursive: true });
      writeFileSync(pathOf(file), content);
    },
  };
}

/**
 * Starts what a run needs in a temporary folder. `close` ends everything that was started and removes the folder, as
 * does a start that fails.
 */
export async function startEnvironment<T extends object>(
  name: string,
  start: (environment: Environment) => Promise<T>,
): Promise<Running<T>> {
  const environment = createEnvironment(name);
  const close = () => environment.started.disposeAsync();
  try {
    return Object.assign(await start(environment), environment, { close });
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs something in a temporary folder, which ends with it. */
export async function inEnvironment<T>(
  name: string,
  run: (environment: Environment) => Promise<T>,
): Promise<T> {
  const environment = createEnvironment(name);
  try {
    return await run(environment);
  } finally {
    await environment.started.disposeAsync();
  }
}
