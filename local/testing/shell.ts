import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from 'local-aws/testing';

export const shells = ['bash', 'zsh'] as const;
export type ShellName = (typeof shells)[number];

const flags = { bash: ['--norc', '--noprofile', '-i', '-s'], zsh: ['-f', '-i', '-s'] };
const minutes = 10 * 60_000;

/** Returns whether a program of this machine, or a built-in of the shell, can be started. */
export const isInstalled = (program: string): boolean =>
  spawnSync('bash', ['-c', 'type "$0"', program], { stdio: 'ignore' }).status === 0;

/** Opens an interactive shell without settings of the user; lines are pasted into it. */
export function openShell(name: ShellName, cwd: string, environment: Record<string, string>) {
  const child = spawn(name, flags[name], {
    cwd,
    env: {
      ...{ PATH: process.env.PATH, LANG: 'C.UTF-8', HISTFILE: '/dev/null', MANGA_NO_INSTALL: '1' },
      ...environment,
    },
    // Ctrl-C reaches all processes of a terminal.
    detached: true,
  });
  const signal = (given: NodeJS.Signals) => process.kill(-(child.pid ?? 0), given);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  let pasted = 0;

  const shell = {
    /** Waits until the shell has printed something since the last line. */
    until: (pattern: RegExp) =>
      eventually(`${pattern} in ${name}`, () => pattern.exec(printed) ?? undefined, minutes),
    type: (line: string) => {
      printed = '';
      child.stdin.write(`${line}\n`);
    },
    /** Returns the status of the last line and what it printed. */
    async end() {
      pasted += 1;
      // The shell's echo of this line is different from its output.
      child.stdin.write(`printf '\\n<%s-${pasted} %s>\\n' ended "$?"\n`);
      const [, status] = await shell.until(new RegExp(`<ended-${pasted} (\\d+)>`));
      return { status: Number(status), printed };
    },
    /** Runs a line to its end. Which one runs is written at once: some take minutes, and Jest reports at the end of a file. */
    paste(line: string) {
      process.stderr.write(`${new Date().toISOString()} ${name}: ${line}\n`);
      shell.type(line);
      return shell.end();
    },
    /** Ends the running line as Ctrl-C does. */
    interrupt: () => signal('SIGINT'),
    async close(): Promise<void> {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      signal('SIGKILL');
      await ended;
    },
  };
  return shell;
}
export type Shell = ReturnType<typeof openShell>;
