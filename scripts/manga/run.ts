import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from '../../config/commands/command.ts';
import { childStatus } from './child.ts';

const root = join(import.meta.dirname, '../..');

type Run = (options: Readonly<Record<string, unknown>>) => Promise<number | undefined>;

/** Runs a command; returns its exit status, or undefined when that follows from `process.exitCode`. */
export async function runCommand(
  { module, program }: Command,
  options: Readonly<Record<string, unknown>>,
): Promise<number | undefined> {
  if (program) return childStatus(process.execPath, [join(root, program)]);
  if (!module) return 0;
  const [path = '', name = 'run'] = module.split('#');
  const exported = (await import(pathToFileURL(join(root, path)).href)) as Readonly<Record<string, Run>>;
  const run = exported[name];
  if (!run) throw new Error(`${path} has no ${name}`);
  return run(options);
}
