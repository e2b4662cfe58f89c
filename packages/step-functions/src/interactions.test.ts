/** Features that meet in one state. What AWS does was expected before each ran here, by its guide or from memory of it. */

import {
  CreateStateMachineCommand,
  RedriveExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  ended,
  type FakeLambda,
  fakeLambda,
  role,
  runMachine,
  type Served,
  serve,
} from './testing/served.ts';

let lambda: FakeLambda;
let served: Served;
const calls = new Map<string, number>();

beforeAll(async () => {
  lambda = await fakeLambda(async (event) => {
    const {
      key = '',
      failures = 0,
      ...rest
    } = event as {
      key?: string;
      failures?: number;
      late?: boolean;
      size?: number;
    };
    calls.set(key, (calls.get(key) ?? 0) + 1);
    if (rest.late) await new Promise((resolve) => setTimeout(resolve, 2000));
    if (rest.size) return 'x'.repeat(rest.size);
    if ((calls.get(key) ?? 0) > failures) return rest;
    throw Object.assign(new Error(`call ${calls.get(key)}`), { name: 'Flaky' });
  });
  served = await serve({ endpoints: { lambda: lambda.url } });
});
afterAll(async () => {
  await served.close();
  await lambda.close();
});

async function resultOf(definition: object, input: object = {}): Promise<unknown> {
  const { output, error } = await runMachine(served.client, definition, input);
  return output === undefined ? error : JSON.parse(output);
}

const jsonata = { QueryLanguage: 'JSONata' };
const call = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true };
const pass = (more: object = {}) => ({ Type: 'Pass', End: true, ...more });
const flow = (States: Record<string, object>, more: object = {}) => ({
  StartAt: Object.keys(States)[0],
  States,
  ...more,
});
const distributed = (each: object, more: object, ExecutionType = 'STANDARD') =>
  flow({
    Map: {
      Type: 'Map',
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType }, ...flow({ Each: each }) },
      End: true,
      ...more,
    },
  });
const failing = (key: string, failures: number) => ({ key, failures });

describe('errors', () => {
  test('the arguments of a retry see how often the state was retried', async () => {
    const Arguments = { ...failing('count', 2), n: '{% $states.context.State.RetryCount %}' };
    const rule = { ErrorEquals: ['Flaky'], BackoffRate: 1, JitterStrategy: 'FULL', MaxDelaySeconds: 2 };
    expect(await resultOf(flow({ A: { ...call, Arguments, Retry: [rule] } }, jsonata))).toEqual({ n: 2 });
  });

  test('Assign and Output of a Catch see the error and the input of the state', async () => {
    const Catch = [
      {
        ErrorEquals: ['States.ALL'],
        Assign: { seen: '{% [$states.errorOutput.Error, $states.input.a] %}' },
        Output: '{% $states.errorOutput.Error & "!" %}',
        Next: 'B',
      },
    ];
    const states = {
      A: { ...call, Arguments: failing('catch', 1), Catch },
      B: pass({ Output: ['{% $seen %}', '{% $states.input %}'] }),
    };
    expect(await resultOf(flow(states, jsonata), { a: 7 })).toEqual([['Flaky', 7], 'Flaky!']);
  });

  test('a failed intrinsic function is caught, a path that finds nothing is not', async () => {
    const machine = (value: string) =>
      flow({
        A: { ...call, Parameters: { 'x.$': value }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] },
        B: pass({ Result: 'caught' }),
      });
    expect(await resultOf(machine('States.ArrayGetItem($.list, 5)'), { list: [] })).toBe('caught');
    expect(await resultOf(machine('$.missing'))).toBe('States.Runtime');
  });

  test('a timeout by a path or an expression is caught as States.Timeout', async () => {
    const Catch = [{ ErrorEquals: ['States.Timeout'], Next: 'B' }];
    const late = (more: object) =>
      flow({ A: { ...call, ...more, Catch }, B: { Type: 'Succeed', ...jsonata, Output: 'late' } });
    const [path, expression] = await Promise.all([
      resultOf(late({ Parameters: { late: true }, TimeoutSecondsPath: '$.t' }), { t: 1 }),
      resultOf(late({ ...jsonata, Arguments: { late: true }, TimeoutSeconds: '{% $states.input.t %}' }), {
        t: 1,
      }),
    ]);
    expect([path, expression]).toEqual(['late', 'late']);
  });
});

describe('variables', () => {
  test('two variables swap their values, while the output still sees the old ones', async () => {
    const states = {
      A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { x: '{% $y %}', y: '{% $x %}' }, Output: '{% [$x, $y] %}', Next: 'C' },
      C: pass({ Output: { before: '{% $states.input %}', now: '{% [$x, $y] %}' } }),
    };
    expect(await resultOf(flow(states, jsonata))).toEqual({ before: [1, 2], now: [2, 1] });
  });

  test('the rule of a Choice that matches assigns, and the state itself only without one', async () => {
    const choice = (Condition: string) =>
      flow(
        {
          A: {
            Type: 'Choice',
            Choices: [{ Condition, Assign: { x: 'rule' }, Output: 1, Next: 'B' }],
            Assign: { x: 'default' },
            Output: 2,
            Default: 'B',
          },
          B: pass({ Output: ['{% $x %}', '{% $states.input %}'] }),
        },
        jsonata,
      );
    expect(await resultOf(choice('{% true %}'))).toEqual(['rule', 1]);
    expect(await resultOf(choice('{% false %}'))).toEqual(['default', 2]);
  });

  test('a path of a JSONPath state reads into a variable that JSONata assigned', async () => {
    const states = {
      A: { Type: 'Pass', ...jsonata, Assign: { x: { y: [1, 2] } }, Next: 'B' },
      B: pass({ Parameters: { 'one.$': '$x.y[1]', 'all.$': "States.Format('{}', $x.y)" } }),
    };
    expect(await resultOf(flow(states))).toEqual({ one: 2, all: '[1, 2]' });
  });
});

describe('distributed Map', () => {
  test('a child whose Parallel fails is tolerated', async () => {
    const Branches = [flow({ B: call }), flow({ C: pass({ Result: 'c' }) })];
    const machine = distributed(
      { Type: 'Parallel', Branches, End: true },
      { ItemsPath: '$.items', ToleratedFailurePercentagePath: '$.percent' },
    );
    const items = [failing('child', 1), { n: 1 }];
    expect(await resultOf(machine, { items, percent: '50' })).toEqual([[{ n: 1 }, 'c']]);
  });

  test('children can be express executions, and an object gives its pairs', async () => {
    const each = pass({ Output: '{% $states.input.Key & $states.input.Value %}' });
    const machine = distributed(each, { Items: '{% {"a": 1, "b": 2} %}' }, 'EXPRESS');
    expect(await resultOf({ ...machine, ...jsonata })).toEqual(['a1', 'b2']);
  });

  test('expressions set the size of batches and their input', async () => {
    const ItemBatcher = { MaxItemsPerBatch: '{% 1 + 1 %}', BatchInput: { of: '{% $states.input.of %}' } };
    const machine = distributed(pass(), { Items: '{% [1, 2, 3] %}', ItemBatcher });
    expect(await resultOf({ ...machine, ...jsonata }, { of: 'a' })).toEqual([
      { BatchInput: { of: 'a' }, Items: [1, 2] },
      { BatchInput: { of: 'a' }, Items: [3] },
    ]);
  });
});

describe('data that is too large', () => {
  const last = pass({ Result: 'caught' });

  test.each(['States.DataLimitExceeded', 'States.ALL'])('of a task is caught by %s', async (name) => {
    const Catch = [{ ErrorEquals: [name], Next: 'B' }];
    expect(await resultOf(flow({ A: { ...call, Parameters: { size: 300_000 }, Catch }, B: last }))).toBe(
      'caught',
    );
  });

  test('that a task would be given is caught by its name only', async () => {
    const given = { ...call, ...jsonata, Arguments: "{% $pad('', 300000, 'x') %}" };
    const rule = (name: string) => ({ Catch: [{ ErrorEquals: [name], Next: 'B' }] });
    expect(await resultOf(flow({ A: { ...given, ...rule('States.ALL') }, B: last }))).toBe(
      'States.DataLimitExceeded',
    );
    expect(await resultOf(flow({ A: { ...given, ...rule('States.DataLimitExceeded') }, B: last }))).toBe(
      'caught',
    );
  });
});

describe('a redrive', () => {
  const redriven = async (executionArn: string | undefined) => {
    await served.client.send(new RedriveExecutionCommand({ executionArn }));
    return ended(served.client, executionArn);
  };

  test('runs all branches again where their results were too large together', async () => {
    const branch = (key: string) => flow({ [key]: { ...call, Parameters: { size: 150_000, key } } });
    const Branches = [branch('one'), branch('two')];
    const { executionArn } = await runMachine(
      served.client,
      flow({ A: { Type: 'Parallel', Branches, End: true } }),
    );
    expect((await redriven(executionArn)).error).toBe('States.DataLimitExceeded');
    expect([calls.get('one'), calls.get('two')]).toEqual([2, 2]);
  });

  test('starts the retries again', async () => {
    const Retry = [{ ErrorEquals: ['Flaky'], IntervalSeconds: 0, MaxAttempts: 1 }];
    const task = { ...call, Parameters: failing('again', 9), Retry };
    await redriven((await runMachine(served.client, flow({ A: task }))).executionArn);
    expect(calls.get('again')).toBe(4);
  });
});

test('the context has the number of redrives, but not that of an express execution', async () => {
  const machine = flow({ A: pass({ Output: '{% $states.context.Execution %}' }) }, jsonata);
  expect(await resultOf(machine)).toHaveProperty('RedriveCount', 0);
  const definition = JSON.stringify(machine);
  const given = { name: 'express', definition, roleArn: role, type: 'EXPRESS' } as const;
  const { stateMachineArn } = await served.client.send(new CreateStateMachineCommand(given));
  const { output } = await served.client.send(new StartSyncExecutionCommand({ stateMachineArn }));
  expect(JSON.parse(output ?? '')).not.toHaveProperty('RedriveCount');
});
