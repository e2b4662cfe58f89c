import { type FunctionName, functions } from '../config/functions.ts';
import { type Environment, readVariables, type VariableName } from '../config/variables.ts';

type NamesOf<Name extends FunctionName> = (typeof functions)[Name]['environment'][number];

/** Returns the named variables of this process as they are, for a worker; unset ones are left out. */
export function rawEnvironment(names: readonly VariableName[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** Returns the parsed environment of a function. This is the only way in which a handler reads it. */
export function environmentOf<Name extends FunctionName>(name: Name): Environment<NamesOf<Name>> {
  return readVariables<NamesOf<Name>>(name, functions[name].environment, process.env);
}
