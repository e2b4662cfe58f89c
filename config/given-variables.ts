import { ConfigurationError } from '../domain/errors.ts';
import { type SettingName, settings, variableOf } from './settings/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const settingVariables = (Object.keys(settings) as SettingName[]).map(variableOf);
const letters = (name: string) => name.replace(/[^a-z0-9]/gi, '').toUpperCase();

/** Variables of the programs and libraries below a command. */
const ofOthers = /^(AWS_|NODE_|npm_|NO_COLOR$|FORCE_COLOR$|PATH$|HOME$|TMPDIR$|SHELL$|(https?|no)_proxy$)/i;

/**
 * Rejects a variable that a command does not use and that would change nothing without a word: any other one on make's command
 * line, which the Makefile lists in MAKE_VARIABLES, and one in the environment that differs from a known one by `_` only.
 * `own` are the variables of the command; one that `takesSettings` has the settings too.
 */
export function checkVariables(
  own: readonly string[],
  environment: Environment,
  takesSettings = false,
): void {
  const known = new Set(takesSettings ? [...own, ...settingVariables] : own);
  const meantBy = (name: string) => [...known].find((one) => letters(one) === letters(name));
  const typed = (environment.MAKE_VARIABLES ?? '').split(' ').filter((name) => name && !ofOthers.test(name));
  const misspelt = Object.keys(environment).filter((name) => /^[A-Z0-9_]+$/.test(name) && meantBy(name));
  const unknown = [...typed, ...misspelt].find((name) => !known.has(name));
  if (unknown === undefined) return;
  const meant = meantBy(unknown);
  const others = [...own, ...(takesSettings ? ['the settings of docs/settings.md in capitals'] : [])];
  throw new ConfigurationError(
    `${unknown} is not a variable of this command; ${meant ? `did you mean ${meant}?` : `it has ${others.join(', ')}`}`,
  );
}
