import { localConfig } from './settings.ts';

test('a setting is given by its name in capitals', () => {
  expect(localConfig({ REVIEW: 'manual', DAILY_QUOTA: '3', QUOTA_TIMEZONE: '' })).toMatchObject({
    review: 'manual',
    dailyQuota: 3,
    quotaTimezone: 'America/Los_Angeles',
  });
});

test('what the command decides is not for the environment', () => {
  expect(localConfig({ LIBRARY: '/elsewhere' }, { library: '/here' }).library).toBe('/here');
});

test('a value that can not be is named with its setting', () => {
  expect(() => localConfig({ REVIEW: 'maybe' })).toThrow(/review.*"off"\|"manual"/);
});
