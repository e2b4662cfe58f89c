/** Task: the call of a resource, its deadlines, and its result from the call or by task token. */

import { randomUUID } from 'node:crypto';
import type { TaskState } from '../definition/model.ts';
import type { Resource } from '../definition/resource.ts';
import { drawn, elsewhere } from '../elsewhere.ts';
import { type Failure, heartbeatError } from '../errors.ts';
import { applyPath } from '../expression.ts';
import { wholeDetails } from '../history.ts';
import { isObject, type Json, type JsonObject, jsonText } from '../json.ts';
import { checkFields, unusable } from '../task/fields.ts';
import { withStarter } from '../task/starter.ts';
import { hasModel } from '../task/targets.ts';
import { formatToken } from '../task/token.ts';
import { fillTemplate } from '../template.ts';
import { wholeNumber } from './amount.ts';
import type { Execution } from './execution.ts';
import { failState, failureOf } from './failure.ts';
import { checkSize, textOf } from './output.ts';
import type { TaskPhase, Thread } from './thread.ts';
import { scopeOf } from './thread-scope.ts';
import { wake } from './timers.ts';

/** The outcome of a task. */
export type Outcome =
  /** `ends`: the output is the task's, also where a call otherwise only submits it. */
  | { readonly succeeded: true; readonly output: Json; readonly ends?: true }
  | ({ readonly succeeded: false } & Failure);

export function startTask(execution: Execution, thread: Thread, state: TaskState): void {
  const { resource } = state;
  const input = applyPath(state.inputPath, scopeOf(execution, thread, thread.input));
  const nonce = drawn(() => randomUUID().replaceAll('-', ''));
  const token = formatToken({ execution: execution.record.key, thread: thread.id, nonce });
  const scope = scopeOf(
    execution,
    thread,
    input,
    resource.waitForTaskToken || resource.sync ? { token } : {},
  );
  const given = state.parameters ? fillTemplate(state.parameters, scope) : input;
  const from = state.language === 'JSONata' ? 'Arguments' : 'Parameters';
  checkFields(resource.service, resource.action, given, from);
  checkModel(resource, given, from);
  const parameters = withStarter(resource, given, execution.record.arn);
  const timeout = wholeNumber(state.timeoutSeconds, 'TimeoutSeconds', 1, scope);
  const heartbeat = wholeNumber(state.heartbeatSeconds, 'HeartbeatSeconds', 1, scope);
  checkSize(textOf(parameters, thread.state), thread.state);
  const credentials = state.credentials && fillTemplate(state.credentials, scope);
  announce(execution, thread, state, parameters, { timeout, heartbeat, credentials });
  const now = execution.host.now();
  execution.setPhase(thread, {
    type: 'task',
    nonce,
    parameters,
    timeoutAt: timeout === undefined ? undefined : now + timeout * 1000,
    heartbeatMs: heartbeat === undefined ? undefined : heartbeat * 1000,
    heartbeatAt:
      heartbeat === undefined || startsLater(state, parameters) ? undefined : now + heartbeat * 1000,
    submitted: false,
  });
  wake(execution, thread);
  execution.host.callTask(execution, thread);
}

/** Throws States.Runtime for parameters that do not fit the model of the service. A field can be unknown until the task starts. */
function checkModel(resource: Resource, parameters: Json, from: string): void {
  if (!hasModel(resource)) return;
  const [result] = elsewhere(resource, () => ({ kind: 'parameters', resource, parameters }));
  const problems = result?.type === 'value' && Array.isArray(result.value) ? result.value.map(String) : [];
  if (problems.length > 0) throw unusable(parameters, problems, from);
}

/**
 * Returns whether the heartbeat counts from a later moment: when a worker takes the task of an activity, or when a function that
 * got a token has returned (the guide's page of Lambda).
 */
function startsLater({ resource }: TaskState, parameters: Json): boolean {
  if (resource.service === 'activity') return true;
  const isAsynchronous = isObject(parameters) && parameters.InvocationType === 'Event';
  return resource.service === 'lambda' && resource.waitForTaskToken && !isAsynchronous;
}

interface Announced {
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
  readonly credentials: Json | undefined;
}

function announce(
  execution: Execution,
  thread: Thread,
  { resource }: TaskState,
  parameters: Json,
  { timeout, heartbeat, credentials }: Announced,
): void {
  const text = jsonText(parameters);
  const limit: JsonObject = timeout === undefined ? {} : { timeoutInSeconds: timeout };
  const interval: JsonObject = heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat };
  const role: JsonObject = isObject(credentials)
    ? { taskCredentials: { roleArn: credentials.RoleArn ?? null } }
    : {};
  if (resource.service === 'function') {
    execution.emit(thread, 'LambdaFunctionScheduled', {
      resource: resource.arn,
      input: text,
      inputDetails: wholeDetails,
      ...limit,
      ...role,
    });
    execution.emit(thread, 'LambdaFunctionStarted');
    return;
  }
  if (resource.service === 'activity') {
    execution.emit(thread, 'ActivityScheduled', {
      resource: resource.arn,
      input: text,
      inputDetails: wholeDetails,
      ...limit,
      ...interval,
    });
    return;
  }
  const names = { resourceType: resource.service, resource: resource.action };
  execution.emit(thread, 'TaskScheduled', {
    ...names,
    region: execution.host.region,
    parameters: text,
    ...limit,
    ...interval,
    ...role,
  });
  execution.emit(thread, 'TaskStarted', names);
}

/**
 * Handles the response of the call. For a task with a token, or one that waits for a job, it only confirms the
 * submission.
 */
export function answerCall(execution: Execution, thread: Thread, nonce: string, outcome: Outcome): void {
  const { phase } = thread;
  const state = execution.stateOf(thread);
  if (phase.type !== 'task' || phase.nonce !== nonce || state.type !== 'Task') return;
  if (!outcome.succeeded || outcome.ends || !(state.resource.waitForTaskToken || state.resource.sync)) {
    settle(execution, thread, outcome);
    return;
  }
  const details = {
    ...eventNames(state),
    output: jsonText(outcome.output),
    outputDetails: wholeDetails,
  };
  execution.emit(thread, 'TaskSubmitted', details);
  const { sync } = state.resource;
  const heartbeatAt =
    phase.heartbeatAt ??
    (phase.heartbeatMs === undefined ? undefined : execution.host.now() + phase.heartbeatMs);
  execution.setPhase(thread, {
    ...phase,
    heartbeatAt,
    submitted: true,
    ...(sync && { job: outcome.output }),
  });
  wake(execution, thread);
}

/** Records that a worker has taken the task of an activity. */
export function startActivity(
  execution: Execution,
  thread: Thread,
  phase: TaskPhase,
  workerName: string | undefined,
): void {
  execution.emit(thread, 'ActivityStarted', workerName === undefined ? {} : { workerName });
  const heartbeatAt = phase.heartbeatMs === undefined ? undefined : execution.host.now() + phase.heartbeatMs;
  execution.setPhase(thread, { ...phase, submitted: true, heartbeatAt });
  wake(execution, thread);
}

/** Ends the task of a thread that is in its task phase. */
export function settle(execution: Execution, thread: Thread, outcome: Outcome): void {
  const state = execution.stateOf(thread);
  if (state.type !== 'Task') return;
  execution.disarm(thread.id);
  if (!outcome.succeeded) {
    failTask(execution, thread, state, outcome);
    return;
  }
  try {
    const { service, arn } = state.resource;
    const source = service === 'function' || service === 'activity' ? arn : service;
    const output = textOf(outcome.output, source);
    checkSize(output, source);
    execution.emit(thread, eventType(state, 'Succeeded'), {
      ...eventNames(state),
      output,
      outputDetails: wholeDetails,
    });
  } catch (error) {
    failTask(execution, thread, state, failureOf(error, thread));
    return;
  }
  execution.setPhase(thread, { type: 'complete', result: outcome.output });
  execution.host.advance(execution, thread);
}

function failTask(execution: Execution, thread: Thread, state: TaskState, { error, cause }: Failure): void {
  const details = {
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
  execution.emit(thread, eventType(state, 'Failed'), { ...eventNames(state), ...details });
  failState(execution, thread, { ...details, byTask: true });
}

/** Extends the deadline of the heartbeat, never that of the task. */
export function heartbeat(execution: Execution, thread: Thread, phase: TaskPhase): void {
  if (phase.heartbeatMs === undefined || phase.heartbeatAt === undefined) return;
  execution.setPhase(thread, { ...phase, heartbeatAt: execution.host.now() + phase.heartbeatMs });
  wake(execution, thread);
}

/** Handles a deadline that has passed. AWS calls both kinds States.Timeout. */
export function expireTask(execution: Execution, thread: Thread, phase: TaskPhase): void {
  const state = execution.stateOf(thread);
  if (state.type !== 'Task') return;
  // Use the deadline that was due first: a clock that jumps can have passed both.
  const lateHeartbeat =
    (phase.heartbeatAt ?? Number.POSITIVE_INFINITY) < (phase.timeoutAt ?? Number.POSITIVE_INFINITY);
  const error = lateHeartbeat ? heartbeatError : 'States.Timeout';
  recordTimeout(execution, thread, error);
  failState(execution, thread, { error }, lateHeartbeat);
}

export function recordTimeout(execution: Execution, thread: Thread, error: string): void {
  const state = execution.stateOf(thread);
  if (state.type === 'Task')
    execution.emit(thread, eventType(state, 'TimedOut'), { ...eventNames(state), error });
}

function eventType(state: TaskState, what: 'Succeeded' | 'Failed' | 'TimedOut'): string {
  const { service } = state.resource;
  return `${service === 'function' ? 'LambdaFunction' : service === 'activity' ? 'Activity' : 'Task'}${what}`;
}

function eventNames({ resource }: TaskState): JsonObject {
  const isNamed = resource.service !== 'function' && resource.service !== 'activity';
  return !isNamed ? {} : { resourceType: resource.service, resource: resource.action };
}
