import type * as z from 'zod';
import { Deployment } from '../../config/deployment.ts';
import { channels } from '../../config/settings/channels.ts';
import { chapters } from '../../config/settings/chapters.ts';
import { type SettingName, settings, variableOf } from '../../config/settings/index.ts';
import { narrator } from '../../config/settings/narrator.ts';
import { publisher } from '../../config/settings/publisher.ts';
import { run } from '../../config/settings/run.ts';
import { video } from '../../config/settings/video.ts';
import { voice } from '../../config/settings/voice.ts';
import { textOf } from '../../config/variables.ts';

const groups = {
  'The run': run,
  Chapters: chapters,
  'Reading and narration': narrator,
  Voice: voice,
  Publishing: { ...publisher, ...channels },
  'Video and machines': video,
} satisfies Record<string, Record<string, z.ZodType>>;

const introduction = `# Settings

For operators: look up every setting, its environment variable and its default. This page is written by \`make check FIX=1\` from
[\`config/\`](../config/settings/index.ts); a test fails when it is not up to date.

A stage has its settings in \`manga-pipeline.<stage>.json\`. A command on one machine takes them by their name in capitals, as in
\`make dev REVIEW=manual DAILY_QUOTA=3\`. Functions and workers get them as environment variables of the same name. Several values
are separated by commas; in a file they can be a list.
`;

/** Returns docs/settings.md: a table for each group of settings, and one for those of a deployment alone. */
export function settingsPage(): string {
  const deployment = Object.fromEntries(
    Object.entries(Deployment.shape).filter(([name]) => !(name in settings)),
  );
  return [
    introduction,
    ...Object.entries(groups).map(([title, group]) => `## ${title}\n\n${tableOf(group, true)}\n`),
    `## Of a deployment only\n\n${tableOf(deployment, false)}\n`,
  ].join('\n');
}

function tableOf(group: Record<string, z.ZodType>, inEnvironment: boolean): string {
  const rows = Object.entries(group).map(([name, schema]) => {
    const cells = [
      `\`${name}\``,
      ...(inEnvironment ? [`\`${variableOf(name as SettingName)}\``] : []),
      defaultOf(schema),
      describe(name, schema),
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const head = inEnvironment ? '| setting | variable | default | |' : '| setting | default | |';
  return [head, head.replace(/[^|]+/g, '---'), ...rows].join('\n');
}

function describe(name: string, schema: z.ZodType): string {
  if (!schema.description) throw new Error(`the setting ${name} has no description`);
  return schema.description;
}

function defaultOf(schema: z.ZodType): string {
  const { success, data } = schema.safeParse(undefined);
  if (!success) return 'required';
  const text = textOf(data);
  return text === '' ? '' : `\`${text}\``;
}
