import { publicationSettings, type Taste } from './taste.ts';

/**
 * Settings that keep a video from being published, or from saying nothing of its machine or its audience; the strictest value last.
 * `onDoubt` and `doubtThresholds` have separate rules (doubt-policy.ts).
 */
const fromLooseToStrict: Readonly<Record<string, readonly unknown[]>> = {
  seriesOrder: ['free', 'strict'],
  narrationProofreading: [false, true],
  syntheticNotice: ['none', 'shown', 'spoken'],
  youtubeMadeForKids: [false, true],
};

type Publication = Pick<Taste, (typeof publicationSettings)[number]>;

/** Hours until the next time of a day that is at least an hour away, in which YouTube processes a video. */
const untilTime = { least: 1, most: 25 };

/** Returns the hours until everybody can see a video, at least or at most; infinite if only a person makes it public. */
function hoursUntilPublic(
  {
    youtubePrivacy: privacy = 'public',
    youtubePublishAt: time,
    youtubePublishAfterHours: hours = 0,
  }: Partial<Publication>,
  bound: 'least' | 'most',
): number {
  if (time) return untilTime[bound];
  if (hours > 0) return hours;
  return { public: 0, unlisted: Number.MAX_VALUE, private: Number.POSITIVE_INFINITY }[privacy];
}

/** Returns which of the settings let more be published, or earlier, than those that hold otherwise. */
export function looserSettings(settings: Partial<Taste>, otherwise: (name: string) => unknown): string[] {
  const looser = Object.entries(settings).flatMap(([name, value]) =>
    isLooser(name, value, otherwise(name)) ? [name] : [],
  );
  const usual: Partial<Publication> = Object.fromEntries(
    publicationSettings.map((name) => [name, otherwise(name)]),
  );
  const isKnown = usual.youtubePrivacy !== undefined && settings.youtubePrivacy !== undefined;
  const anotherTime = settings.youtubePublishAt && usual.youtubePublishAt;
  if (!isKnown || anotherTime || hoursUntilPublic(settings, 'least') >= hoursUntilPublic(usual, 'most'))
    return looser;
  return [...looser, ...publicationSettings.filter((name) => settings[name] !== usual[name])];
}

function isLooser(name: string, value: unknown, other: unknown): boolean {
  // With fewer videos to compare, fewer are found alike.
  if (name === 'likenessVideos') return Number(value) < Number(other);
  const order = fromLooseToStrict[name];
  return order !== undefined && order.indexOf(value) < order.indexOf(other);
}
