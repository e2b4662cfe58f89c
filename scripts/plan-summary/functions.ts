import { type AttributeChange, changedAttributes } from './attributes.ts';
import { code, listed } from './markdown.ts';
import type { ResourceChange, Values } from './plan.ts';

/** Changes of a plan to the code and settings of functions, and to the code of workers. */
export interface CodeChanges {
  added: string[];
  newCode: string[];
  removed: string[];
  /** Functions with the same code, and what else changes. */
  settingsOnly: { name: string; changes: AttributeChange[] }[];
  /** Workers with a new bundle. */
  workers: string[];
}

/** These differ only when the code does: the same source gives the same bytes. */
const codeAttributes = ['source_code_hash', 'image_uri', 's3_key', 's3_object_version', 'code_sha256'];
/** Path of the bundle on the machine that plans; independent of its content. */
const notSettings = new Set([...codeAttributes, 'filename', 'last_modified', 'source_code_size', 'version']);

const nameOf = ({ before, after, address }: ResourceChange, attribute: string) =>
  String(after[attribute] ?? before[attribute] ?? address);

export function codeChanges(changes: readonly ResourceChange[]): CodeChanges {
  const functions = changes.filter(({ type }) => type === 'aws_lambda_function');
  const named = (kept: (change: ResourceChange) => boolean) =>
    functions.filter(kept).map((change) => nameOf(change, 'function_name'));
  const stays = ({ kind }: ResourceChange) => kind === 'update' || kind === 'replace';
  return {
    added: named(({ kind }) => kind === 'create'),
    newCode: named((change) => stays(change) && hasNewCode(change)),
    removed: named(({ kind }) => kind === 'delete'),
    settingsOnly: functions
      .filter((change) => stays(change) && !hasNewCode(change))
      .map((change) => ({ name: nameOf(change, 'function_name'), changes: settingsOf(change) }))
      .filter(({ changes: settings }) => settings.length > 0),
    workers: [...new Set(changes.flatMap(workerOf))],
  };
}

function hasNewCode({ before, after, unknown }: ResourceChange): boolean {
  const isUnknown = (unknown as Values | null)?.source_code_hash === true;
  return isUnknown || codeAttributes.slice(0, 4).some((name) => (before[name] ?? '') !== (after[name] ?? ''));
}

const settingsOf = (change: ResourceChange) =>
  changedAttributes(change).filter(({ path, computed }) => !computed && !notSettings.has(path));

/** `workers/<name>/<sha>.tgz`: the hash is in the key, so a new bundle is a new object. */
function workerOf({ type, kind, after, before }: ResourceChange): string[] {
  if (type !== 'aws_s3_object' || kind === 'none' || kind === 'delete') return [];
  const [, worker] = /^workers\/([^/]+)\/.+\.tgz$/.exec(String(after.key ?? before.key ?? '')) ?? [];
  return worker ? [worker] : [];
}

export function describeCode({ added, newCode, removed, settingsOnly, workers }: CodeChanges): string[] {
  const line = (words: string, names: readonly string[]) =>
    names.length > 0 ? [`- ${words}: ${listed(names.map(code), 20)}`] : [];
  // One line for all functions with the same change of settings.
  const settings = Map.groupBy(settingsOnly, ({ changes }) => listed(changes.map(describeSetting)));
  return [
    ...line('New code', newCode),
    ...line('New code of workers, for machines started from now on', workers),
    ...line('New functions', added),
    ...line('Removed functions', removed),
    ...[...settings].map(
      ([what, which]) =>
        `- Only settings, the code stays: ${listed(
          which.map(({ name }) => code(name)),
          20,
        )} — ${what}`,
    ),
  ];
}

const describeSetting = ({ path, before, after }: AttributeChange) =>
  `${code(path.replace('environment.0.variables.', ''))} ${code(before)} → ${code(after)}`;
