import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killGroup } from '../state/process-identity.ts';
import type { Problem } from './reports.ts';

const checker = fileURLToPath(new URL(`./type-check-process${extname(import.meta.url)}`, import.meta.url));
/** Milliseconds without a change before a check. Saves come in bursts, and code runs without waiting for it. */
const quiet = 300;
/** Milliseconds after which a check is aborted. */
const longest = 120_000;

/**
 * Checks the types of a project in a separate process after changes, with the project's own compiler; only the latest
 * change counts.
 */
export function checkTypes(project: string, buildInfo: string, tell: (problems: Problem[]) => void) {
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;

  function run(): void {
    const compiler = compilerOf(project);
    if (compiler === undefined) {
      tell([{ file: project, message: 'Types are not checked: typescript is not installed here' }]);
      return;
    }
    const child = spawn(process.execPath, [checker, compiler, project, buildInfo], {
      cwd: project,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    let output = '';
    const end = () => child.pid !== undefined && killGroup(child.pid, 'SIGKILL');
    const limit = setTimeout(end, longest);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('error', () => clearTimeout(limit));
    child.once('close', (status) => {
      clearTimeout(limit);
      // A check that was aborted or never finished reports nothing.
      if (stop === end && status !== null) tell(problemsIn(output));
    });
    stop = end;
  }

  return {
    /** Requests a check after a save. */
    soon(): void {
      clearTimeout(timer);
      stop?.();
      stop = undefined;
      timer = setTimeout(run, quiet).unref();
    },
    close(): void {
      clearTimeout(timer);
      stop?.();
      stop = undefined;
    },
  };
}

function compilerOf(project: string): string | undefined {
  try {
    const manifest = createRequire(join(project, 'package.json')).resolve('typescript/package.json');
    return join(dirname(manifest), 'bin', 'tsc');
  } catch {
    return undefined;
  }
}

/** Parses `functions/a.ts(12,5): error TS2322: Type …`. */
function problemsIn(output: string): Problem[] {
  return [...output.matchAll(/^(\S.*?)\((\d+),(\d+)\): error TS\d+: (.*)$/gm)].map(
    ([, file = '', line, column, message = '']) => ({
      file,
      line: Number(line),
      column: Number(column),
      message,
    }),
  );
}
