/** The context object that a request of TestState gives: which members it can have, and their types. */

import { isObject, type Json, type JsonObject } from '../json.ts';
import { validationError } from './errors.ts';
import { objectOf } from './test-request.ts';
import type { Tested } from './tested-state.ts';

type MemberType = 'string' | 'number' | 'any';

/** The members of the context object (the guide's page of it), without `Map`. */
const members = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
} satisfies Record<string, Record<string, MemberType>>;

/** Returns the given context object. Throws ValidationException for one that the state cannot have. */
export function givenContext(text: string | undefined, { waits }: Tested): JsonObject | undefined {
  if (text === undefined) return undefined;
  const context = objectOf(text, 'context');
  for (const [part, value] of Object.entries(context)) {
    if (part === 'Map') throw invalid("'Map' field is not supported when mocking a Context object");
    if (!isPart(part)) throw invalid(`Field '${part}' is not allowed`);
    checkPart(part, value);
  }
  if (context.Task !== undefined && !waits)
    throw invalid(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  return context;
}

function isPart(name: string): name is keyof typeof members {
  return Object.hasOwn(members, name);
}

function checkPart(part: keyof typeof members, value: Json): void {
  if (!isObject(value)) throw invalid(`${part} must be an object`);
  const types = new Map<string, MemberType>(Object.entries(members[part]));
  for (const [name, member] of Object.entries(value)) {
    const type = types.get(name);
    if (type === undefined) throw invalid(`Field '${name}' is not allowed`);
    if (type !== 'any' && typeof member !== type) throw invalid(`${part}.${name} must be a ${type}`);
  }
}

function invalid(problem: string) {
  return validationError(`Invalid Context object provided: ${problem}`);
}
