import { localConfig, shownSettings } from './settings.ts';

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
  expect(() => localConfig({ REVIEW: 'maybe' })).toThrow(/review \(REVIEW\): must be off or manual$/);
});

test('shows what differs from the default and what takes the place of a service', () => {
  expect(shownSettings({})).toEqual([
    'on this machine: voice espeak instead of edge, a folder instead of YouTube',
  ]);
  const given = { DAILY_QUOTA: '3', VOICE: 'edge,azure', PUBLISHER: 'youtube' };
  expect(shownSettings(given)).toEqual(['settings: dailyQuota 3; voice edge,azure; publisher youtube']);
  expect(shownSettings(given, { dailyQuota: 100, publisher: 'folder' })).toEqual([
    'settings: voice edge,azure',
    'not used, since this command sets its own: dailyQuota, publisher',
    'on this machine: a folder instead of YouTube',
  ]);
});
