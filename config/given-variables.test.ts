import { commands } from './commands/index.ts';
import { checkVariables } from './given-variables.ts';

const check = (name: string, typed: string[], environment: Record<string, string> = {}) => {
  const command = commands[name];
  if (!command) throw new Error(`there is no command ${name}`);
  return () => checkVariables([command], typed, environment);
};

test.each([
  ['dev', 'DAILYQUOTA', 'did you mean DAILY_QUOTA?'],
  ['dev', 'PROT', 'it has PORT, CONSOLE_PORT, '],
  ['dev', 'PROT', 'the settings of docs/settings.md in capitals'],
  ['bench', 'RUNZ', 'it has RUNS'],
  ['bench', 'DAILY_QUOTA', 'it has RUNS'],
  ['test', 'ONYL', 'it has ONLY, LONG, RUNS, SEED'],
  ['review', 'FOO', 'WHAT (takedown)'],
  ['clean', 'FORCE', 'it has none'],
])('rejects for %s the variable %s', (command, name, advice) => {
  expect(check(command, [name])).toThrow(`${name} is not a variable of this command; `);
  expect(check(command, [name])).toThrow(advice);
});

test('rejects a misspelt setting in the environment', () => {
  expect(check('dev', [], { DAILYQUOTA: '3' })).toThrow('did you mean DAILY_QUOTA?');
});

test('accepts the options of each target of one make, settings, and variables of other programs', () => {
  const environment = { HOME: '/', LANG: 'C' };
  expect(check('dev', ['PORT', 'DAILY_QUOTA', 'AWS_PROFILE', 'NO_COLOR'], environment)).not.toThrow();
  const { check: checks = { about: '' }, test = { about: '' } } = commands;
  expect(() => checkVariables([checks, test], ['ONLY', 'FIX'], environment)).not.toThrow();
});
