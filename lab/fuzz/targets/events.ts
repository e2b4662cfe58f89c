import fc from 'fast-check';
import type { WorkerName } from '../../../config/workers.ts';
import type { JobStatus } from '../../../domain/job.ts';
import { answerForWorker } from '../../../functions/answer-for-worker.ts';
import { type CheckQuotaPorts, run as checkQuota } from '../../../functions/check-quota/check-quota.ts';
import { run as cleanup } from '../../../functions/cleanup/cleanup.ts';
import { run as fetcher } from '../../../functions/fetcher/fetcher.ts';
import { type HandleErrorPorts, run as handleError } from '../../../functions/handle-error/handle-error.ts';
import { run as incrementCounter } from '../../../functions/increment-counter/increment-counter.ts';
import { launchWorker } from '../../../functions/launch-worker.ts';
import { type RenderPorts, run as render } from '../../../functions/render/render.ts';
import { run as scriptgen } from '../../../functions/scriptgen/scriptgen.ts';
import { run as ttsgen } from '../../../functions/ttsgen/ttsgen.ts';
import { refusedBy, type Target, target } from '../target.ts';

/** Thrown when the event was accepted and the function called its first port. */
class Taken extends Error {
  override readonly name = 'Taken';
}

/** Ports of any function; each of them ends the call. */
const ports = <Ports extends object>(results: Partial<Ports> = {}): Ports =>
  new Proxy(results, {
    get: (known, name) =>
      Reflect.get(known, name) ??
      (() => {
        throw new Taken();
      }),
  }) as Ports;

const launching = (worker: WorkerName, status: JobStatus) => (event: unknown) =>
  launchWorker(event, { worker, status, volumeSize: 20 }, ports());

const steps: Readonly<Record<string, (event: unknown) => Promise<unknown>>> = {
  cleanup: (event) => cleanup(event, ports()),
  fetcher: (event) => fetcher(event, ports()),
  incrementCounter: (event) => incrementCounter(event, ports()),
  scriptgen: (event) => scriptgen(event, ports()),
  ttsgen: (event) => ttsgen(event, ports()),
  checkQuota: (event) => checkQuota(event, ports<CheckQuotaPorts>({ channels: [ports()] })),
  startRenderer: launching('renderer', 'rendering'),
  startUploader: launching('uploader', 'uploading'),
  rendererCallback: (event) => answerForWorker(event, 'renderer', ports()),
  uploaderCallback: (event) => answerForWorker(event, 'uploader', ports()),
  render: (event) =>
    render(event, ports<RenderPorts>({ timeLeft: () => 60_000, addSeconds: async () => undefined })),
};

const odd = fc.oneof(
  fc.constantFrom(
    'job-abc123',
    'job-',
    '../../etc',
    'job-a/../b',
    'JOB-ABC',
    `job-${'a'.repeat(5000)}`,
    'job-a\n',
  ),
  fc.anything({ maxDepth: 2 }),
);

const event = fc.oneof(
  fc.anything({ maxDepth: 3, withNullPrototype: true }),
  fc.record(
    {
      job_id: odd,
      task_token: odd,
      continuation_token: odd,
      error: odd,
      state: odd,
      execution_id: odd,
      shard: fc.oneof(odd, fc.record({ number: odd, of: odd })),
      extra: odd,
    },
    { requiredKeys: [] },
  ),
  fc.record({ source: fc.constant('aws.ec2'), detail: fc.record({ 'instance-id': odd, state: odd }) }),
);

/** Events with missing and foreign fields, for each function. */
export async function events(): Promise<Target> {
  return target(
    fc.record({ step: fc.constantFrom(...Object.keys(steps), 'handleError'), event }),
    async ({ step, event: given }) => {
      const taken = steps[step];
      if (taken) {
        await refusedBy(['ZodError', 'Taken'], () => taken(given));
        return;
      }
      // It runs after a failure, so it must accept every object.
      const nothing = async () => undefined;
      const answer = () =>
        handleError(
          given,
          ports<HandleErrorPorts>({
            now: () => new Date(),
            log: () => undefined,
            findJob: nothing,
            markJobFailed: async () => true,
            releaseSlot: nothing,
            notify: nothing,
          }),
        );
      const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
      await refusedBy(isObject ? [] : ['ZodError'], answer);
    },
  );
}
