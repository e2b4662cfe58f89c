import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  paginateGetExecutionHistory,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type FunctionName, functions } from '../functions/manifest.ts';
import { type Clock, createStatesService, type StatesService } from './states/index.ts';

/** What a function answers at its n-th call; an Error is thrown as Lambda would. */
type Fake = (
  input: { job_id: string; task_token: string; continuation_token: string | null },
  call: number,
) => unknown;
type Fakes = Partial<Record<FunctionName, Fake>>;

class Failure extends Error {
  constructor(name: string, message = `${name} happened`) {
    super(message);
    this.name = name;
  }
}

const tickMs = 3;
const quietTicks = 6;

/** Time that stands still while anything happens, and jumps to the next timer when nothing does. */
function jumpingClock(isBusy: () => boolean): Clock & { stop(): void } {
  let now = Date.parse('2026-02-07T10:00:00Z');
  const timers = new Map<() => void, number>();
  let quiet = 0;
  let lastTick = performance.now();
  const interval = setInterval(() => {
    // A late tick means that something else had the processor, perhaps what would have made us busy.
    const late = performance.now() - lastTick > 2 * tickMs;
    lastTick = performance.now();
    quiet = late || isBusy() ? 0 : quiet + 1;
    const next = [...timers].sort(([, a], [, b]) => a - b)[0];
    if (quiet < quietTicks || !next) return;
    const [fire, at] = next;
    quiet = 0;
    timers.delete(fire);
    now = Math.max(now, at);
    fire();
  }, tickMs);
  return {
    now: () => now,
    setTimer(at, fire) {
      const entry = () => fire();
      timers.set(entry, at);
      return () => timers.delete(entry);
    },
    stop: () => clearInterval(interval),
  };
}

let servers: Server[] = [];
let services: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const service of services) await service.close();
  for (const server of servers) server.close().closeAllConnections();
  servers = [];
  services = [];
});

async function serve(handle: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A day with one chapter that goes well; tests replace what they are about. */
function goodDay(
  answerTask: (token: string, output: unknown) => Promise<unknown>,
): Record<FunctionName, Fake> {
  const start: Fake = ({ job_id, task_token }) =>
    void answerTask(task_token, { job_id, status: 'completed' });
  return {
    'check-quota': () => ({ quota_reached: false, daily_count: 0, daily_quota: 10 }),
    fetcher: ({ job_id }, call) =>
      call === 1
        ? { status: 'success', job_id, manga_id: 'm', manga_title: 'M' }
        : { status: 'no_manga_available' },
    scriptgen: ({ job_id }) => ({
      job_id,
      script_generated: true,
      segment_count: 3,
      continuation_token: null,
    }),
    ttsgen: ({ job_id }) => ({ job_id, audio_generated: true, segment_count: 3, continuation_token: null }),
    'start-renderer': start,
    'start-uploader': start,
    'renderer-callback': ({ job_id }) => ({ job_id, terminated: true }),
    'uploader-callback': ({ job_id }) => ({ job_id, terminated: true }),
    'increment-counter': ({ job_id }) => ({ job_id, daily_count: 1, date: '2026-02-07' }),
    cleanup: ({ job_id }) => ({ job_id, objects_deleted: 1, bytes_freed: 1 }),
    'handle-error': ({ job_id }) => ({ job_id, status: 'failed', error_logged: true }),
  };
}

/** Runs the real state machine with faked functions; answers what it did. */
async function runDay(makeFakes: (client: SFNClient) => Fakes = () => ({})) {
  let busy = 0;
  const calls: { name: FunctionName; input: Record<string, unknown> }[] = [];
  const lambda = await serve(async (request, response) => {
    busy += 1;
    const name = decodeURIComponent(request.url ?? '').match(/manga-pipeline-([a-z-]+)/)?.[1] as FunctionName;
    const input = (await json(request)) as Parameters<Fake>[0];
    calls.push({ name, input: { ...input } });
    const nth = calls.filter((call) => call.name === name).length;
    try {
      const output = await fakes[name](input, nth);
      response.end(JSON.stringify(output ?? null));
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      response.setHeader('X-Amz-Function-Error', 'Unhandled');
      response.end(JSON.stringify({ errorType, errorMessage, trace: [] }));
    }
    busy -= 1;
  });
  const ended = Promise.withResolvers<void>();
  const clock = jumpingClock(() => busy > 0);
  services.push({ close: clock.stop });
  const placeholders = Object.fromEntries(
    Object.keys(functions).map((name) => [
      name,
      `arn:aws:lambda:us-east-1:123456789012:function:manga-pipeline-${name}`,
    ]),
  );
  const states: StatesService = await createStatesService({
    endpoints: { lambda },
    placeholders,
    clock,
    onEvent: ({ event }) => {
      if (/^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(event.type)) ended.resolve();
    },
  });
  services.push(states);
  const endpoint = await serve((request, response) => states.handle(request, response));
  const client = new SFNClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  // A call counts from its first thought on: the clock must not jump over an answer that is being made.
  client.middlewareStack.add(
    (next) => async (call) => {
      busy += 1;
      try {
        return await next(call);
      } finally {
        busy -= 1;
      }
    },
    { step: 'initialize' },
  );
  const fakes = {
    ...goodDay((taskToken, output) =>
      client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
    ),
    ...makeFakes(client),
  };
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: 'manga-pipeline',
      definition: await readFile(join(import.meta.dirname, '../asl/pipeline.asl.json'), 'utf8'),
      roleArn: 'arn:aws:iam::123456789012:role/states',
    }),
  );
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  await ended.promise;
  const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
  const entered: string[] = [];
  for await (const { events } of paginateGetExecutionHistory({ client }, { executionArn })) {
    for (const event of events ?? [])
      if (event.stateEnteredEventDetails?.name) entered.push(event.stateEnteredEventDetails.name);
  }
  client.destroy();
  const callsOf = (name: FunctionName) =>
    calls.filter((call) => call.name === name).map(({ input }) => input);
  return { execution, states: entered, callsOf };
}

/** Fails at the first `times` calls, then does as it should. */
const failing =
  (error: Error, times: number, then: Fake): Fake =>
  (input, call) => {
    if (call <= times) throw error;
    return then(input, call - times);
  };

const startAnswering =
  (client: SFNClient, answers: readonly ('success' | 'silence' | Failure)[]): Fake =>
  async ({ job_id, task_token: taskToken }, call) => {
    const answer = answers[Math.min(call, answers.length) - 1];
    if (answer === 'silence') return;
    await (answer instanceof Failure
      ? client.send(new SendTaskFailureCommand({ taskToken, error: answer.name, cause: answer.message }))
      : client.send(
          new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ job_id, status: 'completed' }) }),
        ));
  };

const oneChapter = [
  'FetchManga',
  'IsMangaAvailable',
  'FirstScriptCall',
  'GenerateScript',
  'IsScriptComplete',
  'FirstSpeechCall',
  'GenerateTTS',
  'IsSpeechComplete',
  'StartRenderer',
  'StartUploader',
  'IncrementCounter',
  'Cleanup',
  'CheckMoreVideos',
];

describe('the good days', () => {
  test('a chapter goes through every step, then the next is asked for', async () => {
    const { execution, states, callsOf } = await runDay();
    expect(execution.status).toBe('SUCCEEDED');
    const start = ['NewJob', 'CheckQuota', 'IsQuotaReached'];
    expect(states).toEqual([
      'StartRun',
      ...start,
      ...oneChapter,
      ...start,
      'FetchManga',
      'IsMangaAvailable',
      'NoMangaAvailable',
    ]);
    const [first, second] = callsOf('fetcher');
    expect(first?.job_id).toMatch(/^job-[0-9a-f-]{36}$/);
    expect(second?.job_id).not.toBe(first?.job_id);
    for (const name of ['scriptgen', 'cleanup', 'increment-counter'] as const) {
      expect(callsOf(name)).toEqual([expect.objectContaining({ job_id: first?.job_id })]);
    }
  });

  test('the day ends when the quota is met', async () => {
    const { execution, states } = await runDay(() => ({
      fetcher: ({ job_id }) => ({ status: 'success', job_id, manga_id: 'm', manga_title: 'M' }),
      'check-quota': (_, call) => ({ quota_reached: call > 2, daily_count: call - 1, daily_quota: 2 }),
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(states.filter((state) => state === 'IncrementCounter')).toHaveLength(2);
    expect(states.at(-1)).toBe('QuotaReached');
  });

  test('script and speech are called again with their token until they are complete', async () => {
    const { callsOf } = await runDay(() => ({
      scriptgen: ({ job_id }, call) => ({
        job_id,
        script_generated: call === 3,
        segment_count: 0,
        continuation_token: call === 3 ? null : `page ${call}`,
      }),
      ttsgen: ({ job_id }, call) => ({
        job_id,
        audio_generated: call === 2,
        segment_count: 0,
        continuation_token: call === 2 ? null : 'segment 9',
      }),
    }));
    expect(callsOf('scriptgen').map((input) => input.continuation_token)).toEqual([null, 'page 1', 'page 2']);
    expect(callsOf('ttsgen').map((input) => input.continuation_token)).toEqual([null, 'segment 9']);
  });
});

const lambdaStates: readonly (readonly [string, FunctionName])[] = [
  ['CheckQuota', 'check-quota'],
  ['FetchManga', 'fetcher'],
  ['GenerateScript', 'scriptgen'],
  ['GenerateTTS', 'ttsgen'],
  ['IncrementCounter', 'increment-counter'],
  ['Cleanup', 'cleanup'],
];

describe.each(lambdaStates)('%s', (state, name) => {
  const good = goodDay(async () => undefined)[name];

  test.each(['Lambda.ServiceException', 'Lambda.TooManyRequestsException', 'TypeError'])(
    'is tried again after %s',
    async (error) => {
      const { execution, states } = await runDay(() => ({ [name]: failing(new Failure(error), 2, good) }));
      expect(execution.status).toBe('SUCCEEDED');
      expect(states).not.toContain('HandleError');
    },
  );

  test('is given up at once after an error that time does not heal; the error is recorded with the state', async () => {
    const { states, callsOf, execution } = await runDay(() => ({
      [name]: failing(new Failure('ArtifactInvalid'), 1, good),
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(states.filter((name) => name === 'HandleError')).toHaveLength(1);
    expect(callsOf('handle-error')).toEqual([
      {
        job_id: callsOf('check-quota').length > 0 ? expect.stringMatching(/^job-/) : undefined,
        error: { Error: 'ArtifactInvalid', Cause: expect.stringContaining('ArtifactInvalid happened') },
        state,
        execution_id: execution.executionArn,
      },
    ]);
  });

  test('is given up after its retries', async () => {
    const { states, callsOf } = await runDay(() => ({ [name]: failing(new Failure('TypeError'), 3, good) }));
    expect(states).toContain('HandleError');
    expect(callsOf('handle-error')[0]).toMatchObject({ state, error: { Error: 'TypeError' } });
  });
});

describe.each([
  ['StartRenderer', 'start-renderer', 'renderer-callback', 'RenderError', 'EndRenderer'],
  ['StartUploader', 'start-uploader', 'uploader-callback', 'UploadError', 'EndUploader'],
] as const)('%s', (state, name, callback, ownError, endState) => {
  test.each([
    ['a heartbeat is lost', ['silence', 'success']],
    [
      'EC2 takes the machine back',
      [new Failure('SpotInterrupted'), new Failure('SpotInterrupted'), 'success'],
    ],
    ['the work fails once', [new Failure(ownError), 'success']],
  ] as const)('starts a fresh machine with a fresh token when %s', async (_, answers) => {
    const { execution, states, callsOf } = await runDay((client) => ({
      [name]: startAnswering(client, answers),
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(states).toContain('Cleanup');
    const tokens = callsOf(name).map(({ task_token }) => task_token);
    expect(new Set(tokens).size).toBe(answers.length);
  });

  test('waits for capacity', async () => {
    const { states, callsOf } = await runDay((client) => ({
      [name]: failing(new Failure('SpotCapacityUnavailable'), 4, startAnswering(client, ['success'])),
    }));
    expect(callsOf(name)).toHaveLength(5);
    expect(states).toContain('Cleanup');
  });

  test('is tried again when Lambda fails', async () => {
    const { states } = await runDay((client) => ({
      [name]: failing(new Failure('Lambda.SdkClientException'), 3, startAnswering(client, ['success'])),
    }));
    expect(states).toContain('Cleanup');
  });

  test('gives up after its retries, ends the machine and records the error', async () => {
    const { states, callsOf } = await runDay((client) => ({
      [name]: startAnswering(client, [new Failure(ownError)]),
    }));
    expect(callsOf(name)).toHaveLength(2);
    expect(states).toEqual(expect.arrayContaining([endState, 'HandleError']));
    expect(callsOf(callback)).toEqual([{ job_id: expect.stringMatching(/^job-/) }]);
    expect(callsOf('handle-error')[0]).toMatchObject({ state, error: { Error: ownError } });
    expect(states).not.toContain('IncrementCounter');
  });

  test('records the error also when the machine can not be ended', async () => {
    const { callsOf } = await runDay((client) => ({
      [name]: startAnswering(client, [new Failure(ownError)]),
      [callback]: () => {
        throw new Failure('UnauthorizedOperation');
      },
    }));
    expect(callsOf('handle-error')[0]).toMatchObject({ state, error: { Error: ownError } });
  });

  test('a machine that heartbeats may take longer than the heartbeat limit', async () => {
    const { execution, callsOf } = await runDay((client) => ({
      [name]: async ({ job_id, task_token: taskToken }: { job_id: string; task_token: string }) => {
        for (let beat = 0; beat < 3; beat += 1)
          await client.send(new SendTaskHeartbeatCommand({ taskToken }));
        await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ job_id }) }));
      },
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(callsOf(name)).toHaveLength(1);
  });
});

describe('the bad days', () => {
  test('a used up YouTube quota is recorded, ends the day without a retry, and is no failure of the execution', async () => {
    const { execution, states, callsOf } = await runDay((client) => ({
      'start-uploader': startAnswering(client, [new Failure('YouTubeQuotaError', 'quotaExceeded')]),
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(callsOf('start-uploader')).toHaveLength(1);
    expect(states.slice(-3)).toEqual(['StartUploader', 'RecordYouTubeQuota', 'QuotaReached']);
    expect(callsOf('handle-error')[0]).toMatchObject({
      error: { Error: 'YouTubeQuotaError', Cause: 'quotaExceeded' },
    });
  });

  test('a failed clean-up loses no count', async () => {
    const { states, callsOf } = await runDay(() => ({
      cleanup: failing(new Failure('AccessDenied'), 9, () => ({})),
    }));
    expect(callsOf('increment-counter')).toHaveLength(1);
    expect(states.indexOf('IncrementCounter')).toBeLessThan(states.indexOf('Cleanup'));
    expect(callsOf('handle-error')[0]).toMatchObject({ state: 'Cleanup' });
  });

  test('one bad chapter does not stop the day', async () => {
    const { execution, states, callsOf } = await runDay(() => ({
      fetcher: ({ job_id }, call) => {
        if (call === 1) throw new Failure('ChapterUnreadable', 'a.cbz has no pages');
        return call === 2
          ? { status: 'success', job_id, manga_id: 'm', manga_title: 'M' }
          : { status: 'no_manga_available' };
      },
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(callsOf('fetcher')).toHaveLength(3);
    expect(states.filter((state) => state === 'Cleanup')).toHaveLength(1);
  });

  test('a broken key can not loop all night', async () => {
    const { execution, callsOf } = await runDay(() => ({
      fetcher: ({ job_id }) => ({ status: 'success', job_id, manga_id: 'm', manga_title: 'M' }),
      scriptgen: () => {
        throw new Failure('ConfigurationError', 'the key is wrong');
      },
    }));
    expect(execution).toMatchObject({ status: 'FAILED', error: 'TooManyFailures' });
    expect(callsOf('handle-error')).toHaveLength(3);
  });

  test('a failure that can not be recorded still counts', async () => {
    const { execution, callsOf } = await runDay(() => ({
      fetcher: () => {
        throw new Failure('ChapterUnreadable');
      },
      'handle-error': () => {
        throw new Failure('ResourceNotFoundException');
      },
    }));
    expect(execution).toMatchObject({ status: 'FAILED', error: 'TooManyFailures' });
    expect(callsOf('fetcher')).toHaveLength(3);
  });
});
