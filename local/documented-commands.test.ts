import { commandsOfPages, unusedReasons } from './testing/documented-commands.ts';
import { pasteCommands } from './testing/paste-commands.ts';
import { isInstalled } from './testing/shell.ts';

/**
 * Runs the commands of the README in bash. documented-commands.long.ts runs those of the docs too, in bash and zsh;
 * documented-arguments.test.ts compares what both shells pass to each program.
 */
const commands = await commandsOfPages();

test('every reason for not running a command applies to one', () => {
  expect(unusedReasons(commands)).toEqual([]);
});

test('no command has a comment behind it, which an interactive zsh passes to the program', () => {
  expect(commands.filter(({ line }) => /\s#/.test(line))).toEqual([]);
});

if (!isInstalled('aws')) console.warn('commands of aws are skipped: not installed');
pasteCommands(
  'bash',
  commands.filter(({ page }) => page === 'README.md'),
);
