/** `make review WHAT=takedown`: blocks chapters that must not be published, and takes published videos down. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { approvedNotes } from '../aws/approved-notes.ts';
import { artifactStore } from '../aws/artifact-store.ts';
import { chapterLedger } from '../aws/chapter-ledger.ts';
import { requiredFunction } from '../aws/deployed-functions.ts';
import { allJobs } from '../aws/job-list.ts';
import { jobStore } from '../aws/job-store.ts';
import { rateLimiter } from '../aws/rate-limiter.ts';
import { environmentForChannel, ledgerOf } from '../config/channels.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { takedown } from '../config/commands/operate.ts';
import { functions } from '../config/functions.ts';
import { readVariables } from '../config/variables.ts';
import { blocklistKey, storyKey } from '../domain/artifacts.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { StoryMemory } from '../domain/story.ts';
import type { Blocklist } from '../providers/chapters/blocklist.ts';
import { mangadexApi } from '../providers/chapters/mangadex/api.ts';
import { mangadexSpacing } from '../providers/chapters/mangadex/limits.ts';
import { parseMangaDexSettings } from '../providers/chapters/mangadex/settings.ts';
import { takedownOf } from '../providers/chapters/mangadex/takedown.ts';
import { turnTaking } from '../providers/chapters/mangadex/turns.ts';
import { webClient } from '../providers/chapters/web-client.ts';
import { moveAside } from '../providers/publishers/folder-takedown.ts';
import { makePrivate, videoIdOf } from '../providers/publishers/youtube/unpublish.ts';
import { systemClock } from '../providers/retry/clock.ts';
import { namesOf } from '../stacks/names.ts';
import { youtubeOf } from '../workers/uploader/youtube.ts';
import { enterCloud } from './cloud.ts';
import { takingBack } from './review/taking-back.ts';
import { forget } from './takedown/forget.ts';
import { takeDown } from './takedown/takedown.ts';

const given = (value: string | undefined) => (value ? [value] : []);

/** Returns the environment of a deployed function, parsed as the function parses it. */
async function environmentOf<Name extends 'fetcher' | 'start-uploader'>(name: Name, deployedName: string) {
  const deployed = await requiredFunction(deployedName);
  return readVariables<(typeof functions)[Name]['environment'][number]>(
    name,
    functions[name].environment,
    deployed.environment,
  );
}

export async function run({
  title,
  group,
  chapter,
  library,
  yes,
}: OptionsOf<typeof takedown>): Promise<void> {
  const { stage } = await enterCloud();
  const names = namesOf(stage);
  const fetcher = await environmentOf('fetcher', names.functions.fetcher);
  const artifacts = artifactStore(fetcher.S3_BUCKET);
  const chapters = chapterLedger(fetcher.DYNAMODB_CHAPTERS_TABLE);
  const notes = approvedNotes(fetcher.DYNAMODB_COUNTER_TABLE);
  const jobs = jobStore(fetcher.DYNAMODB_JOBS_TABLE);

  /** MangaDex is asked only for data that no other source has: who uploaded a chapter. */
  function askMangaDex() {
    const settings = parseMangaDexSettings({
      titles: fetcher.MANGADEX_TITLES,
      rightsStatement: fetcher.MANGADEX_RIGHTS,
      contact: fetcher.MANGADEX_CONTACT,
      apiUrl: fetcher.MANGADEX_URL,
      reportUrl: fetcher.MANGADEX_REPORT_URL,
      allowLoopback: fetcher.MANGADEX_ALLOW_LOOPBACK,
    });
    const userAgent = `manga-pipeline/0.1 (${settings.contact})`;
    const limiter = (name: 'requests' | 'atHome', key: string) =>
      rateLimiter(fetcher.DYNAMODB_COUNTER_TABLE, key, mangadexSpacing[name]);
    return mangadexApi(settings, {
      web: webClient({ userAgent, allowLoopback: settings.allowLoopback }),
      turns: turnTaking(systemClock),
      limiters: {
        requests: limiter('requests', 'mangadex-requests'),
        atHome: limiter('atHome', 'mangadex-at-home'),
      },
      clock: systemClock,
    });
  }
  let api: ReturnType<typeof mangadexApi> | undefined;
  const mangadex = () => {
    api ??= askMangaDex();
    return api;
  };

  async function unpublish(url: string, channel: string): Promise<boolean> {
    if (url.startsWith('file:')) return moveAside(url);
    const video = videoIdOf(url);
    if (!video)
      throw new ConfigurationError(`${url} is neither on YouTube nor in a folder; take it down by hand`);
    const env = await environmentOf('start-uploader', names.functions['start-uploader']);
    const { settings, ports } = youtubeOf(environmentForChannel(env, channel), {
      jobId: 'job-takedown',
      channel,
      ledger: ledgerOf(env, channel),
      signal: AbortSignal.timeout(300_000),
      log: (line) => console.log(JSON.stringify(line)),
    });
    return makePrivate(video, settings, { ...ports, wait: (ms) => sleep(ms) });
  }

  await takeDown(
    { titles: given(title), groups: given(group), chapters: given(chapter), library: given(library) },
    yes,
    {
      readBlocklist: () => artifacts.findJson(blocklistKey, z.unknown()),
      writeBlocklist: (blocklist: Blocklist) => artifacts.putJson(blocklistKey, blocklist),
      takedownOf: (blocklist) =>
        takedownOf(blocklist, fetcher.MANGADEX_TITLES, {
          chapter: (id) => mangadex().chapter(id),
          feed: (id) => mangadex().feed(id),
        }),
      chapters: chapters.all,
      block: chapters.block,
      unpublish,
      forget: (isGone, act) =>
        forget(isGone, act, {
          ...artifacts,
          jobs: () => allJobs(fetcher.DYNAMODB_JOBS_TABLE),
          findStory: (id) => artifacts.findJson(storyKey(id), StoryMemory),
          changeStory: (id, change) =>
            artifacts.changeJson(storyKey(id), StoryMemory, (memory) => ({
              after: memory && change(memory),
              result: undefined,
            })),
          approvedNotes: async (id) => (await notes.all(id)).map(({ text_hash }) => text_hash),
          takeBackNote: takingBack(notes, fetcher.S3_BUCKET, (user) => `a takedown by ${user}`),
          putReasons: (id, doubt_reasons) => jobs.update(id, { doubt_reasons }),
          clear: (id, fields) => jobs.update(id, Object.fromEntries(fields.map((field) => [field, null]))),
        }),
      say: console.log,
    },
  );
}
