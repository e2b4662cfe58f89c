/** `make demo`: turns one chapter into one narrated video, with the whole cloud inside this process. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { CommandFailed, type OptionsOf } from '../config/commands/command.ts';
import type { demo as declared } from '../config/commands/run.ts';
import { voices } from '../config/settings/voice.ts';
import type { ChapterSource } from '../providers/chapters/chapter-source.ts';
import { type LocalCloud, startLocalCloud } from './cloud.ts';
import { chapterIdIn, chaptersAt, languageNotice } from './demo/chapter.ts';
import { pipelineExecutions } from './demo/executions.ts';
import type { FakeProviders } from './demo/fake-providers.ts';
import { heldStatus, heldText } from './demo/held.ts';
import { fillSecrets } from './demo/local-secrets.ts';
import { openLogFile } from './demo/log-file.ts';
import { outcomeText, reasonOf } from './demo/outcome.ts';
import { type ProgressDisplay, progressDisplay } from './demo/progress.ts';
import { otherSource } from './demo/sources.ts';
import { jobRecord, stateRuns, stateTable } from './demo/summary.ts';
import { takeOver } from './demo/takeover.ts';
import { keepBesideUpload, keepUpload } from './demo/uploaded.ts';
import { watcher } from './demo/watch.ts';
import { onInterruption, stoppedStatus } from './interruption.ts';
import { pipelineRecords } from './records.ts';
import { sampleChapter } from './sample.ts';
import { localConfig, shownSettings } from './settings.ts';

/** More videos than anyone makes in a day by hand, each with a Short, of YouTube's 100 uploads. */
const dailyQuota = 40;

interface Demo {
  /** A chapter's file or folder; absolute. */
  chapter: string;
  /** As given, for messages. */
  out: string;
  again: boolean;
  verbose: boolean;
  stateDirectory: string;
}

export async function run(options: OptionsOf<typeof declared>): Promise<number> {
  const startedAt = Date.now();
  const { providers = 'embedded', out = 'out', again, verbose } = options;
  const stateDirectory = resolve('.local', providers === 'embedded' ? 'demo' : 'demo-fake');
  const demo = { chapter: resolve(options.chapter ?? sampleChapter), out, again, verbose, stateDirectory };
  const logFile = join(stateDirectory, 'demo.log');
  const chapters = await chaptersAt(demo.chapter);
  const idOnDisk = await chapterIdIn(chapters, demo.chapter);
  const display = progressDisplay(process.stdout, startedAt);
  if (providers !== 'embedded')
    display.say(
      `fakes on this machine: MangaDex, language model, Edge, Azure, YouTube${providers === 'hostile' ? '; each of them misbehaves' : ''}`,
    );
  const fakes = providers === 'embedded' ? undefined : await startFakes(demo.chapter, chapters, providers);
  const chapterId = fakes ? await chapterIdIn(fakes.source, demo.chapter) : idOnDisk;
  const fixed = {
    library: demo.chapter,
    publisherFolder: resolve(out),
    dailyQuota,
    lanes: 1,
    // A chapter can be shown several times, from other files.
    likenessVideos: 0,
    ...fakes?.settings,
    // A voice that is named is tried as it is: espeak needs no service.
    ...(fakes && process.env.VOICE && { voice: voices.parse(process.env.VOICE) }),
  };
  const config = localConfig(process.env, fixed);
  for (const line of shownSettings(process.env, fixed)) display.say(line);
  const notice = await languageNotice(chapters, idOnDisk, config);
  if (notice) display.say(notice);
  const watch = watcher(display);
  const starting = startLocalCloud({
    stateDirectory,
    port: 0,
    config,
    log: openLogFile(logFile),
    onStatesEvent: ({ event }) => watch.onEvent(event),
  });
  const stop = async () => {
    display.end();
    display.say('stopping; the next run continues from here');
    await (await starting).close();
  };
  const interruption = onInterruption(stop, { done: starting, status: stoppedStatus });
  const cloud = await starting;
  try {
    display.say(`local cloud at ${cloud.endpoint}, its log in ${relative('', logFile)}`);
    if (fakes) await fillSecrets(cloud, secretsOf(cloud, fakes));
    return await Promise.race([
      interruption.stopped.then(() => stoppedStatus),
      runDemo(demo, { chapterId, cloud, display, watch, fakes, startedAt }),
    ]);
  } catch (error) {
    // A stopping cloud aborts pending requests.
    if (interruption.requested) return interruption.stopped.then(() => stoppedStatus);
    throw error;
  } finally {
    display.end();
    await cloud.close();
    await fakes?.stop();
  }
}

/** Loads the fake providers on request; the plain demo does not need them. */
async function startFakes(chapter: string, chapters: ChapterSource, providers: 'fake' | 'hostile') {
  const { startFakeProviders } = await import('./demo/fake-providers.ts');
  const { badDay } = await import('./demo/bad-day.ts');
  return startFakeProviders(chapter, chapters, providers === 'hostile' ? badDay() : undefined);
}

const secretsOf = ({ resources }: LocalCloud, { secrets }: FakeProviders) => ({
  [resources.youtubeSecret]: secrets.youtube,
  [resources.llmSecret]: secrets.llm,
  [resources.voiceSecret]: secrets.voice,
});

interface DemoSetup {
  chapterId: string;
  cloud: LocalCloud;
  display: ProgressDisplay;
  watch: ReturnType<typeof watcher>;
  fakes: FakeProviders | undefined;
  startedAt: number;
}

async function runDemo(
  demo: Demo,
  { chapterId, cloud, display, watch, fakes, startedAt }: DemoSetup,
): Promise<number> {
  const records = pipelineRecords(cloud);
  const executions = pipelineExecutions(cloud);
  // A fake YouTube keeps nothing, so an earlier run's video no longer exists.
  const again = demo.again || fakes !== undefined;
  if (fakes)
    fakes.youtube.sessions.beforeVideo = () => keepBesideUpload(watch.jobId ?? '', demo.out, records);
  const other = fakes ? undefined : otherSource(demo.stateDirectory, chapterId, demo.chapter);
  if (other) display.say(`${other} was another chapter named ${chapterId}; this one gets its own video`);
  const isAnother = other !== undefined;
  const taken = await takeOver({ chapterId, again, isAnother, executions, records, say: display.say });
  if (taken.kind === 'published') {
    const video = fileAt(taken.url);
    if (video !== undefined && !existsSync(video))
      throw new CommandFailed(`already published as ${taken.url}, which is gone; AGAIN=1 publishes it again`);
    display.say(`already published as ${taken.url}; AGAIN=1 publishes it again`);
    if (video !== undefined) sayVideo(video);
    return 0;
  }
  const execution = await watch.untilEnd(taken.executionArn, executions, records);
  display.end();
  if (demo.verbose) {
    console.log(`\nexecution ${execution.executionArn}: ${execution.status}`);
    console.log(stateTable(stateRuns(await executions.history(execution.executionArn))));
  }
  const jobId =
    (await records.claimOf(chapterId))?.job_id ?? (await executions.jobOf(execution.executionArn));
  const job = jobId === undefined ? undefined : await records.job(jobId);
  if (job && demo.verbose) console.log(`\njob ${jobRecord(job)}`);
  if (job?.status === 'needs_review') {
    console.error(heldText(job, demo.chapter));
    return heldStatus;
  }
  if (execution.status !== 'SUCCEEDED' || job?.status !== 'published')
    throw new CommandFailed(reasonOf(demo.chapter, execution, job, demo.stateDirectory));
  if (fakes) await keepUpload(fakes, job, demo.out);
  for (const reason of job.doubt_reasons ?? []) console.error(`published despite a doubt: ${reason}`);
  const took = { seconds: (Date.now() - startedAt) / 1000, isContinued: taken.isContinued };
  console.log(`\n${outcomeText(job, took, demo.out)}`);
  const video = join(demo.out, job.job_id, 'video.mp4');
  if (!existsSync(video)) throw new CommandFailed(`the job says published, but ${video} does not exist`);
  sayVideo(video);
  return 0;
}

const sayVideo = (video: string) => console.log(`video: ${styleText('bold', video)}`);

/** Returns the path of a file's URL, from the current folder if it is below it; undefined for the URL of a service. */
function fileAt(url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const path = fileURLToPath(url);
  const below = relative('', path);
  return below.startsWith('..') ? path : below;
}
