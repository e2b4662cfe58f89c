/**
 * For tests: checks each event of a history against the model of the API in the AWS SDK's client, and against what all histories
 * that were recorded on AWS have in common.
 */

import { createRequire } from 'node:module';
import { GetExecutionHistoryCommand, HistoryEventType } from '@aws-sdk/client-sfn';
import type { HistoryEvent } from '../history.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Schema } from '../task/sdk/shapes.ts';

/** The members of the details of each type of event; undefined for a type without details. */
type Members = ReadonlyMap<string, Schema>;

const details = readModel();

function readModel(): ReadonlyMap<string, Members> {
  const inClient = createRequire(createRequire(import.meta.url).resolve('@aws-sdk/client-sfn'));
  const { NormalizedSchema } = inClient('@smithy/core/schema') as {
    NormalizedSchema: { of(schema: unknown): Schema };
  };
  const command = new GetExecutionHistoryCommand({ executionArn: undefined }) as unknown as {
    readonly schema: readonly unknown[];
  };
  const members = (schema: Schema) => new Map(schema.structIterator());
  const events = members(NormalizedSchema.of(command.schema[5])).get('events');
  if (!events) throw new Error('the model has no events');
  const fields = [...members(events.getValueSchema())].filter(([name]) => name.endsWith('EventDetails'));
  return new Map(fields.map(([name, schema]) => [name, members(schema)]));
}

/** Members that each event of a type has on AWS, beside those that the model requires. */
const always: Readonly<Record<string, readonly string[]>> = {
  ExecutionStarted: ['input', 'inputDetails', 'roleArn'],
  ExecutionSucceeded: ['output', 'outputDetails'],
  ExecutionRedriven: ['redriveCount'],
  StateEntered: ['name', 'input', 'inputDetails'],
  StateExited: ['name', 'output', 'outputDetails'],
  TaskScheduled: ['resourceType', 'resource', 'region', 'parameters'],
  TaskStarted: ['resourceType', 'resource'],
  TaskSubmitted: ['resourceType', 'resource', 'output', 'outputDetails'],
  TaskSucceeded: ['resourceType', 'resource', 'output', 'outputDetails'],
  TaskFailed: ['resourceType', 'resource'],
  TaskTimedOut: ['resourceType', 'resource', 'error'],
  LambdaFunctionScheduled: ['resource', 'input', 'inputDetails'],
  LambdaFunctionSucceeded: ['output', 'outputDetails'],
  LambdaFunctionTimedOut: ['error'],
  ActivityScheduled: ['resource', 'input', 'inputDetails'],
  ActivitySucceeded: ['output', 'outputDetails'],
  ActivityTimedOut: ['error'],
  MapStateStarted: ['length'],
  MapIterationStarted: ['name', 'index'],
  MapIterationSucceeded: ['name', 'index'],
  MapIterationFailed: ['name', 'index'],
  MapIterationAborted: ['name', 'index'],
  MapRunStarted: ['mapRunArn'],
  MapRunRedriven: ['mapRunArn', 'redriveCount'],
  EvaluationFailed: ['error', 'cause', 'state'],
};

/** Members that are never an empty text on AWS. */
const neverEmpty = new Set([
  ...['input', 'output', 'parameters', 'name', 'resource', 'resourceType', 'region', 'roleArn', 'mapRunArn'],
  ...['state', 'stateMachineVersionArn', 'stateMachineAliasArn'],
]);

/** Types of the event that a type names as its cause. */
const causes: Readonly<Record<string, RegExp>> = {
  PassStateExited: /^PassStateEntered$/,
  ChoiceStateExited: /^ChoiceStateEntered$/,
  SucceedStateExited: /^SucceedStateEntered$/,
  WaitStateExited: /^WaitStateEntered$/,
  TaskStateExited:
    /^(Task|LambdaFunction|Activity)(Succeeded|Failed|TimedOut)$|^EvaluationFailed$|^TaskStateEntered$/,
  TaskScheduled: /^TaskStateEntered$|^Task(Failed|TimedOut)$|^ExecutionRedriven$/,
  LambdaFunctionScheduled: /^TaskStateEntered$|^LambdaFunction(Failed|TimedOut)$|^ExecutionRedriven$/,
  ActivityScheduled: /^TaskStateEntered$|^Activity(Failed|TimedOut)$|^ExecutionRedriven$/,
  TaskStarted: /^TaskScheduled$/,
  LambdaFunctionStarted: /^LambdaFunctionScheduled$/,
  ActivityStarted: /^ActivityScheduled$/,
  TaskSubmitted: /^TaskStarted$/,
  TaskSucceeded: /^Task(Started|Submitted)$/,
  TaskFailed: /^Task(Started|Submitted)$/,
  TaskTimedOut: /^Task(Started|Submitted)$/,
  LambdaFunctionSucceeded: /^LambdaFunctionStarted$/,
  LambdaFunctionFailed: /^LambdaFunctionStarted$/,
  LambdaFunctionTimedOut: /^LambdaFunctionStarted$/,
  ActivitySucceeded: /^ActivityStarted$/,
  ActivityFailed: /^ActivityStarted$/,
  ActivityTimedOut: /^Activity(Started|Scheduled)$/,
  ParallelStateStarted: /^ParallelStateEntered$|^FailStateEntered$|^ExecutionRedriven$|Failed$|TimedOut$/,
  MapStateStarted: /^MapStateEntered$|^FailStateEntered$|^ExecutionRedriven$|Failed$|TimedOut$/,
  MapRunStarted: /^MapStateStarted$/,
  MapRunRedriven: /^ExecutionRedriven$/,
  MapRunSucceeded: /^MapRun(Started|Redriven)$/,
  MapRunFailed: /^MapRun(Started|Redriven)$/,
};

const ends = new Set(['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionTimedOut', 'ExecutionAborted']);

/** Returns what is wrong with a whole history, one sentence for each fault. */
export function faultsOf(events: readonly HistoryEvent[]): string[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  return events.flatMap((event, index) => {
    const before = events[index - 1];
    const cause = byId.get(event.previousEventId);
    const found = [...ownFaults(event), ...linkFaults(event, cause)];
    if (event.id !== index + 1) found.push(`its id is not ${index + 1}`);
    if (before && event.timestamp < before.timestamp) found.push('it is older than the event before it');
    const next = events[index + 1];
    if (ends.has(event.type) && next && next.type !== 'ExecutionRedriven')
      found.push('it is an end with events after it');
    return found.map((fault) => `${event.id} ${event.type}: ${fault}`);
  });
}

function fieldOf(type: string): string {
  const shared = /State(Entered|Exited)$/.exec(type)?.[0];
  const name = shared ?? type;
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}EventDetails`;
}

function ownFaults(event: HistoryEvent): string[] {
  const { id: _id, type, timestamp: _timestamp, previousEventId: _previous, ...rest } = event;
  if (!Object.hasOwn(HistoryEventType, type)) return ['the API has no such type'];
  const field = fieldOf(type);
  const model = details.get(field);
  const others = Object.keys(rest).filter((name) => name !== field || !model);
  const found = others.map((name) => `it has ${name}`);
  const given = (rest as JsonObject)[field];
  const required = always[type] ?? always[/State(Entered|Exited)$/.exec(type)?.[0] ?? ''] ?? [];
  const content = isObject(given) ? given : {};
  found.push(...required.filter((name) => !(name in content)).map((name) => `it lacks ${name}`));
  for (const [name, value] of Object.entries(content)) {
    const schema = model?.get(name);
    if (!schema) found.push(`its details have ${name}`);
    else if (!fits(schema, value)) found.push(`its ${name} is ${JSON.stringify(value)}`);
    if (neverEmpty.has(name) && value === '') found.push(`its ${name} is empty`);
    if (name.endsWith('Details') && !(name.slice(0, -7) in content)) found.push(`it has only ${name}`);
    if (/^(input|output|parameters)$/.test(name) && !isJson(value)) found.push(`its ${name} is not JSON`);
  }
  return found;
}

function fits(schema: Schema, value: Json): boolean {
  if (schema.isStringSchema()) return typeof value === 'string';
  if (schema.isNumericSchema()) return typeof value === 'number';
  if (schema.isBooleanSchema()) return typeof value === 'boolean';
  if (schema.isMapSchema())
    return isObject(value) && Object.values(value).every((item) => fits(schema.getValueSchema(), item));
  if (!schema.isStructSchema() || !isObject(value)) return false;
  const members = new Map(schema.structIterator());
  return Object.entries(value).every(([name, item]) => {
    const member = members.get(name);
    return member !== undefined && fits(member, item);
  });
}

function isJson(value: Json): boolean {
  try {
    JSON.parse(String(value));
    return true;
  } catch {
    return false;
  }
}

function linkFaults(event: HistoryEvent, cause: HistoryEvent | undefined): string[] {
  const { id, type, previousEventId } = event;
  // AWS names no cause where an execution timed out or was aborted.
  if (previousEventId === 0)
    return id <= 2 || /^Execution(TimedOut|Aborted)$/.test(type) ? [] : ['it names no cause'];
  if (!cause || cause.id >= id) return [`it names ${previousEventId} as its cause`];
  const expected = causes[type];
  if (expected && !expected.test(cause.type)) return [`its cause is ${cause.type}`];
  const { name, input } = contentOf(event);
  const before = contentOf(cause);
  if (/^(Pass|Choice|Succeed|Wait)StateExited$/.test(type) && name !== before.name)
    return [`it leaves ${name} after ${before.name} was entered`];
  const follows = type.endsWith('StateEntered') && cause.type.endsWith('StateExited');
  return follows && input !== before.output ? ['its input is not the output of the state before it'] : [];
}

function contentOf(event: HistoryEvent): JsonObject {
  const content = (event as unknown as JsonObject)[fieldOf(event.type)];
  return isObject(content) ? content : {};
}
