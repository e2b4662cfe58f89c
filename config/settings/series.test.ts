import {
  environmentForSeries,
  parseSeriesSettings,
  seriesFiles,
  seriesSettings,
  unusedBeside,
} from './series.ts';

const file = 'library/series/meo.json';
const stage = {
  MUSIC: 'rain.mp3',
  MUSIC_CREDIT: 'Lan, CC BY 4.0',
  MUSIC_BY_MOOD: { tense: 'rain.mp3' },
  VIDEO_FORMAT: '16:9',
  YOUTUBE_PRIVACY: 'public',
  YOUTUBE_PUBLISH_AT: undefined,
  YOUTUBE_PUBLISH_AFTER_HOURS: 0,
  S3_BUCKET: 'a-bucket',
};
const forSeries = (settings: object | undefined) =>
  environmentForSeries(stage, [{ file, settings: parseSeriesSettings(settings, file), isBeside: false }]);

test('a series without settings has those of the stage', () => {
  expect(forSeries(undefined)).toEqual(stage);
});

test('a series replaces what it sets, and only in the steps that know the setting', () => {
  expect(forSeries({ videoFormat: '9:16', onDoubt: 'publish' })).toEqual({ ...stage, VIDEO_FORMAT: '9:16' });
});

test('a series with other music does not get the credit of the stage, nor its music by mood', () => {
  expect(forSeries({ music: 'calm' })).toEqual({
    ...stage,
    ...{ MUSIC: 'calm', MUSIC_BY_MOOD: {}, MUSIC_CREDIT: undefined },
  });
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
  [
    'music by mood without a licence',
    { musicByMood: { tense: 'dark.mp3' } },
    'musicCredit: music dark.mp3 needs its author',
  ],
  ['an unknown mood', { musicByMood: { bored: 'calm' } }, 'musicByMood'],
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

describe('settings beside the chapters', () => {
  type Reading<T> = (...given: Parameters<typeof seriesFiles>) => Promise<T>;
  const reading =
    <T>(read: Reading<T>) =>
    (inBucket: unknown, beside: unknown) =>
      read(async (_, schema) => (inBucket === undefined ? undefined : schema.parse(inBucket)), {
        manga_id: 'meo',
        settings_beside: { file: 'Mèo/manga-pipeline.json', settings: beside },
      });
  const settingsOf = reading(seriesSettings);
  const filesOf = reading(seriesFiles);

  test('hold where the bucket sets nothing', async () => {
    expect(await settingsOf(undefined, { music: 'calm', shorts: true })).toMatchObject({
      ...{ music: 'calm', shorts: true },
    });
    expect(await settingsOf({ music: 'off' }, { music: 'calm', shorts: true })).toMatchObject({
      ...{ music: 'off', shorts: true },
    });
  });

  test('lose those that belong together with one in the bucket', async () => {
    const rain = { music: 'rain.mp3', musicCredit: 'Lan, CC BY 4.0' };
    expect(environmentForSeries(stage, await filesOf({ music: 'calm' }, rain))).toMatchObject({
      ...{ MUSIC: 'calm', MUSIC_CREDIT: undefined },
    });
    const later = { youtubePrivacy: 'private', youtubePublishAt: '19:30' };
    expect(environmentForSeries(stage, await filesOf({ youtubePrivacy: 'public' }, later))).toMatchObject({
      ...{ YOUTUBE_PRIVACY: 'public', YOUTUBE_PUBLISH_AT: undefined },
    });
  });

  test('make nothing looser that keeps a video from being published, unlike those in the bucket', async () => {
    const guarded = {
      ...{ SERIES_ORDER: 'strict', LIKENESS_VIDEOS: 30, NARRATION_PROOFREADING: true },
      SYNTHETIC_NOTICE: 'shown',
    };
    const loose = {
      ...{ seriesOrder: 'free', likenessVideos: 0, narrationProofreading: false },
      syntheticNotice: 'none',
    };
    const beside = await filesOf(undefined, loose);
    expect(environmentForSeries(guarded, beside)).toEqual(guarded);
    expect(unusedBeside(guarded, beside)).toEqual(
      ['seriesOrder', 'likenessVideos', 'narrationProofreading', 'syntheticNotice'].map(
        (name) =>
          `Mèo/manga-pipeline.json sets ${name}, which is not used: it is looser than what the stage or the channel has`,
      ),
    );
    const inBucket = await filesOf(loose, {});
    expect(environmentForSeries(guarded, inBucket)).toEqual({
      ...{ SERIES_ORDER: 'free', LIKENESS_VIDEOS: 0, NARRATION_PROOFREADING: false },
      SYNTHETIC_NOTICE: 'none',
    });
    expect(unusedBeside(guarded, inBucket)).toEqual([]);
    expect(
      environmentForSeries({ LIKENESS_VIDEOS: 30 }, await filesOf(undefined, { likenessVideos: 60 })),
    ).toEqual({ LIKENESS_VIDEOS: 60 });
  });

  test('cast the characters that the bucket does not', async () => {
    const { cast } = await settingsOf(
      { cast: { Lan: { age: 'old' } } },
      { cast: { Lan: { gender: 'female' }, An: { gender: 'male' } } },
    );
    expect(cast).toMatchObject({ Lan: { age: 'old' }, An: { gender: 'male' } });
    expect(cast.Lan).not.toHaveProperty('gender');
  });

  test('are rejected by the name of their file', async () => {
    await expect(settingsOf({ music: 'calm' }, { musik: 'calm' })).rejects.toThrow(
      "The settings of the series in Mèo/manga-pipeline.json can't be used: musik: unknown setting",
    );
    await expect(settingsOf(undefined, null)).rejects.toThrow('Mèo/manga-pipeline.json');
  });
});
