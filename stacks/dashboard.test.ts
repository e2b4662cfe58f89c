import { shownBy, widgetsOf } from './testing/dashboards.ts';
import { type Metrics, metricKey, record, recordLine } from './testing/metrics.ts';
import { synthesize } from './testing/synthesized.ts';

const stage = synthesize();
const widgets = widgetsOf(stage);
const logs = (name: string) => `/aws/lambda/manga-pipeline-${name}`;

/** Returns what a widget shows of some series. */
function shown(title: string, feed: (metrics: Metrics) => void): Record<string, number> {
  const widget = widgets.get(title);
  if (!widget) throw new Error(`no widget ${title}`);
  const metrics: Metrics = new Map();
  feed(metrics);
  return shownBy(widget, metrics, 0);
}
const line = (metrics: Metrics, group: string, facts: object) =>
  recordLine(metrics, stage, group, JSON.stringify(facts), 60);
const lambda = (metrics: Metrics, name: string, metric: string, value: number) =>
  record(metrics, metricKey('AWS/Lambda', metric, { FunctionName: `manga-pipeline-${name}` }), 60, value);

test('has a test for each widget', () => {
  expect([...widgets.keys()]).toEqual([
    'Videos of the quota day',
    'Runs',
    'Failed jobs by class',
    'Seconds per step, median and longest',
    'Cost: machines started',
    'Cost: GB-seconds of functions',
    'Cost: gigabytes in the bucket',
  ]);
});

test('counts the videos of the tables: a repeated or failed call adds none', () => {
  const videos = shown('Videos of the quota day', (metrics) => {
    for (const daily_count of [1, 2, 2, 3])
      line(metrics, logs('increment-counter'), { event: 'video_counted', daily_count });
    lambda(metrics, 'increment-counter', 'Invocations', 9);
  });
  expect(videos).toEqual({ videos: 3 });
});

test('shows how runs ended, of this state machine only', () => {
  const runs = shown('Runs', (metrics) => {
    for (const name of ['manga-pipeline', 'manga-pipeline-dev'])
      for (const [metric, count] of [
        ['ExecutionsStarted', 3],
        ['ExecutionsSucceeded', 2],
        ['ExecutionsFailed', 1],
      ] as const) {
        const StateMachineArn = `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
        record(metrics, metricKey('AWS/States', metric, { StateMachineArn }), 60, count);
      }
  });
  expect(runs).toEqual({ ExecutionsStarted: 3, ExecutionsSucceeded: 2, ExecutionsFailed: 1 });
});

test('shows failed jobs of each class once', () => {
  const failed = shown('Failed jobs by class', (metrics) => {
    for (const failure_class of ['RenderError', 'RenderError', 'UploadError'])
      line(metrics, logs('handle-error'), { event: 'job_failed', failure_class });
    line(metrics, logs('fetcher'), { event: 'job_failed', failure_class: 'RenderError' });
  });
  expect(failed).toEqual({ RenderError: 2, UploadError: 1 });
});

test('measures each call and each task, not a run of twenty jobs', () => {
  const seconds = shown('Seconds per step, median and longest', (metrics) => {
    for (const job of Array.from({ length: 20 }, (_, index) => index)) {
      lambda(metrics, 'scriptgen', 'Duration', 60_000 + job * 1000);
      line(metrics, '/manga-pipeline/workers', {
        ...{ event: 'worker_finished', worker: 'renderer', task_seconds: 100 + job },
      });
    }
    line(metrics, '/manga-pipeline/workers', {
      ...{ event: 'worker_failed', worker: 'renderer', task_seconds: 9000 },
    });
  });
  expect(seconds).toEqual({
    'scriptgen, median': 69,
    'scriptgen, longest': 79,
    'renderer, median': 109,
    'renderer, longest': 119,
  });
});

test('counts a machine for each launch that succeeded', () => {
  const machines = shown('Cost: machines started', (metrics) => {
    lambda(metrics, 'start-renderer', 'Invocations', 5);
    lambda(metrics, 'start-renderer', 'Errors', 3);
    lambda(metrics, 'renderer-callback', 'Invocations', 40);
  });
  expect(machines).toEqual({ renderer: 2 });
});

test('bills functions by memory and time', () => {
  const bill = shown('Cost: GB-seconds of functions', (metrics) =>
    lambda(metrics, 'fetcher', 'Duration', 10_000),
  );
  expect(bill).toEqual({ fetcher: 20 });
});

test('shows gigabytes, not bytes, of this bucket', () => {
  const size = shown('Cost: gigabytes in the bucket', (metrics) => {
    for (const [BucketName, bytes] of [
      ['manga-pipeline-artifacts-123456789012-us-east-1', 2.5e9],
      ['other', 9e9],
    ] as const) {
      const dimensions = { BucketName, StorageType: 'StandardStorage' };
      record(metrics, metricKey('AWS/S3', 'BucketSizeBytes', dimensions), 60, bytes);
    }
  });
  expect(size).toEqual({ gigabytes: 2.5 });
});
