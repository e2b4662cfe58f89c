import type * as z from 'zod';
import { chapters } from './chapters.ts';
import { narrator } from './narrator.ts';
import { publisher } from './publisher.ts';
import { run } from './run.ts';
import { video } from './video.ts';

/** The settings of a stage that a channel or a series can have another value for. */
export const taste = {
  readingDirection: chapters.readingDirection,
  seriesOrder: chapters.seriesOrder,
  onDoubt: run.onDoubt,
  doubtThresholds: run.doubtThresholds,
  likenessVideos: run.likenessVideos,
  narrationTone: narrator.narrationTone,
  narrationHook: narrator.narrationHook,
  narrationRecap: narrator.narrationRecap,
  narrationNextChapter: narrator.narrationNextChapter,
  narrationProofreading: narrator.narrationProofreading,
  syntheticNotice: narrator.syntheticNotice,
  videoFormat: video.videoFormat,
  burnSubtitles: video.burnSubtitles,
  shorts: video.shorts,
  music: video.music,
  musicByMood: video.musicByMood,
  musicCredit: video.musicCredit,
  youtubePrivacy: publisher.youtubePrivacy,
  youtubePublishAt: publisher.youtubePublishAt,
  youtubePublishAfterHours: publisher.youtubePublishAfterHours,
  youtubeMadeForKids: publisher.youtubeMadeForKids,
  youtubeCategory: publisher.youtubeCategory,
  youtubePlaylists: publisher.youtubePlaylists,
  youtubePlaylist: publisher.youtubePlaylist,
};
export type Taste = z.output<z.ZodObject<typeof taste>>;

/** Settings that say together when viewers see a video. */
export const publicationSettings = [
  'youtubePrivacy',
  'youtubePublishAt',
  'youtubePublishAfterHours',
] as const satisfies readonly (keyof Taste)[];

/** Settings that make sense together only: who sets one has the defaults of the others, not the stage's values. */
const together: readonly (readonly (keyof Taste)[])[] = [
  ['music', 'musicByMood', 'musicCredit'],
  publicationSettings,
];

/** Returns whether a value of `music` names a file of the operator. */
export const isMusicFile = (name: string): boolean => name.includes('.');

/** Returns what is missing when music of the operator has no credit; our own loop needs none. */
export function missingCredit({
  music,
  musicByMood,
  musicCredit,
}: Pick<Taste, 'music' | 'musicByMood' | 'musicCredit'>): string | undefined {
  const files = [...new Set([music, ...Object.values(musicByMood)])].filter(isMusicFile);
  return files.length > 0 && !musicCredit
    ? `music ${files.join(', ')} needs its author and the licence of its use`
    : undefined;
}

/** Checks the settings of a channel or a series that need another one. */
export function checkTaste(
  { music, musicByMood, musicCredit, youtubePrivacy, youtubePublishAt, youtubePublishAfterHours }: Taste,
  { addIssue }: z.RefinementCtx,
): void {
  const wrong = (name: keyof Taste, message: string) => addIssue({ code: 'custom', path: [name], message });
  const credit = missingCredit({ music, musicByMood, musicCredit });
  if (credit) wrong('musicCredit', credit);
  if (youtubePrivacy !== 'private' && (youtubePublishAt || youtubePublishAfterHours > 0))
    wrong('youtubePrivacy', `a video that is ${youtubePrivacy} can't be published later; it must be private`);
}

/**
 * Returns the parsed values of what was given, and of what belongs together with it: the schema fills in defaults for the
 * others, which would replace the stage's values.
 */
export function chosen<Parsed extends Taste>(given: object, parsed: Parsed): Partial<Parsed> {
  const names = Object.keys(given);
  const groups = together.filter((group) => group.some((name) => names.includes(name)));
  return Object.fromEntries(
    [...names, ...groups.flat()].map((name) => [name, parsed[name as keyof Parsed]]),
  ) as Partial<Parsed>;
}
