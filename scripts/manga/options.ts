import { resolve } from 'node:path';
import * as z from 'zod';
import type { Command, OptionMeta } from '../../config/commands/command.ts';
import { optionsOf } from '../../config/commands/index.ts';
import { givenPath } from '../../config/given-path.ts';
import { messageOf, variableOf } from '../../config/settings/index.ts';
import { plainMessage } from '../../config/settings/plain-message.ts';
import { ConfigurationError } from '../../domain/errors.ts';

/** Returns what a schema says about itself; a default is around what it describes. */
export function metaOf(schema: z.ZodType): OptionMeta {
  const { innerType, in: piped } = schema.def as { innerType?: z.ZodType; in?: z.ZodType };
  const inner = innerType ?? piped;
  return { ...(inner && metaOf(inner)), ...(z.globalRegistry.get(schema) as OptionMeta | undefined) };
}

/** The option on the command line: `--console-port`. */
export const flagOf = (name: string): string => `--${variableOf(name).toLowerCase().replaceAll('_', '-')}`;

/**
 * Reads the options of a command from the variables of the environment, where its flags are as well. A path is relative to the
 * folder where the user is, which `./manga` leaves in MANGA_FROM.
 */
export function parseOptions(
  command: Command,
  environment: NodeJS.ProcessEnv,
  flags: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const from = environment.MANGA_FROM;
  delete environment.MANGA_FROM;
  for (const [name, schema] of Object.entries(optionsOf(command))) {
    const given = environment[variableOf(name)];
    if (given && from && metaOf(schema).file) environment[variableOf(name)] = inFolder(from, given);
  }
  const itMustBe = (issue: z.core.$ZodRawIssue) => {
    const message = plainMessage(issue);
    return message && `it ${message}`;
  };
  const read = ([name, schema]: [string, z.ZodType]) => {
    const variable = variableOf(name);
    const given = environment[variable] || undefined;
    const { success, data, error } = schema.safeParse(given, { error: itMustBe });
    if (success) return [name, data];
    const typed = Object.hasOwn(flags, variable) ? flagOf(name) : variable;
    const [issue] = error.issues;
    const message = issue ? messageOf(issue) : 'it is invalid';
    throw new ConfigurationError(given === undefined ? message : `${typed} is ${given}; ${message}`);
  };
  return Object.fromEntries(Object.entries(command.options ?? {}).map(read));
}

/** A value can also be a path after `@`. */
function inFolder(from: string, given: string): string {
  const [, at = '', path = ''] = /^(@?)(.*)$/s.exec(given) ?? [];
  const isPath = at !== '' || !/^[{[]/.test(path);
  return isPath && path !== 'bucket' && from !== process.cwd()
    ? `${at}${resolve(from, givenPath(path))}`
    : given;
}
