import { checkVariables } from './given-variables.ts';

const check = (environment: Record<string, string>) => () => checkVariables(['PORT'], environment, true);

test.each([
  ['DAILYQUOTA', 'did you mean DAILY_QUOTA?'],
  ['PROT', 'it has PORT, the settings of docs/settings.md in capitals'],
])('rejects %s on the command line of make', (name, advice) => {
  expect(check({ MAKE_VARIABLES: `PORT ${name}`, PORT: '1', [name]: '3' })).toThrow(
    `${name} is not a variable of this command; ${advice}`,
  );
});

test('rejects a misspelt setting in the environment', () => {
  expect(check({ DAILYQUOTA: '3' })).toThrow('did you mean DAILY_QUOTA?');
});

test('accepts its own variables, settings, and those of other programs', () => {
  expect(
    check({ MAKE_VARIABLES: 'PORT DAILY_QUOTA AWS_PROFILE NO_COLOR', HOME: '/', LANG: 'C' }),
  ).not.toThrow();
});
