/** `make demo`: turns one chapter into one narrated video, with the whole cloud inside this process. */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { basename, join, relative, resolve } from 'node:path';
import { StateInUse } from 'local-aws/state';
import { checkVariables } from '../config/given-variables.ts';
import { ConfigurationError } from '../domain/errors.ts';
import type { ChapterSource } from '../providers/chapters/chapter-source.ts';
import { type LocalCloud, startLocalCloud } from './cloud.ts';
import { type DemoArguments, demoHelp, parseDemoArguments } from './demo/arguments.ts';
import { chapterIdIn, chaptersAt } from './demo/chapter.ts';
import { DemoFailed } from './demo/demo-failed.ts';
import { type Execution, pipelineExecutions } from './demo/executions.ts';
import type { FakeProviders } from './demo/fake-providers.ts';
import { heldStatus, heldText } from './demo/held.ts';
import { fillSecrets } from './demo/local-secrets.ts';
import { openLogFile } from './demo/log-file.ts';
import { type ProgressDisplay, progressDisplay } from './demo/progress.ts';
import { type PipelineRecords, pipelineRecords } from './demo/records.ts';
import { jobRecord, stateRuns, stateTable } from './demo/summary.ts';
import { takeOver } from './demo/takeover.ts';
import { saveUploaded } from './demo/uploaded.ts';
import { watcher } from './demo/watch.ts';
import { onInterruption } from './interruption.ts';
import { localConfig } from './settings.ts';

const maxDailyUploads = 100;

async function main(): Promise<number> {
  const startedAt = Date.now();
  const demo = parseDemoArguments(process.argv.slice(2), process.env);
  if (demo.help) {
    process.stdout.write(demoHelp);
    return 0;
  }
  checkVariables(['CHAPTER', 'OUT', 'AGAIN', 'PROVIDERS'], process.env, true);
  const isFake = demo.providers !== 'embedded';
  const stateDirectory = resolve('.local', isFake ? 'demo-fake' : 'demo');
  const logFile = join(stateDirectory, 'demo.log');
  const chapters = await chaptersAt(demo.chapter);
  await chapterIdIn(chapters, demo.chapter);
  const fakes = isFake ? await startFakes(demo, chapters) : undefined;
  const chapterId = await chapterIdIn(fakes?.source ?? chapters, demo.chapter);
  const display = progressDisplay(process.stdout, startedAt);
  const watch = watcher(display);
  enableCompileCache(join(stateDirectory, 'code-cache'));
  const starting = startLocalCloud({
    stateDirectory,
    port: 0,
    config: localConfig(process.env, {
      library: demo.chapter,
      publisherFolder: resolve(demo.out),
      dailyQuota: maxDailyUploads,
      ...fakes?.settings,
    }),
    log: openLogFile(logFile),
    onStatesEvent: ({ event }) => watch.onEvent(event),
  });
  const interruption = onInterruption(async () => {
    display.end();
    display.say('stopping; the next run continues from here');
    await (await starting).close();
  });
  const cloud = await starting;
  try {
    display.say(`local cloud at ${cloud.endpoint}, its log in ${relative('', logFile)}`);
    if (fakes) await fillSecrets(cloud, secretsOf(cloud, fakes));
    return await Promise.race([
      interruption.stopped,
      runDemo(demo, { chapterId, cloud, display, watch, fakes }),
    ]);
  } catch (error) {
    // A stopping cloud aborts pending requests.
    if (interruption.requested) return interruption.stopped;
    throw error;
  } finally {
    display.end();
    await cloud.close();
    await fakes?.stop();
  }
}

/** Loads the fake providers on request; the plain demo does not need them. */
async function startFakes({ chapter, providers }: DemoArguments, chapters: ChapterSource) {
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
}

async function runDemo(
  demo: DemoArguments,
  { chapterId, cloud, display, watch, fakes }: DemoSetup,
): Promise<number> {
  const records = pipelineRecords(cloud);
  const executions = pipelineExecutions(cloud);
  // A fake YouTube keeps nothing, so an earlier run's video no longer exists.
  const again = demo.again || fakes !== undefined;
  const taken = await takeOver({ chapterId, again, executions, records, say: display.say });
  if (taken.kind === 'published') {
    display.say(`already published as ${taken.url}; AGAIN=1 publishes it again`);
    sayVideo(demo.out, taken.jobId);
    return 0;
  }
  const execution = await watch.untilEnd(taken.executionArn, executions, records);
  display.end();
  console.log(`\nexecution ${execution.executionArn}: ${execution.status}`);
  console.log(stateTable(stateRuns(await executions.history(execution.executionArn))));
  const jobId =
    (await records.claimOf(chapterId))?.job_id ?? (await executions.jobOf(execution.executionArn));
  const job = jobId === undefined ? undefined : await records.job(jobId);
  if (job) console.log(`\njob ${jobRecord(job)}`);
  if (job?.status === 'needs_review') {
    console.error(heldText(job, demo.chapter));
    return heldStatus;
  }
  if (execution.status !== 'SUCCEEDED' || job?.status !== 'published')
    throw new DemoFailed(await reasonOf(demo, execution, records, jobId));
  if (fakes) {
    const { videos } = fakes.youtube.channel;
    if (videos.length > 1)
      throw new DemoFailed(`the fake YouTube has ${videos.length} videos of one chapter`);
    const video = videos.find(({ id }) => job.youtube_url?.endsWith(id));
    if (!video) throw new DemoFailed(`the job says ${job.youtube_url}, which the fake YouTube does not have`);
    await saveUploaded(video, join(demo.out, job.job_id));
    console.log(`\nfakes: ${fakes.account()}`);
    console.log(`uploaded to ${fakes.youtube.origin} as “${video.snippet.title}”, ${video.bytes} bytes`);
  }
  for (const reason of job.doubt_reasons ?? []) console.error(`published despite a doubt: ${reason}`);
  if (!sayVideo(demo.out, job.job_id))
    throw new DemoFailed(`the job says published, but ${videoOf(demo.out, job.job_id)} does not exist`);
  return 0;
}

const videoOf = (out: string, jobId: string) => join(out, jobId, 'video.mp4');

/** Prints the path of the video; returns false when it does not exist. */
function sayVideo(out: string, jobId: string): boolean {
  const video = videoOf(out, jobId);
  const isThere = existsSync(video);
  if (isThere) console.log(`\nvideo: ${video}`);
  return isThere;
}

/** Returns why no video was made, in one line that names the chapter's file. */
async function reasonOf(
  demo: DemoArguments,
  execution: Execution,
  records: PipelineRecords,
  jobId: string | undefined,
): Promise<string> {
  const job = jobId === undefined ? undefined : await records.job(jobId);
  const reason =
    job?.error_message ?? execution.cause ?? `the execution ended ${execution.status} without a video`;
  const line = reason.split('\n', 1).join('').trim();
  return line.includes(basename(demo.chapter)) ? line : `${basename(demo.chapter)}: ${line}`;
}

main().then(
  (status) => process.exit(status),
  (error: Error) => {
    const expected = [DemoFailed, StateInUse, ConfigurationError].some((kind) => error instanceof kind);
    console.error(`demo: ${expected ? error.message : (error.stack ?? error)}`);
    process.exit(1);
  },
);
