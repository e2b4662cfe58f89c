import { ConfigurationError } from '../domain/errors.ts';
import type { Command } from './commands/command.ts';
import { optionsOf } from './commands/index.ts';
import { variableOf } from './settings/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const letters = (name: string) => name.replace(/[^a-z0-9]/gi, '').toUpperCase();

/** Variables of the programs and libraries below a command. */
const ofOthers = /^(AWS_|NODE_|npm_|NO_COLOR$|FORCE_COLOR$|PATH$|HOME$|TMPDIR$|SHELL$|(https?|no)_proxy$)/i;

/**
 * Rejects a variable that no command of the line uses and that would change nothing without a word: any other one that was typed,
 * and one in the environment that differs from a known one by `_` only.
 */
export function checkVariables(
  commands: readonly Command[],
  typed: readonly string[],
  environment: Environment,
): void {
  const known: ReadonlySet<string> = new Set(
    commands.flatMap((command) => Object.keys(optionsOf(command)).map(variableOf)),
  );
  const meantBy = (name: string) => [...known].find((one) => letters(one) === letters(name));
  const misspelt = Object.keys(environment).filter((name) => /^[A-Z0-9_]+$/.test(name) && meantBy(name));
  const unknown = [...typed.filter((name) => !ofOthers.test(name)), ...misspelt].find(
    (name) => !known.has(name),
  );
  if (unknown === undefined) return;
  const meant = meantBy(unknown);
  const own = commands.flatMap(({ options = {} }) => Object.keys(options).map(variableOf));
  const below = commands.flatMap(({ what = {} }) => Object.keys(what));
  const all = [
    ...new Set(own),
    ...(below.length > 0 ? [`WHAT (${below.join(', ')})`] : []),
    ...(commands.some(({ settings }) => settings) ? ['the settings of docs/settings.md in capitals'] : []),
  ];
  throw new ConfigurationError(
    `${unknown} is not a variable of this command; ${meant ? `did you mean ${meant}?` : all.length > 0 ? `it has ${all.join(', ')}` : 'it has none'}`,
  );
}
