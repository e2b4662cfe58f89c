import { changedAttributes } from './attributes.ts';
import { fenced, oneLine } from './markdown.ts';
import { nothing } from './masking.ts';
import type { ResourceChange } from './plan.ts';

const signs = { create: '+', update: '~', replace: '-/+', delete: '-', forget: 'x', none: '' } as const;

/** The content of documents is described elsewhere; here their size is enough. */
const documents = new Set([
  'policy',
  'assume_role_policy',
  'definition',
  'dashboard_body',
  'container_definitions',
]);
const mostAttributes = 25;

/** Returns every change of one resource as a diff. */
function describeChange(change: ResourceChange): string[] {
  const { kind, address, movedFrom, imported } = change;
  const lines = kind === 'delete' ? [] : changedAttributes(change).filter(({ computed }) => !computed);
  const shown = lines.slice(0, mostAttributes).flatMap(({ path, before, after }) => {
    if (documents.has(path) && after.startsWith('{'))
      return [`! ${path}: ${before === nothing ? 'new' : before.length} → ${after.length} characters`];
    const line = (sign: string, value: string) => `${sign}   ${path} = ${oneLine(value)}`;
    return [
      ...(kind === 'create' || before === nothing ? [] : [line('-', before)]),
      ...(after === nothing ? [] : [line('+', after)]),
    ];
  });
  const rest =
    lines.length > mostAttributes ? [`#   and ${lines.length - mostAttributes} more attributes`] : [];
  const notes = [movedFrom && `moved from ${movedFrom}`, imported && 'imported'].filter(
    (note) => typeof note === 'string',
  );
  return [`# ${oneLine([signs[kind], address, ...notes].filter(Boolean).join(' '))}`, ...shown, ...rest];
}

const order = ['delete', 'replace', 'update', 'create', 'forget', 'none'];

/** Returns every change as a separate block, deletions first. */
export const describeChanges = (changes: readonly ResourceChange[]): string[] =>
  changes
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((change) => fenced('diff', describeChange(change)).join('\n'));
