import type { EventRule } from './events/bus.ts';
import type { FunctionDefinition } from './lambda/definition.ts';

/** A state machine, whose definition is a file in the Amazon States Language. */
export interface StateMachineFile {
  name: string;
  file: string;
}

/** The parts of a cloud that can change while it runs. */
export interface Deployment {
  functions: readonly FunctionDefinition[];
  /** Rules of the default event bus. */
  rules: readonly EventRule[];
  /** Values of `${name}` in the definitions of state machines. */
  placeholders: Readonly<Record<string, string>>;
}
