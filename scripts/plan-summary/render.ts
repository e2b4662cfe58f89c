import { grouped, policyFindings } from './access.ts';
import { describeAlarms } from './alarms.ts';
import { describeCosts } from './cost.ts';
import { describeChanges } from './details.ts';
import { driftOf, driftRow } from './drift.ts';
import { describeExecutions } from './executions.ts';
import { exposureFindings } from './exposure.ts';
import { fitInto, folded, onlyMore, type Section } from './fit.ts';
import { codeChanges, describeCode } from './functions.ts';
import { lossRows } from './losses.ts';
import { code, listed, plural } from './markdown.ts';
import { describeMonth } from './month.ts';
import type { Kind, Plan } from './plan.ts';
import { describeUndo } from './undo.ts';

/** GitHub's limit is 65,536 characters for a comment. */
export const maxComment = 65_536;

export interface RenderOptions {
  stage: string;
  /** Commit that the plan was made from. */
  commit?: string | undefined;
  /** Hash of the plan, by which a deployment recognises it. */
  digest?: string | undefined;
  limit?: number;
}

/** Marks the one comment of a stage, so that the next plan finds and replaces it. */
const markerOf = (stage: string) => `<!-- plan-summary: ${stage} -->`;

/** Renders a plan as a comment that a reviewer can judge in a minute. */
export function renderPlan(plan: Plan, { stage, commit, digest, limit = maxComment }: RenderOptions): string {
  const of = commit ? ` at ${code(commit.slice(0, 12))}` : '';
  // A deployment reads the hash back, so it has a separate HTML comment.
  const mark = `${markerOf(stage)}${digest ? `<!-- plan-digest: ${digest} -->` : ''}`;
  const changes = plan.changes.filter(
    ({ kind, movedFrom, imported }) => kind !== 'none' || movedFrom || imported,
  );
  if (changes.length + plan.outputs.length === 0 && !plan.incomplete)
    return `${mark}**No changes** for ${code(stage)}${of}: the deployment matches the code.${driftNote(plan)}\n`;

  const functions = codeChanges(changes);
  const findings = [...policyFindings(changes), ...exposureFindings(changes)];
  const losses = lossRows(changes);
  const bullets = (gravity: number) => grouped(findings.filter((one) => one.gravity === gravity));
  const sections: Section[] = [
    {
      head: [mark, `### Plan for ${code(stage)}${of}: ${countsOf(plan)}`, ...warningOf(plan)],
      items: [],
      more: () => '',
    },
    ...section(
      'Replaced or destroyed',
      losses,
      ['| | resource | why | what is lost |', '|---|---|---|---|'],
      (count) => `| | and ${count} more | | |`,
    ),
    ...section('Permissions that widen', [...bullets(2), ...bullets(1)]),
    ...section('Running executions', describeExecutions(changes, functions)),
    ...section('Can it be undone?', describeUndo(changes)),
    ...section('Code', describeCode(functions)),
    ...section('Alarms', describeAlarms(changes)),
    ...section('Changes of the monthly bill', [...describeMonth(plan.changes), ...describeCosts(changes)]),
    ...section('Changed outside of Terraform since the last apply', driftOf(plan).map(driftRow)),
    ...section(
      'Outputs',
      plan.outputs.map(({ name, kind }) => `- ${code(name)}: ${kind}`),
    ),
    ...folded('Permissions of new roles', bullets(0)),
    ...folded('Everything that changes', describeChanges(changes)),
  ];
  return `${fitInto(sections, limit - 1)}\n`;
}

function section(title: string, items: string[], before: string[] = [], more = onlyMore): Section[] {
  if (items.length === 0) return [];
  return [
    {
      head: [
        `#### ${title} (${items.filter((item) => /^[-|]/.test(item)).length})`,
        ...(before.length > 0 ? ['', ...before] : []),
      ],
      items,
      more,
    },
  ];
}

const words: [Kind, string][] = [
  ['create', 'to create'],
  ['update', 'to change'],
  ['replace', 'to **replace**'],
  ['delete', 'to **destroy**'],
  ['forget', 'to forget'],
];

function countsOf({ changes, outputs }: Plan): string {
  const counted = words.flatMap(([kind, phrase]) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count > 0 ? [`${count} ${phrase}`] : [];
  });
  const moved = changes.filter(({ movedFrom }) => movedFrom).length;
  if (moved > 0) counted.push(`${moved} moved`);
  return counted.length > 0 ? counted.join(', ') : plural(outputs.length, 'output');
}

const warningOf = ({ incomplete }: Plan) =>
  incomplete
    ? [
        '',
        '> [!CAUTION]',
        '> Terraform could not finish this plan: it is incomplete. It must not be applied.',
      ]
    : [];

function driftNote(plan: Plan): string {
  const drifted = driftOf(plan);
  return drifted.length > 0
    ? ` Past Terraform, ${listed(drifted.map(({ address }) => code(address)))} changed.`
    : '';
}
