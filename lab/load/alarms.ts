import { functions } from '../../config/functions.ts';
import type { Journal } from '../../local/journal.ts';
import { type Change, changesOf, type Ring, ringsOf } from '../../stacks/testing/alarms.ts';
import { type Metrics, metricKey, record, recordLine } from '../../stacks/testing/metrics.ts';
import { account } from '../../stacks/testing/references.ts';
import { all, synthesize } from '../../stacks/testing/synthesized.ts';
import type { CallFault } from './faults.ts';

/** Periods beyond those that an alarm evaluates; CloudWatch does not publish their number. */
const extra = 2;

const shortName = (alarm: string) => alarm.replace('manga-pipeline-', '');

/** Feeds the alarms of a scheduled stage with the metrics that AWS would make of a simulated run. */
export function watchAlarms(journal: Journal, now: () => number) {
  const stage = synthesize({ publisher: 'youtube' });
  const metrics: Metrics = new Map();
  const seconds = () => Math.floor(now() / 1000);
  const StateMachineArn = `arn:aws:states:us-east-1:${account}:stateMachine:manga-pipeline`;
  const call = (name: string, metric: 'Errors' | 'Throttles', count: number) =>
    record(
      metrics,
      metricKey('AWS/Lambda', metric, { FunctionName: `manga-pipeline-${name}` }),
      seconds(),
      count,
    );
  const groupOf = (source: string) =>
    source in functions ? `/aws/lambda/manga-pipeline-${source}` : '/manga-pipeline/workers';
  journal.subscribe(({ type, data }) => {
    if (type === 'log') recordLine(metrics, stage, groupOf(data.source), data.text, seconds());
    if (type === 'invocation' && data.phase === 'ended') {
      call(data.function, 'Errors', data.error ? 1 : 0);
      call(data.function, 'Throttles', 0);
    }
    const [ended] = (type === 'execution' && /^Execution(Failed|Succeeded)$/.exec(data.event.type)) || [];
    if (type === 'execution' && ended) {
      const name = ended.replace('Execution', 'Executions');
      record(metrics, metricKey('AWS/States', name, { StateMachineArn }), Math.floor(data.event.timestamp));
    }
  });
  return {
    metrics,
    /** Counts a fault of a call that did not reach the function. Lambda's own failures are in no metric of the function. */
    noteFault(url: string, fault: CallFault): void {
      const [, name] = /\/functions\/(?:[^/]*:)?manga-pipeline-([a-z-]+)/.exec(decodeURIComponent(url)) ?? [];
      if (name && fault === 'function failed') call(name, 'Errors', 1);
      if (name && fault === 'throttled') call(name, 'Throttles', 1);
    },
    /** Names of all alarms, without the name of the stage. */
    names: all(stage, 'aws_cloudwatch_metric_alarm').map((block) => shortName(String(block.alarm_name))),
    /** Returns how each alarm changed from a time, in milliseconds, until now; also those that notify no one. */
    changes: (from: number): Change[] =>
      changesOf(stage, metrics, { from: Math.floor(from / 1000), until: seconds(), extra }).map((change) => ({
        ...change,
        alarm: shortName(change.alarm),
      })),
    /** Returns the notifications of alarms from a time, in milliseconds, until now. */
    rings: (from: number): Ring[] =>
      ringsOf(stage, metrics, { from: Math.floor(from / 1000), until: seconds(), extra }),
  };
}
