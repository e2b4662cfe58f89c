import { localConfig } from './settings.ts';

test('a setting is given by its name in capitals', () => {
  expect(localConfig({ REVIEW: 'manual', DAILY_QUOTA: '3', QUOTA_TIMEZONE: '' })).toMatchObject({
    review: 'manual',
    dailyQuota: 3,
    quotaTimezone: 'America/Los_Angeles',
  });
});

test('the environment cannot change what the command fixes', () => {
  expect(localConfig({ LIBRARY: '/elsewhere' }, { library: '/here' }).library).toBe('/here');
});

test('names an invalid value and its setting', () => {
  expect(() => localConfig({ REVIEW: 'maybe' })).toThrow(/review.*"off"\|"manual"/);
});
