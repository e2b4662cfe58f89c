import { type FunctionName, functions } from '../config/functions.ts';
import type { Site } from './site.ts';

const functionNames = Object.keys(functions) as FunctionName[];
const day = 86_400;

interface Widget {
  title: string;
  [property: string]: unknown;
}

/** Two widgets in each row of CloudWatch's 24 columns. */
const place = (kind: 'metric' | 'log', index: number, properties: Widget) => ({
  type: kind,
  x: (index % 2) * 12,
  y: Math.floor(index / 2) * 6,
  width: 12,
  height: 6,
  properties,
});

/** Returns the JSON of the dashboard: number of videos, duration of each step, cost. */
export function dashboard(site: Site, stateMachineArn: string, flowLogs: string): string {
  const { region } = site.config;
  const metric = (title: string, metrics: unknown[][], more: Record<string, unknown> = {}) => ({
    title,
    region,
    view: 'timeSeries',
    stat: 'Sum',
    period: day,
    metrics,
    ...more,
  });
  const widgets = [
    metric(
      'Videos a day',
      [
        [
          'AWS/Lambda',
          'Invocations',
          'FunctionName',
          site.names.functions['increment-counter'],
          { label: 'videos' },
        ],
      ],
      { annotations: { horizontal: [{ label: 'quota', value: site.config.dailyQuota }] } },
    ),
    metric(
      'Runs',
      ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed'].map((name) => [
        'AWS/States',
        name,
        'StateMachineArn',
        stateMachineArn,
      ]),
    ),
    metric('Failed jobs by class', [
      [
        {
          // Quoted, since the namespace has a hyphen (CloudWatch user guide, search expression syntax).
          expression: `SEARCH('{"${site.names.prefix}",FailureClass} MetricName="JobsFailed"', 'Sum', ${day})`,
        },
      ],
    ]),
    metric('Seconds per call, 95 %', lambdaMetrics(site, 'Duration'), { stat: 'p95', period: 3600 }),
    metric('Cost: machines started', workerStarts(site)),
    metric('Cost: GB-seconds of functions', [...gigabyteSeconds(site)]),
    metric(
      'Cost: gigabytes in the bucket',
      [
        [
          'AWS/S3',
          'BucketSizeBytes',
          'BucketName',
          site.names.artifactsBucket(site.account, region),
          'StorageType',
          'StandardStorage',
        ],
      ],
      { stat: 'Average' },
    ),
  ];
  const durations = {
    title: 'Seconds per state, median and longest',
    region,
    view: 'table',
    query: durationQuery(flowLogs),
  };
  return JSON.stringify({
    widgets: [
      ...widgets.map((properties, index) => place('metric', index, properties)),
      place('log', widgets.length, durations),
    ],
  });
}

const lambdaMetrics = ({ names }: Site, name: string) =>
  functionNames.map((one) => ['AWS/Lambda', name, 'FunctionName', names.functions[one], { label: one }]);

const workerStarts = ({ names }: Site) =>
  (['start-renderer', 'start-uploader'] as const).map((name) => [
    'AWS/Lambda',
    'Invocations',
    'FunctionName',
    names.functions[name],
    { label: name.replace('start-', '') },
  ]);

/** Lambda bills memory times duration; the manifest has the memory of each function. */
function* gigabyteSeconds({ names }: Site): Generator<unknown[]> {
  for (const [index, name] of functionNames.entries()) {
    const gigabytes = functions[name].memory / 1024;
    yield [{ expression: `m${index} / 1000 * ${gigabytes}`, label: name, id: `e${index}` }];
    yield [
      'AWS/Lambda',
      'Duration',
      'FunctionName',
      names.functions[name],
      { id: `m${index}`, visible: false },
    ];
  }
}

/** A state's duration is the time between its entry and its exit in one execution; these logs contain no data. */
const durationQuery = (group: string) =>
  [
    `SOURCE '${group}'`,
    'filter type like /StateEntered|StateExited/',
    'stats (max(event_timestamp) - min(event_timestamp)) / 1000 as seconds by execution_arn, details.name as state',
    'stats pct(seconds, 50) as median, max(seconds) as longest by state',
    'sort longest desc',
  ].join(' | ');
