/** The values that an option can have, where there are few. */
import type * as z from 'zod';
import type { Command } from '../../config/commands/command.ts';
import { commands } from '../../config/commands/index.ts';
import { functionNames } from '../../config/functions.ts';
import { secretNames } from '../../domain/secrets.ts';
import { faultNames, standInNames } from '../../local/faults/catalogue.ts';
import { metaOf } from './options.ts';

/** Options whose values are checked where they are used. */
const checkedLater = new Map<Command | undefined, Readonly<Record<string, readonly string[]>>>([
  [commands.invoke, { fn: functionNames }],
  [commands.live, { fn: functionNames }],
  [commands.chaos, { fault: faultNames }],
  [commands.dev, { standIns: ['all', ...standInNames] }],
  [commands.secrets, { set: secretNames }],
]);

/** Returns all values of an option; empty if it accepts others. An option for several values has the single ones. */
export const valuesOf = (command: Command, name: string, schema: z.ZodType): readonly string[] =>
  metaOf(schema).choices ?? checkedLater.get(command)?.[name] ?? closedList(schema);

/** The parts of a schema that can contain a closed list. */
interface Definition {
  type: string;
  entries?: Readonly<Record<string, string>>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  out?: z.ZodType;
  options?: readonly z.ZodType[];
}

function closedList(schema: z.ZodType): readonly string[] {
  const { type, entries, innerType, element, out, options = [] } = schema.def as Definition;
  if (entries) return Object.values(entries);
  if (options.some(({ def }) => def.type === 'boolean')) return ['true', 'false'];
  const inner = innerType ?? element ?? (type === 'pipe' ? out : undefined);
  return inner ? closedList(inner) : [];
}
