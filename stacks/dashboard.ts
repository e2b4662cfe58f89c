import { type FunctionEntry, functions, functionsOf } from '../config/functions.ts';
import { type WorkerName, workers } from '../config/workers.ts';
import type { Site } from './site.ts';

const hour = 3600;
const day = 24 * hour;

interface Widget {
  title: string;
  [property: string]: unknown;
}

/** Two widgets in each row of CloudWatch's 24 columns. */
const place = (properties: Widget, index: number) => ({
  type: 'metric',
  x: (index % 2) * 12,
  y: Math.floor(index / 2) * 6,
  width: 12,
  height: 6,
  properties,
});

/** Returns the JSON of the dashboard: number of videos, duration of each step, cost. */
export function dashboard(site: Site, stateMachineArn: string): string {
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
  const { prefix } = site.names;
  const widgets = [
    metric(
      'Videos of the quota day',
      [[prefix, 'VideosOfDay', { label: 'videos' }]],
      // Counted by the tables: a repeated call does not add a video.
      {
        stat: 'Maximum',
        period: hour,
        annotations: { horizontal: [{ label: 'quota', value: site.config.dailyQuota }] },
      },
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
          expression: `SEARCH('{"${prefix}",FailureClass} MetricName="JobsFailed"', 'Sum', ${day})`,
        },
      ],
    ]),
    metric('Seconds per step, median and longest', [...secondsPerStep(site)], { view: 'table' }),
    metric('Cost: machines started', [...workerStarts(site)]),
    metric('Cost: GB-seconds of functions', [...gigabyteSeconds(site)]),
    metric('Cost: gigabytes in the bucket', [
      [{ expression: 'bytes / 1000000000', label: 'gigabytes', id: 'gigabytes' }],
      [
        ...['AWS/S3', 'BucketSizeBytes', 'BucketName', site.names.artifactsBucket(site.account, region)],
        ...['StorageType', 'StandardStorage', { id: 'bytes', stat: 'Average', visible: false }],
      ],
    ]),
  ];
  return JSON.stringify({ widgets: widgets.map(place) });
}

const statistics = { median: 'p50', longest: 'Maximum' } as const;
/** Other functions take a second. */
const slowFunctions = ({ config }: Site) =>
  functionsOf(config).filter((name) => (functions[name] as FunctionEntry).timeout >= 300);

/**
 * One call of a function, or one task of a machine that finished it. The log of the flow cannot show these, since an
 * execution passes a state once for each of its jobs.
 */
function* secondsPerStep(site: Site): Generator<unknown[]> {
  const { names } = site;
  for (const [label, stat] of Object.entries(statistics)) {
    for (const name of slowFunctions(site)) {
      const id = `${name.replaceAll('-', '_')}_${label}`;
      yield [{ expression: `ms_${id} / 1000`, label: `${name}, ${label}`, id }];
      yield [
        ...['AWS/Lambda', 'Duration', 'FunctionName', names.functions[name]],
        { id: `ms_${id}`, stat, visible: false },
      ];
    }
    for (const name of Object.keys(workers) as WorkerName[])
      yield [names.prefix, 'WorkerTime', 'Worker', name, { label: `${name}, ${label}`, stat }];
  }
}

/** A call that fails starts no machine. */
function* workerStarts({ names }: Site): Generator<unknown[]> {
  for (const worker of Object.keys(workers) as WorkerName[]) {
    yield [{ expression: `calls_${worker} - errors_${worker}`, label: worker, id: worker }];
    for (const name of ['Invocations', 'Errors'])
      yield [
        ...['AWS/Lambda', name, 'FunctionName', names.functions[`start-${worker}`]],
        { id: `${name === 'Errors' ? 'errors' : 'calls'}_${worker}`, visible: false },
      ];
  }
}

/** Lambda bills memory times duration; the manifest has the memory of each function. */
function* gigabyteSeconds({ names, config }: Site): Generator<unknown[]> {
  for (const [index, name] of functionsOf(config).entries()) {
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
