import { styleText } from 'node:util';
import { groups, targets } from '../../config/commands/index.ts';

/** Returns the list of all commands, in their groups; for make without those that only `./manga` has. */
export function overview(typed: string): string {
  const rows = Object.entries(groups).flatMap(([title, commands]) => [
    '',
    styleText('bold', title),
    ...Object.entries(commands)
      .filter(([name]) => typed !== 'make' || targets.includes(name))
      .map(([name, { about }]) => `  ${styleText('cyan', name.padEnd(12))}${about}`),
  ]);
  return [
    `${typed} COMMAND, with the options of ${typed} help COMMAND`,
    ...rows,
    '',
    typed === 'make'
      ? './manga is the same as a command, with flags and completion: ./manga demo --chapter file.cbz'
      : 'make has the same targets, with the options as variables: make demo CHAPTER=file.cbz',
    '',
  ].join('\n');
}
