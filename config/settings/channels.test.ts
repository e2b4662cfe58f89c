import { environmentForChannel } from '../channels.ts';
import { textOf } from '../variables.ts';
import { parseConfig, variableOf } from './index.ts';
import { environmentForSeries, parseSeriesSettings } from './series.ts';

const channels = (given: unknown) => parseConfig({ channels: given } as never).channels;

test('a channel has what it names, and the rest from its stage', () => {
  const env = {
    CHANNELS: channels({ ma: { dailyQuota: 3, youtubePublishAt: '19:30' } }),
    ...{ DAILY_QUOTA: 10, MUSIC: 'calm', YOUTUBE_PRIVACY: 'public' as const, YOUTUBE_PUBLISH_AT: undefined },
  };
  expect(environmentForChannel(env, 'main')).toEqual(env);
  expect(environmentForChannel(env, 'ma')).toEqual({
    ...env,
    ...{ DAILY_QUOTA: 3, YOUTUBE_PRIVACY: 'private', YOUTUBE_PUBLISH_AT: '19:30' },
  });
  const series = parseSeriesSettings({ channel: 'ma', music: 'off' }, 'library/series/x.json');
  expect(series.channel).toBe('ma');
  const files = [{ file: 'library/series/x.json', settings: series, isBeside: false }];
  expect(environmentForSeries(environmentForChannel(env, 'ma'), files)).toMatchObject({
    MUSIC: 'off',
    DAILY_QUOTA: 3,
  });
});

test('files of the library can choose the channels that are named, of those that the stage has', () => {
  const given = { channels: { ma: {} }, channelsFromLibrary: ['ma'] };
  expect(parseConfig(given).channelsFromLibrary).toEqual(['ma']);
  expect(parseConfig({}).channelsFromLibrary).toEqual([]);
  expect(() => parseConfig({ ...given, channelsFromLibrary: ['ma', 'cuoi'] })).toThrow(
    'channelsFromLibrary (CHANNELS_FROM_LIBRARY): cuoi: not among the stage',
  );
});

test('a channel that the stage does not have is named, with those that it has', () => {
  expect(() => environmentForChannel({ CHANNELS: channels({ ma: {} }) }, 'cuoi')).toThrow(
    "The channel cuoi is not one of the stage's (main, ma)",
  );
});

test('passes through an environment variable unchanged, and none is an empty one', () => {
  const given = channels({
    ma: { dailyQuota: 3, music: 'rain.mp3', musicCredit: 'Lan' },
    cuoi: { sharesQuotaWith: 'ma' },
  });
  expect(channels(textOf(given))).toEqual(given);
  expect([textOf(channels({})), variableOf('channels')]).toEqual(['', 'CHANNELS']);
  expect(channels('')).toEqual({});
});

test.each([
  ['the name of the first channel', { main: {} }, 'channels.main: is the name of the first channel'],
  ['a name that is no file name', { 'Truyện ma': {} }, 'must be lower-case letters'],
  ['an unknown setting by its name', { ma: { lanes: 3 } }, 'channels.ma.lanes: unknown setting'],
  ['a value that can not be', { ma: { dailyQuota: 101 } }, 'channels.ma.dailyQuota: YouTube allows 100'],
  ['music without a licence', { ma: { music: 'rain.mp3' } }, 'channels.ma.musicCredit: music rain.mp3 needs'],
  ['the quota of a channel that is not there', { ma: { sharesQuotaWith: 'x' } }, 'x is not another channel'],
  ['its own quota as another one', { ma: { sharesQuotaWith: 'ma' } }, 'ma is not another channel'],
  [
    'the quota of a channel that shares another one',
    { a: { sharesQuotaWith: 'main' }, b: { sharesQuotaWith: 'a' } },
    'name main, whose quota a uses',
  ],
  [
    'a size for a quota that it shares',
    { a: { sharesQuotaWith: 'main', youtubeUnitsPerDay: 5 } },
    'the quota is that of main',
  ],
  ['text that is not JSON', '{ma', 'must be JSON'],
  [
    'more than fits',
    Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`ma-${i}`, {}])),
    'fit into the variables',
  ],
  [
    'more bytes than fit, though not more letters',
    Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { narrationTone: 'ế'.repeat(300) }])),
    'fit into the variables',
  ],
  ['a name that every object has', { constructor: {} }, 'channels.constructor: is a name of the language'],
  ['the quota of such a name', { ma: { sharesQuotaWith: 'constructor' } }, 'sharesQuotaWith'],
])('rejects %s', (_, given, message) => {
  expect(() => channels(given)).toThrow(message);
});
