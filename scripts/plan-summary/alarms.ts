import { changedAttributes } from './attributes.ts';
import { code, listed } from './markdown.ts';
import type { ResourceChange, Values } from './plan.ts';

/** Texts of an alarm; a change of them alone changes nothing that it does. */
const isText = (path: string) => path === 'alarm_description' || path.startsWith('tags');

/** Returns the alarms that appear, go, or watch something else, one line each. */
export function describeAlarms(changes: readonly ResourceChange[]): string[] {
  const alarms = changes.filter(({ type }) => type === 'aws_cloudwatch_metric_alarm');
  const of = (kind: string) => alarms.filter((change) => change.kind === kind);
  return [
    ...of('create').map(({ after }) => `- appears: ${inWords(after)}${silence(after)}`),
    ...of('delete').map(({ before }) => `- **goes**: ${inWords(before)}`),
    ...[...of('update'), ...of('replace')].flatMap((change) => {
      const changed = changedAttributes(change).filter(({ path, computed }) => !computed && !isText(path));
      if (changed.length === 0) return [];
      const what = changed.map(({ path, before, after }) => `${code(path)} ${code(before)} → ${code(after)}`);
      return [`- changes: ${code(String(change.after.alarm_name ?? ''))}: ${listed(what)}`];
    }),
  ];
}

/** The description ends with the address of the runbook. */
const inWords = ({ alarm_name, alarm_description }: Values) =>
  `${code(String(alarm_name ?? ''))}: ${code(String(alarm_description ?? '').replace(/\. https?:\S*$/, ''))}`;

const silence = ({ actions_enabled }: Values) =>
  actions_enabled === false ? ', without a notification' : '';
