import * as z from 'zod';
import { canonical } from './attributes.ts';
import type { CodeChanges } from './functions.ts';
import { code, listed } from './markdown.ts';
import type { ResourceChange, Values } from './plan.ts';

const Definition = z.object({ StartAt: z.string(), States: z.record(z.string(), z.unknown()) });

/** Describes how the apply affects running executions. */
export function describeExecutions(changes: readonly ResourceChange[], functions: CodeChanges): string[] {
  const machines = changes.filter(({ type, kind }) => type === 'aws_sfn_state_machine' && kind !== 'none');
  const called = [...functions.newCode, ...functions.settingsOnly.map(({ name }) => name)];
  return [
    ...machines.flatMap(describeMachine),
    ...(called.length > 0
      ? [`- Their next calls of ${listed(called.map(code), 20)} use the new version, in the middle of a run.`]
      : []),
    ...(functions.removed.length > 0
      ? [`- A running execution that still calls ${listed(functions.removed.map(code))} fails there.`]
      : []),
    ...changes.flatMap(describeBundle),
  ];
}

function describeMachine({ kind, before, after, unknown }: ResourceChange): string[] {
  const name = code(String(before.name ?? after.name ?? ''));
  if (kind === 'create') return [`- ${name} is new: nothing runs on it yet.`];
  if (kind === 'delete' || kind === 'replace')
    return [
      `- **${name} is deleted: its running executions end at their next state.** Wait until none is running.`,
    ];
  const isUnknown = (unknown as Values | null)?.definition === true;
  if (!isUnknown && same(before.definition, after.definition))
    return [`- The definition of ${name} stays; only its settings change.`];
  return [
    `- The definition of ${name} changes. Running executions keep the definition that they started with; a redrive does too.`,
    isUnknown
      ? '  It is known only after the apply, since it names new resources.'
      : `  ${describeStates(before.definition, after.definition)}`,
  ];
}

const same = (a: unknown, b: unknown) => JSON.stringify(read(a)) === JSON.stringify(read(b));

function read(definition: unknown): unknown {
  try {
    return canonical(JSON.parse(String(definition)));
  } catch {
    return definition;
  }
}

function describeStates(before: unknown, after: unknown): string {
  const [old, now] = [Definition.safeParse(read(before)), Definition.safeParse(read(after))];
  if (!old.success || !now.success) return "It can't be read here.";
  const [was, is] = [old.data.States, now.data.States];
  const added = Object.keys(is).filter((name) => !(name in was));
  const gone = Object.keys(was).filter((name) => !(name in is));
  const changed = Object.keys(is).filter(
    (name) => name in was && JSON.stringify(is[name]) !== JSON.stringify(was[name]),
  );
  const part = (words: string, names: readonly string[]) =>
    names.length > 0 ? [`${words} ${listed(names.map(code), 20)}`] : [];
  const start = old.data.StartAt === now.data.StartAt ? [] : [`it starts at ${code(now.data.StartAt)}`];
  const parts = [
    ...part('states added:', added),
    ...part('changed:', changed),
    ...part('removed:', gone),
    ...start,
  ];
  return parts.length > 0 ? `${parts.join('; ')}.` : 'Only what surrounds the states changes.';
}

/** A machine that was started before the apply downloads the bundle that its task names. */
function describeBundle({ type, kind, before }: ResourceChange): string[] {
  const isGone = type === 'aws_s3_object' && (kind === 'delete' || kind === 'replace');
  if (!isGone || !/^workers\/.+\.tgz$/.test(String(before.key ?? ''))) return [];
  return [
    `- The bundle ${code(String(before.key))} is deleted. A machine whose task names it, and a rollback, find it among the deleted versions for 30 days.`,
  ];
}
