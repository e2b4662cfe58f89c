import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

interface Program {
  /** Below `lab/`. */
  file: string;
  /** Description, and the variables that it takes. */
  about: string;
  args?: readonly string[];
}
export type Programs = Readonly<Record<string, Program>>;

/**
 * Runs the program that WHAT names, in its own process, and ends with its exit status. Lists all of them with HELP=1, or,
 * with status 2, when WHAT is unknown.
 */
export async function runProgram(command: string, programs: Programs, otherwise?: string): Promise<void> {
  const what = process.env.WHAT || otherwise;
  const program = what !== undefined && Object.hasOwn(programs, what) ? programs[what] : undefined;
  if (process.env.HELP || !program) {
    const rows = Object.entries(programs).map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`);
    const list = `${command} WHAT=…\n\n${rows.join('\n')}`;
    if (process.env.HELP) return console.log(list);
    console.error(
      `${what === undefined ? 'WHAT is missing' : `WHAT is ${what}, which is unknown`}\n\n${list}`,
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, program.file), ...(program.args ?? [])], {
    stdio: 'inherit',
  });
  // The program gets Ctrl-C from the terminal and ends; this process waits for it.
  process.on('SIGINT', () => undefined);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
}
