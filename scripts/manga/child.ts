import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a program on this terminal; returns its exit status. */
export async function childStatus(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit', env: environment });
  // The program gets Ctrl-C from the terminal and ends; this process waits for it.
  process.on('SIGINT', () => undefined);
  // A signal to this process alone is passed on.
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** Runs programs one after the other, until one fails; returns its exit status, or 0. */
export async function inTurn(...programs: (readonly [string, ...string[]])[]): Promise<number> {
  for (const [program, ...args] of programs) {
    const status = await childStatus(program, args);
    if (status !== 0) return status;
  }
  return 0;
}
