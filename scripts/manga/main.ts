import * as z from 'zod';
import type { Command as Declared } from '../../config/commands/command.ts';
import { commands } from '../../config/commands/index.ts';
import { checkVariables } from '../../config/given-variables.ts';
import { type Act, commandLine } from './command-line.ts';
import { parseOptions } from './options.ts';
import { runCommand } from './run.ts';
import { typedWords } from './typed.ts';

/** Errors whose message is for the user; any other one is a defect and shows where it happened. */
const forUsers = new Set([
  ...[
    'CommandFailed',
    'ConfigurationError',
    'ControlError',
    'StateInUse',
    'PortTaken',
    'BadHistory',
    'WireError',
  ],
]);

/** Runs the command that the user typed, and ends the process with its exit status. */
export async function main(): Promise<void> {
  try {
    const { words, variables, goals } = typedWords(process.argv.slice(2), process.env);
    const act: Act = (name, command, flags) => run(name, command, { flags, variables, goals });
    await commandLine(commands, act, goals.length > 0).parseAsync(words, { from: 'user' });
  } catch (error) {
    console.error(`${process.argv[2]}: ${messageOf(error)}`);
    process.exit(1);
  }
}

interface Given {
  /** By variable. */
  flags: Readonly<Record<string, string>>;
  variables: readonly string[];
  goals: readonly string[];
}

async function run(name: string, command: Declared, { flags, variables, goals }: Given): Promise<void> {
  try {
    Object.assign(process.env, flags);
    const others = goals.flatMap((goal) => commands[goal] ?? []);
    checkVariables([command, ...others], variables, process.env);
    const options = parseOptions(command, process.env, flags);
    const status = await runCommand(command, options);
    if (status !== undefined) process.exit(status);
  } catch (error) {
    console.error(`${name}: ${messageOf(error)}`);
    process.exit(command.failed ?? 1);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof z.ZodError) return z.prettifyError(error);
  const isExpected =
    forUsers.has(error.name) || ['$metadata', 'syscall', 'cause'].some((key) => key in error);
  return isExpected ? error.message : (error.stack ?? error.message);
}
