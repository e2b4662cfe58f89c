import { channelOf } from '../../domain/channel.ts';
import { coversOf, mostCovers } from '../../domain/cover.ts';
import type { JobId } from '../../domain/job.ts';
import { appearanceOf, type KnownVideo, type PublishedVideo } from '../../domain/likeness/appearance.ts';
import type { ScriptAtWork, ScriptsToCompare } from '../../domain/likeness/at-work.ts';
import { type Resemblance, resemblances } from '../../domain/likeness/compare.ts';
import { unlike } from '../../domain/likeness/cover.ts';
import type { Picture } from '../../domain/likeness/picture.ts';
import type { Likeness } from '../../domain/likeness.ts';
import type { Panels } from '../../domain/page.ts';
import type { Script } from '../../domain/script.ts';
import { liveliness } from '../../providers/media/liveliness.ts';
import { panelPicture } from '../../providers/media/panel-picture.ts';
import { assembled, type ToldChapter, withTexts } from './assembly.ts';
import type { Drafting } from './drafting.ts';

export interface LikenessPorts {
  getPage(key: string): Promise<Uint8Array>;
  /** Returns the latest videos of a channel, except the job's, and the keys of those that can't be read. */
  latestVideos(
    channel: string,
    most: number,
    jobId: JobId,
  ): Promise<{ videos: PublishedVideo[]; unreadable: string[] }>;
  /** Scripts of a channel whose videos are not published yet. */
  comparedScripts(channel: string): {
    /** Returns those that were compared before the job's. */
    before(jobId: JobId): Promise<ScriptsToCompare>;
    /** Enters the job's behind those that it has `seen`, or returns those that were entered in the meantime. */
    enter(video: KnownVideo, seen: readonly ScriptAtWork[]): Promise<ScriptsToCompare>;
  };
}

interface ComparedScript {
  script: Script;
  likeness: Likeness;
}

/** Returns the panels that can be the thumbnail with their pictures: the one that the narrator chose, then the livelier ones. */
async function pictured(
  { chapter }: ToldChapter,
  script: Script,
  panels: Panels,
  getPage: LikenessPorts['getPage'],
): Promise<{ panel: string; picture: Picture }[]> {
  const { chosen, ranked } = coversOf(panels, script, mostCovers);
  const covers = [];
  for (const cover of chosen ? [chosen, ...ranked] : ranked) {
    const stored = chapter.pages.find(({ number }) => number === cover.page);
    if (!stored) continue;
    const page = await getPage(stored.key);
    const score =
      cover === chosen ? Number.POSITIVE_INFINITY : cover.interest * (await liveliness(cover, page));
    covers.push({ panel: cover.panel.id, picture: await panelPicture(page, cover.panel), score });
  }
  return covers.sort((a, b) => b.score - a.score).map(({ panel, picture }) => ({ panel, picture }));
}

/** Parts that a narrator can tell differently. */
const retellable = new Set<Resemblance['aspect']>(['opening', 'structure', 'title']);

const short = (text: string) => (text.length > 300 ? `${text.slice(0, 299)}…` : text);
/** Returns a note about an earlier video. It has the title only if the address has room behind it, by which a takedown finds the title. */
const noteOf = (what: string, { title, url }: { title: string; url: string }) => {
  const note = `${what} “${title}” (${url})`;
  return note === short(note) ? note : `${what} ${url}`;
};

/** Returns the whole script told differently where it is too alike. */
async function retold(
  told: ToldChapter,
  found: readonly Resemblance[],
  retell: NonNullable<Drafting['retell']>,
): Promise<{ script: Script; changed: number }> {
  const { places } = assembled(told);
  const alike = new Set(
    found.flatMap(({ segments = [] }) => segments).flatMap((index) => places[index] ?? []),
  );
  const titles = found.flatMap(({ aspect, video }) => (aspect === 'title' ? [video.title] : []));
  const before = told.ending?.presentation;
  const { texts, presentation, account } = await retell({
    segments: new Map(
      [...alike]
        .filter((place) => place >= 0)
        .sort((a, b) => a - b)
        .flatMap((place) => {
          const segment = told.segments[place];
          return segment ? [[place, segment] as const] : [];
        }),
    ),
    alike: found.flatMap(({ sentence }) => sentence ?? []),
    presentation: before && titles.length > 0 ? { before, titles } : undefined,
  });
  const ending = told.ending && { ...told.ending, ...(presentation && { presentation }) };
  const why = 'it was too much like another video';
  const again = withTexts(
    { ...told, ending, accounts: [...told.accounts, account] },
    new Map([...texts].map(([place, text]) => [place, { text, why }])),
  );
  return { script: assembled(again).script, changed: texts.size + Number(presentation !== undefined) };
}

/** A script that was told differently. */
interface Again {
  script: Script;
  changed: number;
  /** What it was like. */
  because: Resemblance['video'];
}

/**
 * Compares a told chapter with the latest videos of the channel, and with its scripts that were compared before. What is too alike is told
 * differently once, if the narrator can; the thumbnail shows another panel. What is left is in the likeness, for the verdict.
 */
export async function comparedScript(
  told: ToldChapter,
  panels: Panels,
  most: number,
  retell: Drafting['retell'],
  ports: LikenessPorts,
): Promise<ComparedScript> {
  const { chapter } = told;
  const { job_id } = chapter;
  const channel = channelOf(chapter);
  const atWork = ports.comparedScripts(channel);
  // Read before the published ones: a video that is published meanwhile is in both then.
  const { scripts, unreadable } = await atWork.before(job_id);
  const latest = await ports.latestVideos(channel, most, job_id);
  const published = new Set(latest.videos.map((video) => video.job_id));
  const unread = new Set([...latest.unreadable, ...unreadable]);
  const { script: first } = assembled(told);
  const shown = await pictured(told, first, panels, ports.getPage);
  const seen = [...scripts];
  let again: Again | undefined;
  for (;;) {
    const unpublished = seen.map(({ video }) => video).filter((video) => !published.has(video.job_id));
    const videos = most === 0 ? [] : [...latest.videos, ...unpublished];
    const { covers, instead } = unlike(shown, videos);
    const pictures = covers.map(({ picture }) => picture);
    const appearance = (script: Script) => appearanceOf(chapter, script, pictures);
    const compare = (script: Script) => resemblances({ script, appearance: appearance(script) }, videos);
    const found = compare(first);
    const wanted = found.filter(({ aspect }) => retellable.has(aspect));
    if (retell && wanted[0]) again ??= { ...(await retold(told, wanted, retell)), because: wanted[0].video };
    const script = again?.script ?? first;
    const missed = await atWork.enter({ ...appearance(script), job_id, url: job_id }, seen);
    for (const key of missed.unreadable) unread.add(key);
    seen.push(...missed.scripts);
    if (missed.scripts.length > 0) continue;
    return {
      script: { ...script, ...(covers[0] && { thumbnail_panel: covers[0].panel }) },
      likeness: {
        job_id,
        videos: videos.length,
        pictures,
        resemblances: again ? compare(script) : found,
        ...(again && { first: found }),
        notes: notesOf(again, instead, [...unread]),
      },
    };
  }
}

const notesOf = (
  again: Again | undefined,
  instead: KnownVideo | undefined,
  unreadable: readonly string[],
): string[] =>
  [
    ...(instead
      ? [noteOf('the thumbnail shows another panel than the first choice, which is like that of', instead)]
      : []),
    ...(again
      ? [
          noteOf(
            `${again.changed} sentences and titles were told differently, since the video was like`,
            again.because,
          ),
        ]
      : []),
    ...(unreadable.length > 0
      ? [`${unreadable.length} records of earlier videos can't be read: ${unreadable.join(', ')}`]
      : []),
  ].map(short);
