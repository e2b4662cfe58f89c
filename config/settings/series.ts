import * as z from 'zod';
import { musicPrefix, seriesSettingsKey } from '../../domain/artifacts.ts';
import { PartVoice } from '../../domain/cast.ts';
import { ChannelName, mainChannel } from '../../domain/channel.ts';
import type { Chapter } from '../../domain/chapter.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { didYouMean, nearestName } from '../../domain/nearest-name.ts';
import { Traits } from '../../domain/story.ts';
import { voiceNames } from '../../domain/voice-settings.ts';
import { environmentWith } from '../channels.ts';
import { parseSettings, variableOf } from './index.ts';
import { looserSettings } from './strictness.ts';
import { checkTaste, chosen, isMusicFile, taste } from './taste.ts';

/** A character's voice as the operator wants it: properties that it has to fit, or a provider's voice by name. */
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

/** The operator's settings of one series. */
const SeriesFile = z
  .strictObject({
    /** By the character's name in the narration. */
    cast: z.record(z.string().min(1).max(80), CastChoice).default({}),
    /** The channel that its next chapters are published on. */
    channel: ChannelName.optional(),
    ...taste,
  })
  .superRefine(checkTaste);
type Parsed = z.infer<typeof SeriesFile>;

/** Settings of one series; those of its channel hold for the rest. */
export type SeriesSettings = Pick<Parsed, 'cast'> & Partial<Omit<Parsed, 'cast'>>;

/** Parses the settings of a series; a missing file sets nothing. Throws ConfigurationError with the field that is wrong. */
export function parseSeriesSettings(value: unknown, file: string): SeriesSettings {
  if (value === undefined) return { cast: {} };
  const parsed = parseSettings(SeriesFile, value, `The settings of the series in ${file}`);
  return { cast: {}, ...chosen(value as object, parsed) };
}

/** Throws ConfigurationError if a series can't have a setting of this name. */
export function mustBeSetting(name: string): void {
  const known = Object.keys(SeriesFile.shape);
  if (!known.includes(name))
    throw new ConfigurationError(
      `${name} is not a setting of a series${didYouMean(nearestName(name, known))}; docs/series.md lists all of them`,
    );
}

/** Throws ConfigurationError if a series is to be published on a channel that the stage does not have. */
export function mustHaveChannel({ channel }: SeriesSettings, channels: readonly string[]): void {
  if (channel !== undefined && !channels.includes(channel))
    throw new ConfigurationError(
      `${channel} is not a channel of the stage (${channels.join(', ')}): add it to the setting channels first`,
    );
}

/**
 * Throws ConfigurationError if a series names music that the bucket does not have.
 * @param listFiles returns the names of the operator's music; called if the series names some
 */
export async function mustHaveMusic(
  { music, musicByMood = {} }: SeriesSettings,
  listFiles: () => Promise<readonly string[]>,
): Promise<void> {
  const named = [music ?? 'off', ...Object.values(musicByMood)].filter(isMusicFile);
  if (named.length === 0) return;
  const files = await listFiles();
  const missing = named.find((name) => !files.includes(name));
  if (missing !== undefined)
    throw new ConfigurationError(
      `the bucket does not have ${musicPrefix}${missing}: upload the music, or choose another one${didYouMean(nearestName(missing, files))}`,
    );
}

type FindJson = <T>(key: string, schema: z.ZodType<T>) => Promise<T | undefined>;

/** A series, and the settings that its library has beside the chapters. */
export type SettingsOrigin = Pick<Chapter, 'manga_id' | 'settings_beside'>;

/** Settings of a series from one file. */
export interface SeriesFileSettings {
  file: string;
  settings: SeriesSettings;
  /** Whether it came with the chapters, so that others than the operator can have written it. */
  isBeside: boolean;
}

/**
 * Reads the files that the operator has for a series, the one in the bucket last. Throws ConfigurationError with the file and the
 * field that can't be used.
 */
export async function seriesFiles(
  findJson: FindJson,
  { manga_id, settings_beside: beside }: SettingsOrigin,
): Promise<SeriesFileSettings[]> {
  const key = seriesSettingsKey(manga_id);
  const inBucket = await findJson(key, z.unknown());
  return [
    ...(beside ? [{ file: beside.file, given: beside.settings, isBeside: true }] : []),
    { file: key, given: inBucket, isBeside: false },
  ].map(({ file, given, isBeside }) => ({ file, settings: parseSeriesSettings(given, file), isBeside }));
}

/**
 * Returns a step's environment with the values that the files of a series set, the last one last. A file beside the chapters can't make
 * looser what keeps a video from being published, since it can have come with them.
 */
export const environmentForSeries = <Env extends object>(
  env: Env,
  files: readonly SeriesFileSettings[],
): Env =>
  files.reduce((its, { settings, isBeside }) => {
    const looser = isBeside ? looserThan(its, settings) : [];
    return environmentWith(
      its,
      Object.fromEntries(Object.entries(settings).filter(([name]) => !looser.includes(name))),
    );
  }, env);

function looserThan(env: object, settings: SeriesSettings): string[] {
  const given: ReadonlyMap<string, unknown> = new Map(Object.entries(env));
  return looserSettings(settings, (name) => given.get(variableOf(name)));
}

/** Returns remarks on what a file beside the chapters sets and is not used. */
export const unusedBeside = (env: object, files: readonly SeriesFileSettings[]): string[] =>
  files
    .filter(({ isBeside }) => isBeside)
    .flatMap(({ file, settings }) =>
      looserThan(env, settings).map(
        (name) =>
          `${file} sets ${name}, which is not used: it is looser than what the stage or the channel has`,
      ),
    );

/**
 * Returns the channel that the files of a series choose. Throws ConfigurationError if one beside the chapters chooses another than the
 * first, and the operator does not allow it.
 */
export function chosenChannel(files: readonly SeriesFileSettings[], allowed: readonly string[]): string {
  const chosen = files.findLast(({ settings }) => settings.channel !== undefined);
  const channel = chosen?.settings.channel ?? mainChannel;
  if (chosen?.isBeside && channel !== mainChannel && !allowed.includes(channel))
    throw new ConfigurationError(
      `${chosen.file} chooses the channel ${channel}, which you have to allow, since the file can have come with the chapters: add ${channel} to channelsFromLibrary, or choose it with make series SERIES=… SET=channel=${channel}`,
    );
  return channel;
}

/** Joins the files of a series: in the bucket, else beside the chapters; of each character too. */
export function joined(files: readonly SeriesFileSettings[]): SeriesSettings {
  const all: SeriesSettings = { cast: {} };
  for (const { settings } of files) Object.assign(all, settings, { cast: { ...all.cast, ...settings.cast } });
  return all;
}

/** Reads what the operator set for a series, in all of its files. */
export const seriesSettings = async (findJson: FindJson, origin: SettingsOrigin): Promise<SeriesSettings> =>
  joined(await seriesFiles(findJson, origin));

/**
 * Returns the channels for which a series in the bucket makes Shorts, although its channel perhaps does not. A file that can't be used
 * makes none; its chapters fail.
 */
export async function channelsWithShorts(
  findJson: FindJson,
  files: AsyncIterable<{ key: string }> | Iterable<{ key: string }>,
): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { key } of files) {
    const { data } = SeriesFile.safeParse(await findJson(key, z.unknown()).catch(() => undefined));
    if (data?.shorts) found.add(data.channel ?? mainChannel);
  }
  return found;
}
