import type { SlimEvent } from '../slim-event.ts';
import { fold, newHistory } from './visits.ts';

/** Makes events with consecutive ids from `[previous, type, name, note]`. */
const events = (...given: [number, string, string?, string?][]): SlimEvent[] =>
  given.map(([previous, type, name = '', note = ''], index) => [
    index + 1,
    previous,
    1000 + index * 10,
    type,
    name,
    note,
  ]);
const shown = (given: SlimEvent[]) =>
  fold(newHistory(), given).visits.map(({ state, status, depth, iteration, attempts }) => ({
    state,
    status,
    depth,
    iteration,
    tries: attempts.map(({ error }) => error),
  }));

const retried = events(
  [0, 'ExecutionStarted'],
  [0, 'TaskStateEntered', 'Fetch'],
  [2, 'TaskScheduled'],
  [3, 'TaskFailed', '', 'Busy'],
  [4, 'TaskScheduled'],
  [5, 'TaskSucceeded'],
  [6, 'TaskStateExited', 'Fetch'],
  [7, 'SucceedStateEntered', 'Done'],
);

test('a retried state has its attempts and their errors', () => {
  expect(shown(retried)).toEqual([
    { state: 'Fetch', status: 'succeeded', depth: 0, iteration: '', tries: ['Busy', ''] },
    { state: 'Done', status: 'running', depth: 0, iteration: '', tries: [] },
  ]);
});

test('repeated events change nothing', () => {
  const history = fold(fold(newHistory(), retried.slice(0, 5)), retried.slice(2, 6));
  fold(history, retried.slice(7));
  expect(history.events.map(([id]) => id)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('states inside a Map are below it, with the number of their iteration', () => {
  const map = events(
    [0, 'ExecutionStarted'],
    [0, 'MapStateEntered', 'Pages'],
    [2, 'MapStateStarted'],
    [3, 'MapIterationStarted', 'Pages', '0'],
    [3, 'MapIterationStarted', 'Pages', '1'],
    [4, 'PassStateEntered', 'Read'],
    [5, 'PassStateEntered', 'Read'],
    [6, 'PassStateExited', 'Read'],
    [8, 'PassStateEntered', 'Write'],
    [9, 'PassStateExited', 'Write'],
    [10, 'MapIterationSucceeded', 'Pages', '0'],
    [7, 'PassStateExited', 'Read'],
    [12, 'MapIterationSucceeded', 'Pages', '1'],
    [13, 'MapStateSucceeded'],
    [14, 'MapStateExited', 'Pages'],
    [15, 'SucceedStateEntered', 'Done'],
  );
  expect(shown(map).map(({ state, depth, iteration, status }) => [state, depth, iteration, status])).toEqual([
    ['Pages', 0, '', 'succeeded'],
    ['Read', 1, '0', 'succeeded'],
    ['Read', 1, '1', 'succeeded'],
    ['Write', 1, '0', 'succeeded'],
    ['Done', 0, '', 'running'],
  ]);
});

test('open visits end with the execution, and a redrive reopens them', () => {
  const stopped = events(
    [0, 'ExecutionStarted'],
    [0, 'TaskStateEntered', 'Wait'],
    [2, 'TaskScheduled'],
    [3, 'ExecutionAborted'],
  );
  expect(shown(stopped)[0]?.status).toBe('stopped');
  const redriven = [
    ...stopped,
    ...events([4, 'ExecutionRedriven'], [5, 'TaskScheduled']).map(
      ([id, ...rest]) => [id + 4, ...rest] as SlimEvent,
    ),
  ];
  const history = fold(newHistory(), redriven);
  expect(history.visits[0]).toMatchObject({ state: 'Wait', status: 'running', left: undefined });
  expect(history.states.get('Wait')).toEqual({ status: 'running', visits: 1, open: 1 });
  expect(history.ended).toBe(false);
});
