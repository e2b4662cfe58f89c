/**
 * A thread is one sequence of states: the machine itself, a branch of Parallel, an iteration of Map. It holds all
 * that is needed to go on after the process died; a running execution is a tree of threads.
 */

import type { Failure } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';

export interface Thread {
  readonly id: number;
  /** The thread whose Parallel or Map state this one belongs to. */
  readonly parent: number | null;
  /** Number of the branch or iteration. */
  readonly index: number;
  /** The state it is in, and that state's raw input. */
  state: string;
  input: Json;
  /** Variables assigned in this thread; outer ones are found through the parent. */
  variables: JsonObject;
  phase: Phase;
  /** Items of the Map state it is in, where they can't be worked out again. */
  items?: Json[];
  /** Retries made so far of the current state, by rule and in all. */
  retries: number[];
  retryCount: number;
  /** When the state was entered (ms), and the event that says so. */
  enteredAt: number;
  enteredEvent: number;
  /** What the next event of this thread follows. */
  lastEvent: number;
}

/** Where in its state a thread is. All moments are ms since the epoch. */
export type Phase =
  | { readonly type: 'enter' }
  /** Entered; its work has not begun, or begins again after a back-off. */
  | { readonly type: 'attempt' }
  | { readonly type: 'waiting'; readonly until: number }
  | TaskPhase
  | { readonly type: 'backoff'; readonly until: number }
  | ChildrenPhase
  | MapRunPhase
  | { readonly type: 'done'; readonly output: Json }
  /** `resume` is what a redrive goes on with where the failure was not this thread's own. */
  | { readonly type: 'failed'; readonly failure: Failure; readonly resume?: ChildrenPhase | MapRunPhase };

export interface TaskPhase {
  readonly type: 'task';
  /** Tells this attempt's answers from those of an earlier one; part of the task token. */
  readonly nonce: string;
  /** What the resource is called with: kept, because a template may give another value the second time. */
  readonly parameters: Json;
  readonly timeoutAt: number | undefined;
  readonly heartbeatMs: number | undefined;
  readonly heartbeatAt: number | undefined;
  /** The call has been made, and now only the token is waited for. */
  readonly submitted: boolean;
}

export interface ChildrenPhase {
  readonly type: 'children';
  readonly total: number;
  readonly started: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Most children at a time. */
  readonly limit: number;
  /** Failures that Map may have without failing; undefined where none was given. */
  readonly tolerated: number | undefined;
}

/** In a distributed Map, whose children are executions of their own. */
export interface MapRunPhase {
  readonly type: 'mapRun';
  readonly arn: string;
  /** Most children at a time. */
  readonly limit: number;
  /** Failed items that are still no failure of the Map. */
  readonly toleratedCount: number | undefined;
  readonly toleratedPercentage: number | undefined;
  /** Parameters of reader and writer, as they were filled. */
  readonly source: JsonObject | undefined;
  readonly maxItems: number | undefined;
  readonly batch: BatchPlan | undefined;
  readonly target: JsonObject | undefined;
  /** How often it was redriven. */
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

/** What a redrive goes on with, in the phase of a thread that is given up. */
export function resumption({ phase }: Thread): { resume?: ChildrenPhase | MapRunPhase } {
  return phase.type === 'children' || phase.type === 'mapRun' ? { resume: phase } : {};
}
