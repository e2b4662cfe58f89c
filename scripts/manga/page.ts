import { stripVTControlCharacters } from 'node:util';
import type { Command } from '../../config/commands/command.ts';
import { groups } from '../../config/commands/index.ts';
import { variableOf } from '../../config/settings/index.ts';
import { flagOf, metaOf } from './options.ts';
import { overview } from './overview.ts';

const introduction = `# Commands

For everyone: look up a command, its options and their variables. This page is written by \`make check FIX=1\` from
[\`config/commands/\`](../config/commands/index.ts); a test fails when it is not up to date. \`make help\` lists the commands, \`make help
demo\` describes one.

Each command except \`completion\` is a target of make, with variables, and a command of \`./manga\`, with flags: \`make demo
CHAPTER=a.cbz AGAIN=1\` is \`./manga demo --chapter a.cbz --again\`. A flag wins over a variable. \`./manga\` installs what is missing,
like make, and works from any folder. A misspelt option is rejected.

| shell | completion, in the project's folder |
|---|---|
| bash | \`eval "$(./manga completion bash)"\` |
| zsh | \`eval "$(./manga completion zsh)"\` |
| fish | \`./manga completion fish \\| source\` |
`;

/** Returns docs/commands.md. The launcher shows its list while nothing is installed. */
export function commandsPage(): string {
  return [
    introduction,
    `\`\`\`text\n${stripVTControlCharacters(overview('make'))}\`\`\`\n`,
    ...Object.entries(groups).flatMap(([title, commands]) => [
      `## ${title}\n`,
      ...Object.entries(commands).flatMap(([name, command]) => section(name, command)),
    ]),
  ].join('\n');
}

function section(name: string, command: Command): string[] {
  const { about, what = {}, notes, settings } = command;
  return [
    `### ${name}\n\n${about}.\n`,
    ...(table(command) ? [`${table(command)}\n`] : []),
    ...(settings ? ['It also takes every [setting](settings.md).\n'] : []),
    ...Object.entries(what).flatMap(([below, one]) => [
      `\`WHAT=${below}\`: ${one.about}.\n`,
      ...(table(one) ? [`${table(one)}\n`] : []),
    ]),
    ...(notes ? [`${notes}\n`] : []),
  ];
}

function table({ options = {} }: Command): string {
  const rows = Object.entries(options).map(([name, schema]) => {
    const { description = '', value } = metaOf(schema);
    const [flag, variable] = [flagOf(name), variableOf(name)];
    const cells = [`\`${variable}=${value ?? '1'}\``, `\`${flag}\``, description];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return rows.length === 0 ? '' : ['| make | ./manga | |', '|---|---|---|', ...rows].join('\n');
}
