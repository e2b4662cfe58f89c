/**
 * Folds a history into visits of states: entered, tried one or more times, left. Folding an event again changes
 * nothing, so loaded and live events can overlap.
 */
import type { SlimEvent } from '../slim-event.ts';

type VisitStatus = 'running' | 'succeeded' | 'caught' | 'failed' | 'stopped';

export interface Visit {
  /** Id of the event that entered the state. */
  id: number;
  state: string;
  /** `Task`, `Choice`, … */
  type: string;
  depth: number;
  parent: Visit | undefined;
  /** Number of its iteration or branch in the parent. */
  iteration: string;
  entered: number;
  left: number | undefined;
  status: VisitStatus;
  exitId: number | undefined;
  attempts: Attempt[];
  /** Its error, whether caught or not. */
  error: string;
}

export interface Attempt {
  /** Id of the event that scheduled it. */
  id: number;
  started: number;
  ended: number | undefined;
  endId: number | undefined;
  error: string;
}

export interface History {
  events: SlimEvent[];
  visits: Visit[];
  /** Last status of each state, and its number of visits. */
  states: Map<string, { status: VisitStatus; visits: number; open: number }>;
  start: number;
  /** Time of the last event. */
  last: number;
  ended: boolean;
  /** The visit of each event; for events of a scope, the enclosing visit. */
  visitOf: Map<number, Visit | undefined>;
  iterations: Map<number, string>;
}

export function newHistory(): History {
  return {
    events: [],
    visits: [],
    states: new Map(),
    start: 0,
    last: 0,
    ended: false,
    visitOf: new Map(),
    iterations: new Map(),
  };
}

/** Folds events, which come in order; known events are skipped. */
export function fold(history: History, events: readonly SlimEvent[]): History {
  for (const event of events) if (event[0] === (history.events.at(-1)?.[0] ?? 0) + 1) take(history, event);
  return history;
}

function take(history: History, event: SlimEvent): void {
  const [id, previous, time, type] = event;
  history.events.push(event);
  history.start ||= time;
  history.last = time;
  const before = history.visitOf.get(previous);
  if (type.endsWith('StateEntered')) {
    enter(history, event, before);
    return;
  }
  const around = before && before.exitId === previous ? before.parent : before;
  history.visitOf.set(id, around);
  history.iterations.set(id, history.iterations.get(previous) ?? '');
  if (type === 'MapIterationStarted') history.iterations.set(id, event[5]);
  if (type.startsWith('Execution')) ofExecution(history, type, time);
  else if (type.endsWith('StateExited') && before) exit(history, event, before);
  else if (type.endsWith('Scheduled') && around) schedule(history, around, id, time);
  else if (around) settle(history, event, around);
}

/** Records the outcome of an attempt or of the whole state. */
function settle(history: History, [id, , time, type, , note]: SlimEvent, around: Visit): void {
  const attempt = around.attempts.at(-1);
  if (/(Failed|TimedOut|Aborted)$/.test(type)) {
    around.error = note || type;
    if (attempt && attempt.ended === undefined) {
      attempt.ended = time;
      attempt.endId = id;
      attempt.error = around.error;
    }
    if (/State(Failed|Aborted)$/.test(type))
      close(history, around, time, /Aborted$/.test(type) ? 'stopped' : 'failed');
  } else if (/Succeeded$/.test(type) && attempt && !/^Map|^Parallel/.test(type)) {
    attempt.ended = time;
    attempt.endId = id;
  }
}

function enter(history: History, event: SlimEvent, before: Visit | undefined): void {
  const [id, previous, time, type, state] = event;
  const isNext = before?.exitId === previous;
  const parent = isNext ? before.parent : before;
  const visit: Visit = {
    id,
    state,
    type: type.replace(/StateEntered$/, ''),
    depth: parent ? parent.depth + 1 : 0,
    parent,
    iteration: (isNext ? before.iteration : history.iterations.get(previous)) ?? '',
    entered: time,
    left: undefined,
    status: 'running',
    exitId: undefined,
    attempts: [],
    error: '',
  };
  history.iterations.set(id, visit.iteration);
  history.visits.push(visit);
  history.visitOf.set(id, visit);
  const known = history.states.get(state) ?? { status: 'running', visits: 0, open: 0 };
  history.states.set(state, { status: 'running', visits: known.visits + 1, open: known.open + 1 });
}

function exit(history: History, event: SlimEvent, visit: Visit): void {
  const [id, , time] = event;
  visit.exitId = id;
  history.visitOf.set(id, visit);
  const last = visit.attempts.at(-1);
  close(history, visit, time, last?.error || visit.status === 'failed' ? 'caught' : 'succeeded');
}

function close(history: History, visit: Visit, time: number, status: VisitStatus): void {
  const wasOpen = visit.left === undefined;
  visit.left = time;
  visit.status = status;
  const state = history.states.get(visit.state);
  if (!state) return;
  if (wasOpen) state.open -= 1;
  state.status = state.open > 0 ? 'running' : status;
}

function schedule(history: History, visit: Visit, id: number, time: number): void {
  visit.attempts.push({ id, started: time, ended: undefined, endId: undefined, error: '' });
  if (visit.left === undefined) return;
  // Redriven: the visit is open again.
  visit.left = undefined;
  visit.status = 'running';
  const state = history.states.get(visit.state);
  if (state) history.states.set(visit.state, { ...state, status: 'running', open: state.open + 1 });
}

function ofExecution(history: History, type: string, time: number): void {
  if (type === 'ExecutionStarted') return;
  history.ended = type !== 'ExecutionRedriven';
  if (!history.ended) return;
  const status =
    type === 'ExecutionSucceeded' ? 'succeeded' : type === 'ExecutionAborted' ? 'stopped' : 'failed';
  for (const visit of history.visits) if (visit.left === undefined) close(history, visit, time, status);
}
