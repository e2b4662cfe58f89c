import {
  chosenChannel,
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
  ['the name of an unknown setting', { dailyQuota: 3 }, 'dailyQuota: unknown setting; docs/settings.md'],
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
      ...{ SYNTHETIC_NOTICE: 'shown', YOUTUBE_MADE_FOR_KIDS: true },
    };
    const loose = {
      ...{ seriesOrder: 'free', likenessVideos: 0, narrationProofreading: false },
      ...{ syntheticNotice: 'none', youtubeMadeForKids: false },
    };
    const beside = await filesOf(undefined, loose);
    expect(environmentForSeries(guarded, beside)).toEqual(guarded);
    expect(unusedBeside(guarded, beside)).toEqual(
      ['seriesOrder', 'likenessVideos', 'narrationProofreading', 'syntheticNotice', 'youtubeMadeForKids'].map(
        (name) =>
          `Mèo/manga-pipeline.json sets ${name}, which is not used: it is looser than what the stage or the channel has`,
      ),
    );
    const inBucket = await filesOf(loose, {});
    expect(environmentForSeries(guarded, inBucket)).toEqual({
      ...{ SERIES_ORDER: 'free', LIKENESS_VIDEOS: 0, NARRATION_PROOFREADING: false },
      ...{ SYNTHETIC_NOTICE: 'none', YOUTUBE_MADE_FOR_KIDS: false },
    });
    expect(unusedBeside(guarded, inBucket)).toEqual([]);
    expect(
      environmentForSeries({ LIKENESS_VIDEOS: 30 }, await filesOf(undefined, { likenessVideos: 60 })),
    ).toEqual({ LIKENESS_VIDEOS: 60 });
  });

  const [privately, unlisted, publicly] = [
    { youtubePrivacy: 'private' },
    { youtubePrivacy: 'unlisted' },
    { youtubePrivacy: 'public' },
  ];
  const hourly = { youtubePublishAt: '19:30' };
  const hours = (count: number) => ({ youtubePublishAfterHours: count });

  test.each<[object, object, boolean]>([
    [privately, publicly, false],
    [privately, unlisted, false],
    [privately, hourly, false],
    [privately, hours(400), false],
    [unlisted, publicly, false],
    [unlisted, hourly, false],
    [unlisted, privately, true],
    [publicly, privately, true],
    [publicly, unlisted, true],
    [publicly, hourly, true],
    [publicly, hours(2), true],
    [hourly, { youtubePublishAt: '06:00' }, true],
    [hourly, publicly, false],
    [hourly, hours(0.5), false],
    [hourly, hours(24), false],
    [hourly, hours(25), true],
    [hourly, hours(48), true],
    [hourly, unlisted, true],
    [hours(48), hourly, false],
    [hours(48), hours(47), false],
    [hours(48), hours(49), true],
  ])('where the stage sets %j, %j is used: %s', async (ofStage, beside, isUsed) => {
    const its = environmentForSeries(stage, [
      { file, settings: parseSeriesSettings(ofStage, file), isBeside: false },
    ]);
    const files = await filesOf(undefined, beside);
    const wanted = environmentForSeries(its, [
      { file, settings: parseSeriesSettings(beside, file), isBeside: false },
    ]);
    expect(environmentForSeries(its, files)).toEqual(isUsed ? wanted : its);
    expect(unusedBeside(its, files).length > 0).toBe(!isUsed);
  });

  test('choose a channel that the operator allows, or choose it elsewhere, or none', async () => {
    const chosen = async (inBucket: unknown, beside: unknown, allowed: string[] = []) =>
      chosenChannel(await filesOf(inBucket, beside), allowed);
    expect(await chosen(undefined, { channel: 'ma' }, ['ma'])).toBe('ma');
    expect(await chosen({ channel: 'cuoi' }, { channel: 'ma' })).toBe('cuoi');
    expect(await chosen({ channel: 'main' }, { channel: 'ma' })).toBe('main');
    expect(await chosen(undefined, { channel: 'main' })).toBe('main');
    expect(await chosen({ music: 'calm' }, {})).toBe('main');
    await expect(chosen({ music: 'calm' }, { channel: 'ma' }, ['cuoi'])).rejects.toThrow(
      'Mèo/manga-pipeline.json chooses the channel ma, which you have to allow',
    );
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
      "The settings of the series in Mèo/manga-pipeline.json can't be used: musik: unknown setting; did you mean “music”?",
    );
    await expect(settingsOf(undefined, null)).rejects.toThrow('Mèo/manga-pipeline.json');
  });
});
