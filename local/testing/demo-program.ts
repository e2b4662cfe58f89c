import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The arguments of Node for `make demo`. */
export const demo = [join(import.meta.dirname, '../../scripts/manga.ts'), 'demo'];
export const minute = 60_000;

interface JobRecord {
  job_id: string;
  status: string;
  speech_seconds: number;
  counted_on: string;
}

export async function runProgram(program: string, args: string[], options: { cwd: string; timeout: number }) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { stdout, stderr, status };
}

/** Runs the demo in a separate folder, as `make demo` does in the project's. */
export const runDemo = (cwd: string, ...args: string[]) =>
  runProgram(process.execPath, [...demo, ...args], { cwd, timeout: 8 * minute });

/** Returns the job record that the demo prints. */
export const jobIn = (stdout: string) =>
  JSON.parse(stdout.match(/^job (\{[\s\S]*?^\})/m)?.[1] ?? '{}') as JobRecord;

/** Gives each test an empty folder. */
export function demoFolder(): { readonly path: string } {
  let path: string;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'demo-test-'));
  });
  afterEach(() => rm(path, { recursive: true, force: true }));
  return {
    get path() {
      return path;
    },
  };
}
