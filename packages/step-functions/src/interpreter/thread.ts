/**
 * A thread is one sequence of states: the machine itself, a branch of Parallel or an iteration of Map. It holds
 * everything that a restart needs to continue; a running execution is a tree of threads.
 */

import type { Failure } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';

/** The item of an iteration. */
export interface MapItem {
  readonly index: number;
  readonly value: Json;
  /** Present in a Map over an object. */
  readonly key?: string;
  /** The source that it was read from, if not from the state's data. */
  readonly source?: string;
}

export interface Thread {
  readonly id: number;
  /** The thread whose Parallel or Map state started this one. */
  readonly parent: number | null;
  /** Number of the branch or iteration. */
  readonly index: number;
  /** The current state and its raw input. */
  state: string;
  input: Json;
  /** Variables assigned in this thread; outer variables are found through the parent. */
  variables: JsonObject;
  phase: Phase;
  /** Items of the current Map state, when they cannot be computed again; the input of a Parallel's branches until all have started. */
  items?: Json[];
  /** Retries of the current state so far, per rule and in total. */
  retries: number[];
  retryCount: number;
  /** The time when the state was entered (ms), and the id of that event. */
  enteredAt: number;
  enteredEvent: number;
  /** The id of this thread's last event, which the next one follows. */
  lastEvent: number;
}

/** The phase of a thread within its state. All times are ms since the epoch. */
export type Phase =
  | { readonly type: 'enter' }
  /** Entered; its work has not begun, or begins again after a back-off. */
  | { readonly type: 'attempt' }
  | { readonly type: 'waiting'; readonly until: number }
  | TaskPhase
  | { readonly type: 'backoff'; readonly until: number }
  | ChildrenPhase
  | MapRunPhase
  /**
   * The work of the state is done; its output is not yet made of the result. `succeeded` is the event that says so of children,
   * which only the end of an execution names as its cause.
   */
  | { readonly type: 'complete'; readonly result: Json; readonly succeeded?: number }
  /** The rule of Catch with this index caught the failure; `before` is the event before the one of the failed state. */
  | { readonly type: 'caught'; readonly failure: Failure; readonly rule: number; readonly before?: number }
  | { readonly type: 'done'; readonly output: Json }
  /** `resume` is the phase that a redrive returns to when the failure came from outside this thread. */
  | { readonly type: 'failed'; readonly failure: Failure; readonly resume?: ChildrenPhase | MapRunPhase };

export interface TaskPhase {
  readonly type: 'task';
  /** Distinguishes responses to this attempt from those to an earlier one; part of the task token. */
  readonly nonce: string;
  /** Parameters of the call; stored because a template can give another value the second time. */
  readonly parameters: Json;
  readonly timeoutAt: number | undefined;
  readonly heartbeatMs: number | undefined;
  readonly heartbeatAt: number | undefined;
  /** The call has been made; the task only waits for its token or for its job. */
  readonly submitted: boolean;
  /** The result of the call that started the job. */
  readonly job?: Json;
}

export interface ChildrenPhase {
  readonly type: 'children';
  readonly total: number;
  readonly started: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Maximum number of children at a time. */
  readonly limit: number;
  /** Tolerated number of failures; undefined when none was given. */
  readonly tolerated: number | undefined;
}

/** Phase of a distributed Map, whose children are separate executions. */
export interface MapRunPhase {
  readonly type: 'mapRun';
  readonly arn: string;
  /** Maximum number of children at a time. */
  readonly limit: number;
  /** Tolerated number of failed items. */
  readonly toleratedCount: number | undefined;
  readonly toleratedPercentage: number | undefined;
  /** Evaluated parameters of reader and writer. */
  readonly source: JsonObject | undefined;
  readonly maxItems: number | undefined;
  readonly batch: BatchPlan | undefined;
  readonly target: JsonObject | undefined;
  /** Number of redrives. */
  readonly redrives: number;
}

export interface BatchPlan {
  readonly input: Json | undefined;
  readonly maxItems: number | undefined;
  readonly maxBytes: number | undefined;
}

export function newThread(
  id: number,
  parent: Thread | null,
  index: number,
  state: string,
  input: Json,
): Thread {
  return {
    id,
    parent: parent?.id ?? null,
    index,
    state,
    input,
    variables: {},
    phase: { type: 'enter' },
    retries: [],
    retryCount: 0,
    enteredAt: 0,
    enteredEvent: 0,
    lastEvent: parent?.lastEvent ?? 0,
  };
}

/** Returns the phase that a redrive returns to, for a thread that is aborted. */
export function resumption({ phase }: Thread): { resume?: ChildrenPhase | MapRunPhase } {
  return phase.type === 'children' || phase.type === 'mapRun' ? { resume: phase } : {};
}
