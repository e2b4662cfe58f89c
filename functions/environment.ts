import type { FunctionName, functions } from '../config/functions.ts';
import { type Environment, readVariables, type VariableName } from '../config/variables.ts';

type NamesOf<Name extends FunctionName> = (typeof functions)[Name]['environment'];

/** Returns the named variables of this process unparsed, for a worker; unset ones are left out. */
export function rawEnvironment(names: readonly VariableName[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/**
 * Returns the parsed environment of a function, by the names in config/environments.ts. Handlers read the environment only
 * in this way.
 */
export function environmentOf<Name extends FunctionName>(
  name: Name,
  variables: NamesOf<Name>,
): Environment<NamesOf<Name>[number]> {
  return readVariables<NamesOf<Name>[number]>(name, variables, process.env);
}
