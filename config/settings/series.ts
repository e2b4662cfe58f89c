import { z } from 'zod';
import { seriesSettingsKey } from '../../domain/artifacts.ts';
import { PartVoice } from '../../domain/cast.ts';
import { Traits } from '../../domain/story.ts';
import { voiceNames } from '../../domain/voice-settings.ts';
import { missingCredit, parseSettings, type SettingName, settings, variableOf } from './index.ts';

/** How the operator wants a character to sound: what the voice has to fit, or the voice itself for a provider. */
const CastChoice = z.strictObject({
  ...Traits.partial().shape,
  voices: z
    .partialRecord(
      z.enum(voiceNames),
      z.strictObject({
        speaker: PartVoice.shape.speaker,
        rate: PartVoice.shape.rate.default(0),
        pitch: PartVoice.shape.pitch.default(0),
      }),
    )
    .default({}),
});

/** The settings of a stage that a series can have another value for. */
const perSeries = [
  ...[
    'readingDirection',
    'onDoubt',
    'likenessVideos',
    'narrationTone',
    'narrationHook',
    'narrationRecap',
    'narrationNextChapter',
    'narrationProofreading',
    'syntheticNotice',
  ],
  ...['videoFormat', 'burnSubtitles', 'shorts', 'music', 'musicCredit'],
  ...['youtubePrivacy', 'youtubePublishAt', 'youtubePublishAfterHours', 'youtubeMadeForKids'],
  ...['youtubeCategory', 'youtubePlaylists', 'youtubePlaylist'],
] as const satisfies readonly SettingName[];
type SeriesSettingName = (typeof perSeries)[number];

const shared = Object.fromEntries(perSeries.map((name) => [name, settings[name]])) as {
  [Name in SeriesSettingName]: (typeof settings)[Name];
};

/** Settings that make sense together only: a series that sets one has the defaults of the others, not the stage's values. */
const together: readonly (readonly SeriesSettingName[])[] = [
  ['music', 'musicCredit'],
  ['youtubePrivacy', 'youtubePublishAt', 'youtubePublishAfterHours'],
];

/** The operator's settings of one series. */
const SeriesFile = z
  .strictObject({
    /** By the character's name in the narration. */
    cast: z.record(z.string().min(1).max(80), CastChoice).default({}),
    ...shared,
  })
  .superRefine(
    ({ music, musicCredit, youtubePrivacy, youtubePublishAt, youtubePublishAfterHours }, { addIssue }) => {
      const wrong = (name: SeriesSettingName, message: string) =>
        addIssue({ code: 'custom', path: [name], message });
      const credit = missingCredit({ music, musicCredit });
      if (credit) wrong('musicCredit', credit);
      if (youtubePrivacy !== 'private' && (youtubePublishAt || youtubePublishAfterHours > 0))
        wrong(
          'youtubePrivacy',
          `a video that is ${youtubePrivacy} can't be published later; it must be private`,
        );
    },
  );
type Parsed = z.infer<typeof SeriesFile>;

/** What a series sets; the stage's settings hold for the rest. */
export type SeriesSettings = Pick<Parsed, 'cast'> & Partial<Omit<Parsed, 'cast'>>;

/** Parses the settings of a series; a missing file sets nothing. Throws ConfigurationError with the field that is wrong. */
export function parseSeriesSettings(value: unknown, file: string): SeriesSettings {
  const given = value ?? {};
  const parsed = parseSettings(SeriesFile, given, `The settings of the series in ${file}`);
  const names = Object.keys(given) as SeriesSettingName[];
  const groups = together.filter((group) => group.some((name) => names.includes(name)));
  // The schema fills in defaults for the others, which would replace the stage's values.
  const set = [...names, ...groups.flat()].map((name) => [name, parsed[name]]);
  return { cast: {}, ...Object.fromEntries(set) };
}

/** Returns a step's environment with the values that the series sets in place of the stage's. */
export function environmentForSeries<Env extends object>(env: Env, series: SeriesSettings): Env {
  const set = perSeries.flatMap((name) => {
    const variable = variableOf(name);
    return name in series && variable in env ? [[variable, series[name]]] : [];
  });
  return { ...env, ...Object.fromEntries(set) };
}

type FindJson = <T>(key: string, schema: z.ZodType<T>) => Promise<T | undefined>;

/** Reads what the operator set for a series. Throws ConfigurationError with the field that can't be used. */
export async function seriesSettings(findJson: FindJson, mangaId: string): Promise<SeriesSettings> {
  const key = seriesSettingsKey(mangaId);
  return parseSeriesSettings(await findJson(key, z.unknown()), key);
}
