import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { FunctionName } from '../config/functions.ts';
import { endDay, Failure, type Fake, goodDay, runDay } from './testing/run-day.ts';

afterEach(endDay);

/** Fails the first `times` calls, then succeeds. */
const failing =
  (error: Error, times: number, then: Fake): Fake =>
  (input, call) => {
    if (call <= times) throw error;
    return then(input, call - times);
  };

const startCompleting =
  (client: SFNClient, outcomes: readonly ('success' | 'silence' | Failure)[]): Fake =>
  async ({ job_id, task_token: taskToken }, call) => {
    const answer = outcomes[Math.min(call, outcomes.length) - 1];
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
  'IsDoubtful',
  'FirstSpeechCall',
  'GenerateTTS',
  'IsSpeechComplete',
  'StartRenderer',
  'IsReviewWanted',
  'StartUploader',
  'IncrementCounter',
  'Cleanup',
  'CheckMoreVideos',
];

describe('the good days', () => {
  test('a chapter goes through every step, then the next one starts', async () => {
    const { execution, states, callsOf } = await runDay();
    expect(execution.status).toBe('SUCCEEDED');
    const start = ['NewJob', 'CheckQuota', 'IsQuotaReached'];
    expect(states).toEqual([
      'StartRun',
      'IsContinued',
      'EndOrphanRenderers',
      'EndOrphanUploaders',
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

  test('the day ends when the quota is reached', async () => {
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
        doubtful: false,
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

interface FlowState {
  Type: string;
  Retry?: { MaxAttempts: number }[];
  Choices?: { Variable?: string; NumericGreaterThanEquals?: number }[];
}
const flow = JSON.parse(readFileSync(join(import.meta.dirname, '../asl/pipeline.asl.json'), 'utf8')) as {
  States: Record<string, FlowState>;
};

describe('a long run', () => {
  const failsAt =
    (calls: readonly number[]): Fake =>
    ({ job_id }, call) => {
      if (calls.includes(call)) throw new Failure('ChapterUnreadable');
      return { status: 'success', job_id, manga_id: 'm', manga_title: 'M' };
    };
  const quotaOf =
    (daily_quota: number): Fake =>
    (_, call) => ({
      quota_reached: call > daily_quota,
      daily_count: call - 1,
      daily_quota,
    });

  test('continues in new executions, so that no history becomes full', async () => {
    const { executions, callsOf } = await runDay(
      () => ({ fetcher: failsAt([5, 25]), 'check-quota': quotaOf(45) }),
      undefined,
      'daily',
    );
    expect(executions.map(({ name, status }) => [name, status])).toEqual([
      ['daily', 'SUCCEEDED'],
      ['daily-2', 'SUCCEEDED'],
      ['daily-3', 'SUCCEEDED'],
    ]);
    expect(callsOf('increment-counter')).toHaveLength(43);
  });

  test('has room in a history for every retry of every state and fifty further calls per job', () => {
    const retries = ({ Retry = [] }: { Retry?: { MaxAttempts: number }[] }) =>
      Retry.reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0);
    // An execution of a person's decision has one job.
    const ofVerdicts = [
      'TakeHeldJob',
      'RecordVerdict',
      'HowDecided',
      'WaitForSlot',
      'DecidedTooLate',
      'JobDone',
    ];
    // The jobs of a run with lanes are in the histories of its lanes.
    const ofLanes = ['PlanLanes', 'OpenLanes', 'CountRun', 'HowLanesEnded', 'LanesEnded', 'LanesFailed'];
    const others = [...ofVerdicts, ...ofLanes];
    const ofRuns = Object.entries(flow.States).filter(([name]) => !others.includes(name));
    expect(ofRuns).toHaveLength(Object.keys(flow.States).length - others.length);
    // Entered and exited, and for each attempt of a task or Map scheduled, started, submitted and ended.
    const attempts = (state: FlowState) => (['Task', 'Map'].includes(state.Type) ? 1 + retries(state) : 0);
    const ofJob = ofRuns.reduce((sum, [, state]) => sum + 2 + 4 * attempts(state), 0);
    const jobs = flow.States.CheckMoreVideos?.Choices?.find(({ Variable }) => Variable === '$jobs');
    // A repeated call: its five events, and two for the choice after it.
    const goingOn = 50 * 7;
    expect((ofJob + goingOn) * (jobs?.NumericGreaterThanEquals ?? Number.NaN)).toBeLessThan(25_000);
  });

  test('carries its count of failures from one execution to the next', async () => {
    const { executions } = await runDay(() => ({ fetcher: failsAt([5, 25, 45]) }));
    expect(executions.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'FAILED']);
  });

  test('continues in the same execution when another one cannot be started', async () => {
    const longest = 'x'.repeat(80);
    const { executions, callsOf } = await runDay(
      () => ({ fetcher: failsAt([]), 'check-quota': quotaOf(30) }),
      undefined,
      longest,
    );
    expect(executions.map(({ name, status }) => [name, status])).toEqual([[longest, 'SUCCEEDED']]);
    expect(callsOf('increment-counter')).toHaveLength(30);
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
    'is retried after %s',
    async (error) => {
      const { execution, states } = await runDay(() => ({ [name]: failing(new Failure(error), 2, good) }));
      expect(execution.status).toBe('SUCCEEDED');
      expect(states).not.toContain('HandleError');
    },
  );

  test('fails without a retry after a permanent error, which is recorded with the state', async () => {
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
        run: null,
      },
    ]);
  });

  test('fails after its retries', async () => {
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
      'EC2 interrupts the machine',
      [new Failure('SpotInterrupted'), new Failure('SpotInterrupted'), 'success'],
    ],
    ['the work fails once', [new Failure(ownError), 'success']],
  ] as const)('starts a new machine with a new token when %s', async (_, outcomes) => {
    const { execution, states, callsOf } = await runDay((client) => ({
      [name]: startCompleting(client, outcomes),
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(states).toContain('Cleanup');
    const tokens = callsOf(name).map(({ task_token }) => task_token);
    expect(new Set(tokens).size).toBe(outcomes.length);
  });

  test('fails with States.HeartbeatTimeout after six silent machines', async () => {
    const { states, callsOf } = await runDay((client) => ({ [name]: startCompleting(client, ['silence']) }));
    expect(callsOf(name)).toHaveLength(6);
    expect(states).toEqual(expect.arrayContaining([endState, 'HandleError']));
    expect(callsOf('handle-error')[0]).toMatchObject({ state, error: { Error: 'States.HeartbeatTimeout' } });
  });

  test('waits for capacity', async () => {
    const { states, callsOf } = await runDay((client) => ({
      [name]: failing(new Failure('SpotCapacityUnavailable'), 4, startCompleting(client, ['success'])),
    }));
    expect(callsOf(name)).toHaveLength(5);
    expect(states).toContain('Cleanup');
  });

  test('is retried when Lambda fails', async () => {
    const { states } = await runDay((client) => ({
      [name]: failing(new Failure('Lambda.SdkClientException'), 3, startCompleting(client, ['success'])),
    }));
    expect(states).toContain('Cleanup');
  });

  test('is retried when its function ends without a response', async () => {
    const { states, callsOf } = await runDay((client) => ({
      [name]: failing(new Failure('Runtime.ExitError'), 2, startCompleting(client, ['success'])),
    }));
    expect(callsOf(name)).toHaveLength(3);
    expect(states).toContain('Cleanup');
  });

  test('fails without a retry after a permanent error', async () => {
    const { callsOf } = await runDay((client) => ({
      [name]: startCompleting(client, [new Failure('ConfigurationError')]),
    }));
    expect(callsOf(name)).toHaveLength(1);
    expect(callsOf('handle-error')[0]).toMatchObject({ state, error: { Error: 'ConfigurationError' } });
  });

  test('fails after its retries, ends the machine and records the error', async () => {
    const { states, callsOf } = await runDay((client) => ({
      [name]: startCompleting(client, [new Failure(ownError)]),
    }));
    expect(callsOf(name)).toHaveLength(2);
    expect(states).toEqual(expect.arrayContaining([endState, 'HandleError']));
    expect(callsOf(callback)).toEqual([{ end_orphans: true }, { job_id: expect.stringMatching(/^job-/) }]);
    expect(callsOf('handle-error')[0]).toMatchObject({ state, error: { Error: ownError } });
    expect(states).not.toContain('IncrementCounter');
  });

  test('records the error even when the machine cannot be ended', async () => {
    const { callsOf } = await runDay((client) => ({
      [name]: startCompleting(client, [new Failure(ownError)]),
      [callback]: () => {
        throw new Failure('UnauthorizedOperation');
      },
    }));
    expect(callsOf('handle-error')[0]).toMatchObject({ state, error: { Error: ownError } });
  });

  test('a machine with heartbeats can take longer than the heartbeat limit', async () => {
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

describe('the review gate', () => {
  test('an approved video is uploaded', async () => {
    const { execution, states } = await runDay(undefined, (taskToken, client) =>
      client.send(new SendTaskSuccessCommand({ taskToken, output: '{"approved":true}' })),
    );
    expect(execution.status).toBe('SUCCEEDED');
    expect(states.slice(states.indexOf('StartRenderer')).slice(0, 4)).toEqual([
      'StartRenderer',
      'IsReviewWanted',
      'AwaitReview',
      'StartUploader',
    ]);
  });

  test('a rejected video is not uploaded; the reason is recorded and the next chapter starts', async () => {
    const { execution, states, callsOf } = await runDay(undefined, (taskToken, client) =>
      client.send(new SendTaskFailureCommand({ taskToken, error: 'ReviewRejected', cause: 'wrong voice' })),
    );
    expect(execution.status).toBe('SUCCEEDED');
    expect(states).not.toContain('StartUploader');
    expect(callsOf('handle-error')[0]).toMatchObject({
      state: 'AwaitReview',
      error: { Error: 'ReviewRejected', Cause: 'wrong voice' },
    });
  });

  test('a review that times out fails the job', async () => {
    const { callsOf } = await runDay(undefined, () => undefined);
    expect(callsOf('handle-error')[0]).toMatchObject({
      state: 'AwaitReview',
      error: { Error: 'States.Timeout' },
    });
  });
});

describe('a doubtful chapter', () => {
  const doubtful: Fake = ({ job_id }, call) => ({
    ...{ job_id, script_generated: true, doubtful: call === 1, segment_count: 3, continuation_token: null },
  });
  const chapters =
    (count: number): Fake =>
    ({ job_id }, call) =>
      call <= count
        ? { status: 'success', job_id, manga_id: 'm', manga_title: 'M' }
        : { status: 'no_manga_available' };
  const decided =
    (decision: string): Fake =>
    ({ job_id }) => ({ job_id, decision, reasons: 'page 7: nothing could be read' });

  test('is held before it is spoken, does not count as a failure, and the next one starts', async () => {
    const { execution, states, callsOf } = await runDay(() => ({
      fetcher: chapters(2),
      scriptgen: doubtful,
      'handle-error': decided('hold'),
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(states.slice(states.indexOf('IsDoubtful')).slice(0, 5)).toEqual([
      ...['IsDoubtful', 'RecordDoubt', 'WhatOfDoubt', 'Held', 'CheckMoreVideos'],
    ]);
    const [first, second] = callsOf('fetcher').map(({ job_id }) => job_id);
    expect(callsOf('handle-error')).toEqual([
      { outcome: 'ChapterDoubtful', job_id: first, execution_id: execution.executionArn, run: null },
    ]);
    expect(callsOf('ttsgen').map(({ job_id }) => job_id)).toEqual([second]);
    expect(callsOf('increment-counter')).toHaveLength(1);
  });

  test('is published if the operator chose that', async () => {
    const { states, callsOf } = await runDay(() => ({
      scriptgen: doubtful,
      'handle-error': decided('publish'),
    }));
    expect(states).toContain('StartUploader');
    expect(states).not.toContain('HandleError');
    expect(callsOf('ttsgen')).toHaveLength(1);
  });

  test('fails with its reasons if the operator chose that', async () => {
    const { states, callsOf } = await runDay(() => ({
      scriptgen: doubtful,
      'handle-error': (input, call) => (call === 1 ? decided('fail')(input, call) : {}),
    }));
    expect(states).not.toContain('GenerateTTS');
    expect(callsOf('handle-error')[1]).toMatchObject({
      state: 'GenerateScript',
      error: { Error: 'ChapterDoubtful', Cause: 'page 7: nothing could be read' },
    });
  });

  test('is not published when the doubt cannot be recorded', async () => {
    const { states, callsOf } = await runDay(() => ({
      scriptgen: doubtful,
      'handle-error': failing(new Failure('ResourceNotFoundException'), 7, () => ({})),
    }));
    expect(states).not.toContain('GenerateTTS');
    expect(callsOf('handle-error').at(-1)).toMatchObject({ state: 'RecordDoubt' });
  });

  test('ends the day after several held chapters in a row', async () => {
    const { execution, states, callsOf } = await runDay(() => ({
      fetcher: chapters(500),
      scriptgen: (input) => doubtful(input, 1),
      'handle-error': decided('hold'),
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(states.at(-1)).toBe('TooManyHeld');
    expect(callsOf('scriptgen')).toHaveLength(10);
  });

  test('does not end the day when others in between are published', async () => {
    const { callsOf } = await runDay(() => ({
      fetcher: chapters(15),
      scriptgen: (input, call) => doubtful(input, call % 2),
      'handle-error': decided('hold'),
    }));
    expect(callsOf('increment-counter')).toHaveLength(7);
  });
});

describe('a decision about a held chapter', () => {
  const reviewed = (verdict: string) => ({
    reviewed: { job_id: 'job-held', verdict, by: 'an', reason: 'looked at it' },
  });
  const decided =
    (decision: string): Fake =>
    ({ job_id }) => ({ job_id, decision });

  test('approve: its job continues with the speech, and no other job follows', async () => {
    const { execution, states, callsOf } = await runDay(
      () => ({ 'handle-error': decided('approve') }),
      undefined,
      undefined,
      reviewed('approve'),
    );
    expect(execution.status).toBe('SUCCEEDED');
    expect(states).toEqual([
      ...['StartRun', 'IsContinued', 'TakeHeldJob', 'RecordVerdict', 'HowDecided'],
      ...['CheckQuota', 'IsQuotaReached'],
      ...oneChapter.slice(oneChapter.indexOf('FirstSpeechCall')),
      'JobDone',
    ]);
    for (const name of ['check-quota', 'ttsgen', 'increment-counter', 'cleanup'] as const)
      expect(callsOf(name)).toEqual([expect.objectContaining({ job_id: 'job-held' })]);
    expect(callsOf('handle-error')).toEqual([
      {
        job_id: 'job-held',
        verdict: 'approve',
        by: 'an',
        reason: 'looked at it',
        execution_id: execution.executionArn,
      },
    ]);
    expect(callsOf('fetcher')).toEqual([]);
  });

  test('approve on a full day: it waits for a slot and checks each time whether it is still approved', async () => {
    const { states, callsOf } = await runDay(
      () => ({
        'handle-error': decided('approve'),
        'check-quota': (_, call) => ({ quota_reached: call < 4, daily_count: 10, daily_quota: 10 }),
      }),
      undefined,
      undefined,
      reviewed('approve'),
    );
    expect(states.filter((state) => state === 'WaitForSlot')).toHaveLength(3);
    expect(callsOf('handle-error')).toHaveLength(4);
    expect(states.at(-1)).toBe('JobDone');
  });

  test.each(['reject', 'retry'])(
    "%s: the job's artifacts are deleted, and nothing else happens",
    async (verdict) => {
      const { states, callsOf } = await runDay(
        () => ({ 'handle-error': decided(verdict) }),
        undefined,
        undefined,
        reviewed(verdict),
      );
      expect(states.slice(-4)).toEqual(['HowDecided', 'Cleanup', 'CheckMoreVideos', 'JobDone']);
      expect(callsOf('ttsgen')).toEqual([]);
    },
  );

  test('that arrives too late has no effect', async () => {
    const { execution, states } = await runDay(
      () => ({ 'handle-error': decided('too_late') }),
      undefined,
      undefined,
      reviewed('approve'),
    );
    expect(execution.status).toBe('SUCCEEDED');
    expect(states.at(-1)).toBe('DecidedTooLate');
  });

  test('approve: a later failure of the job ends its execution', async () => {
    const { execution, states } = await runDay(
      () => ({
        'handle-error': decided('approve'),
        ttsgen: () => {
          throw new Failure('ConfigurationError');
        },
      }),
      undefined,
      undefined,
      reviewed('approve'),
    );
    expect(execution.status).toBe('SUCCEEDED');
    expect(states.slice(-3)).toEqual(['HandleError', 'CheckMoreVideos', 'JobDone']);
  });
});

describe('the bad days', () => {
  test('an exhausted YouTube quota is recorded and ends the day without a retry or a failed execution', async () => {
    const { execution, states, callsOf } = await runDay((client) => ({
      'start-uploader': startCompleting(client, [new Failure('YouTubeQuotaError', 'quotaExceeded')]),
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(callsOf('start-uploader')).toHaveLength(1);
    const end = states.indexOf('RecordYouTubeQuota');
    expect(states.slice(end - 1, end + 4)).toEqual([
      ...['StartUploader', 'RecordYouTubeQuota', 'CheckMoreVideos', 'NewJob', 'CheckQuota'],
    ]);
    expect(callsOf('handle-error')[0]).toMatchObject({
      error: { Error: 'YouTubeQuotaError', Cause: 'quotaExceeded' },
    });
  });

  test('a failed cleanup does not lose the count', async () => {
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

  test('an invalid key does not loop all night', async () => {
    const { execution, callsOf } = await runDay(() => ({
      fetcher: ({ job_id }) => ({ status: 'success', job_id, manga_id: 'm', manga_title: 'M' }),
      scriptgen: () => {
        throw new Failure('ConfigurationError', 'the key is wrong');
      },
    }));
    expect(execution).toMatchObject({ status: 'FAILED', error: 'TooManyFailures' });
    expect(callsOf('handle-error')).toHaveLength(3);
  });

  test('a failure is recorded even when the tables are unreachable for ten minutes', async () => {
    const { execution, callsOf } = await runDay(() => ({
      fetcher: (_, call) => {
        if (call === 1) throw new Failure('ChapterUnreadable');
        return { status: 'no_manga_available' };
      },
      'handle-error': failing(new Failure('InternalServerError'), 6, ({ job_id }) => ({ job_id })),
    }));
    expect(execution.status).toBe('SUCCEEDED');
    expect(callsOf('handle-error')).toHaveLength(7);
    const milliseconds = Number(execution.stopDate) - Number(execution.startDate);
    expect(milliseconds).toBeGreaterThan(600_000);
  });

  test('a failure that cannot be recorded still counts', async () => {
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
