import { environmentForSeries, parseSeriesSettings } from './series.ts';

const file = 'library/series/meo.json';
const stage = {
  MUSIC: 'rain.mp3',
  MUSIC_CREDIT: 'Lan, CC BY 4.0',
  VIDEO_FORMAT: '16:9',
  YOUTUBE_PRIVACY: 'public',
  YOUTUBE_PUBLISH_AT: undefined,
  YOUTUBE_PUBLISH_AFTER_HOURS: 0,
  S3_BUCKET: 'a-bucket',
};
const forSeries = (settings: object) => environmentForSeries(stage, parseSeriesSettings(settings, file));

test('a series without settings has those of the stage', () => {
  expect(environmentForSeries(stage, parseSeriesSettings(undefined, file))).toEqual(stage);
});

test('a series replaces what it sets, and only in the steps that know the setting', () => {
  expect(forSeries({ videoFormat: '9:16', onDoubt: 'publish' })).toEqual({ ...stage, VIDEO_FORMAT: '9:16' });
});

test('a series with other music does not get the credit of the stage', () => {
  expect(forSeries({ music: 'calm' })).toEqual({ ...stage, MUSIC: 'calm', MUSIC_CREDIT: undefined });
});

test('a series with a time of publication is private until then, although the stage publishes at once', () => {
  expect(forSeries({ youtubePublishAt: '19:30' })).toMatchObject({
    YOUTUBE_PRIVACY: 'private',
    YOUTUBE_PUBLISH_AT: '19:30',
  });
});

test.each([
  ['the name of an unknown setting', { dailyQuota: 3 }, 'dailyQuota: unknown setting'],
  ['a time that no clock shows', { youtubePublishAt: '25:00' }, 'youtubePublishAt: must be a time of day'],
  ['music without a licence', { music: 'rain.mp3' }, 'musicCredit: music rain.mp3 needs its author'],
  [
    'a public video that is published later',
    { youtubePrivacy: 'public', youtubePublishAt: '19:30' },
    "youtubePrivacy: a video that is public can't be published later",
  ],
  ['a list', [], 'The settings of the series in library/series/meo.json'],
])('rejects %s by its name and file', (_, settings, message) => {
  expect(() => parseSeriesSettings(settings, file)).toThrow(message);
});
