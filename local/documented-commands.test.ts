import { commandsOfPages, unusedReasons } from './testing/documented-commands.ts';
import { pasteCommands } from './testing/paste-commands.ts';
import { isInstalled } from './testing/shell.ts';

/**
 * Runs every command of the README and the docs in bash. documented-arguments.test.ts checks that zsh passes the same to each
 * program; documented-commands.long.ts runs them in zsh as well.
 */
const commands = await commandsOfPages();

test('every reason for not running a command applies to one', () => {
  expect(unusedReasons(commands)).toEqual([]);
});

test('no command has a comment behind it, which an interactive zsh passes to the program', () => {
  expect(commands.filter(({ line }) => /\s#/.test(line))).toEqual([]);
});

if (!isInstalled('aws')) console.warn('commands of aws are skipped: not installed');
pasteCommands('bash', commands);
