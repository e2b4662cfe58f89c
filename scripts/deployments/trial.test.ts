import { type TrialPorts, tryDeployment } from './trial.ts';

type Ended = [status: string, ...states: string[]];
const published: Ended = ['SUCCEEDED', 'NewJob', 'IncrementCounter', 'Cleanup', 'JobDone'];

/** Executions by their number, each RUNNING once before it ends; `past` of them had ended before. */
function stage(executions: Ended[], past = 0) {
  const done: string[] = [];
  const looked = new Set<string>();
  const executionOf = (arn: string) => executions[Number(arn.split('-').at(-1)) - 1];
  const ports: TrialPorts = {
    async start(name) {
      const isPast = Number(name.split('-').at(-1)) <= past;
      if (!isPast) done.push(`start ${name}`);
      return !isPast;
    },
    arnOf: (name) => name,
    async describeExecution(arn) {
      const [status = 'UNKNOWN'] = executionOf(arn) ?? [];
      const isFirst = !looked.has(arn);
      looked.add(arn);
      return { status: isFirst ? 'RUNNING' : status, redriveCount: 0 };
    },
    async *enteredStates(arn) {
      for (const state of executionOf(arn)?.slice(1) ?? []) yield { state, input: '{}' };
    },
    pause: async () => void done.push('wait'),
    promote: async () => void done.push('promote'),
    takeBack: async () => void done.push('take back'),
    notify: async (subject) => void done.push(subject),
    say: () => {},
  };
  return { done, ports };
}

test('a published video makes the deployment live', async () => {
  const { done, ports } = stage([published]);
  expect(await tryDeployment('t', ports)).toBe(0);
  expect(done).toEqual(['start t-1', 'wait', 'promote']);
});

test.each<[string, Ended]>([
  ['a failed job', ['SUCCEEDED', 'NewJob', 'GenerateScript', 'HandleError', 'JobDone']],
  ['a failure after the video was counted', ['SUCCEEDED', 'IncrementCounter', 'Cleanup', 'HandleError']],
  ['a failed execution', ['FAILED', 'NewJob']],
  ['an execution that took too long', ['TIMED_OUT', 'NewJob']],
])('%s takes it back, with a message', async (_, execution) => {
  const { done, ports } = stage([execution]);
  expect(await tryDeployment('t', ports)).toBe(1);
  expect(done.slice(2)).toEqual(['take back', 'manga-pipeline: a deployment was taken back']);
});

test.each<[string, Ended]>([
  ['a held chapter', ['SUCCEEDED', 'NewJob', 'RecordDoubt', 'Held', 'JobDone']],
  ['a full day', ['SUCCEEDED', 'NewJob', 'QuotaReached']],
  ['no chapter', ['SUCCEEDED', 'NewJob', 'NoMangaAvailable']],
  ["YouTube's quota", ['SUCCEEDED', 'StartUploader', 'RecordYouTubeQuota', 'QuotaReached']],
  ['a stop by a person', ['ABORTED', 'NewJob', 'GenerateScript']],
])('%s decides nothing, and the next command tries another job', async (_, execution) => {
  const first = stage([execution]);
  expect(await tryDeployment('t', first.ports)).toBe(2);
  expect(first.done).toEqual(['start t-1', 'wait']);
  const next = stage([execution, published], 1);
  expect(await tryDeployment('t', next.ports)).toBe(0);
  expect(next.done).toEqual(['wait', 'start t-2', 'wait', 'promote']);
});

test('a command that died after the job ended makes its deployment live', async () => {
  const { done, ports } = stage([published], 1);
  expect(await tryDeployment('t', ports)).toBe(0);
  expect(done).toEqual(['wait', 'promote']);
});
