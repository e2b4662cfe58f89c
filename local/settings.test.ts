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

test('MangaDex is refused without titles, rights and a contact', () => {
  expect(() => localConfig({ CHAPTER_SOURCE: 'mangadex', MANGADEX_TITLES: 'one' })).toThrow(
    /mangadexTitles \(MANGADEX_TITLES\): chapterSource mangadex needs it: must be the id of mangadex.org.*; mangadexRights \(MANGADEX_RIGHTS\): .*state your rights.*; mangadexContact \(MANGADEX_CONTACT\): .*give an e-mail/,
  );
  const given = {
    ...{ CHAPTER_SOURCE: 'mangadex', MANGADEX_CONTACT: 'me@example.org' },
    MANGADEX_TITLES: '0aea9f43-d4a9-4bf7-bebc-550a512f9b95',
    MANGADEX_RIGHTS: 'licensed by its author since 2026',
  };
  expect(localConfig(given).chapterSource).toBe('mangadex');
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
