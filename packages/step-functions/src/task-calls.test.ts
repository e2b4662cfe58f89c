import { realClock } from './clock.ts';
import { Engine } from './engine.ts';
import type { Json, JsonObject } from './json.ts';
import { openDatabase } from './store/database.ts';
import { openDefinitions } from './store/definitions.ts';
import { openExecutions } from './store/executions.ts';
import { openMapRuns } from './store/map-runs.ts';
import { until } from './testing/served.ts';

const job = {
  Type: 'Task',
  Resource: 'arn:aws:states:::glue:startJobRun.sync',
  Parameters: { JobName: 'words' },
  End: true,
};

/** Starts a machine whose jobs run until they are cancelled. */
function startJobs(definition: JsonObject) {
  const asked: [action: string, parameters: Json][] = [];
  const events: string[] = [];
  const database = openDatabase(undefined);
  const engine = new Engine({
    clock: realClock,
    region: 'us-east-1',
    store: openExecutions(database, openDefinitions(database)),
    mapRuns: openMapRuns(database),
    caller: {
      call: async () => ({ succeeded: true, output: { JobRunId: 'jr_1' } }),
      problems: async () => [],
      async describe(_, action, parameters) {
        asked.push([action, parameters]);
        return { succeeded: true, output: { JobRun: { JobRunState: 'RUNNING' } } };
      },
    },
    objects: {} as never,
    startNested: () => ({ code: 'None', message: '' }),
    onStatus: undefined,
    onEvent: ({ event }) => events.push(event.type),
  });
  const execution = engine.start({
    arn: 'arn:aws:states:us-east-1:123456789012:execution:m:e',
    name: 'e',
    type: 'STANDARD',
    machineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m',
    machineName: 'm',
    roleArn: 'arn:aws:iam::123456789012:role/r',
    definition: JSON.stringify(definition),
    input: '{}',
    startDate: engine.now(),
  });
  const close = () => {
    engine.close();
    database.close();
  };
  return { engine, execution, asked, events, close };
}

const stopped = ['batchStopJobRun', { JobName: 'words', JobRunIds: ['jr_1'] }];

test('the job of a task is cancelled when the execution is stopped', async () => {
  const { engine, execution, asked, events, close } = startJobs({ StartAt: 'A', States: { A: job } });
  await until(() => asked.length > 0);
  engine.stop(execution, {});
  await until(() => asked.some(([action]) => action !== 'getJobRun'));
  expect(asked.at(-1)).toEqual(stopped);
  expect(events).toContain('ExecutionAborted');
  close();
});

test('the job of a task is cancelled when the task times out', async () => {
  const late = { ...job, TimeoutSeconds: 1, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'B' }] };
  const { asked, close } = startJobs({
    StartAt: 'A',
    States: { A: late, B: { Type: 'Wait', Seconds: 60, End: true } },
  });
  await until(() => asked.some(([action]) => action !== 'getJobRun'));
  expect(asked.at(-1)).toEqual(stopped);
  close();
});

test('the job of a task is cancelled when another branch fails', async () => {
  const failing = {
    StartAt: 'W',
    States: { W: { Type: 'Wait', Seconds: 1, Next: 'F' }, F: { Type: 'Fail', Error: 'E' } },
  };
  const both = { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: job } }, failing] };
  const caught = { ...both, Catch: [{ ErrorEquals: ['E'], Next: 'B' }], Next: 'B' };
  const later = { Type: 'Wait', Seconds: 60, End: true };
  const { asked, close } = startJobs({ StartAt: 'Both', States: { Both: caught, B: later } });
  await until(() => asked.some(([action]) => action !== 'getJobRun'));
  expect(asked.at(-1)).toEqual(stopped);
  close();
});
