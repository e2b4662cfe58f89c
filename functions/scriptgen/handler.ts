import { createPageReader } from 'comic-reader';
import { approvedNotes } from '../../aws/approved-notes.ts';
import { artifactStore } from '../../aws/artifact-store.ts';
import { chapterLedger } from '../../aws/chapter-ledger.ts';
import { comparedScripts } from '../../aws/compared-scripts.ts';
import { jobStore } from '../../aws/job-store.ts';
import { publishedVideos } from '../../aws/published-videos.ts';
import { environmentForChannel } from '../../config/channels.ts';
import { thresholdsOfDoubt } from '../../config/doubt-policy.ts';
import { scriptgen } from '../../config/environments.ts';
import {
  environmentForSeries,
  seriesFiles,
  seriesSettings,
  unusedBeside,
} from '../../config/settings/series.ts';
import { artifactsOf, castKey, storyKey } from '../../domain/artifacts.ts';
import { SeriesCast } from '../../domain/cast.ts';
import { channelOf } from '../../domain/channel.ts';
import { Chapter } from '../../domain/chapter.ts';
import { Doubt } from '../../domain/doubt.ts';
import { Likeness } from '../../domain/likeness.ts';
import { Panels } from '../../domain/page.ts';
import { Proofreading } from '../../domain/proofreading.ts';
import { PageDraft, Script } from '../../domain/script.ts';
import { StoryMemory } from '../../domain/story.ts';
import { syntheticNotice } from '../../domain/synthetic-notice.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { throttledProgress } from '../progress.ts';
import { chosenNarrator } from './narrator.ts';
import { run } from './scriptgen.ts';
import { notesOfSeries } from './series-notes.ts';

const env = environmentOf('scriptgen', scriptgen);
const { log, logged } = functionLog('scriptgen', env.TRACING);
const artifacts = artifactStore(env.S3_BUCKET);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
const approvals = approvedNotes(env.DYNAMODB_COUNTER_TABLE);
const reader = createPageReader({ languages: env.PAGE_LANGUAGES });
const withoutCast =
  env.NARRATOR === 'ocr'
    ? 'the narrator ocr does not know who speaks'
    : env.VOICE_CAST
      ? undefined
      : 'voiceCast is off';
// Cached after the first call that succeeds: a missing key can be set before the next one.
let narrator: Awaited<ReturnType<typeof chosenNarrator>> | undefined;

export const handler = logged(async (event, context) => {
  narrator ??= await chosenNarrator(
    env,
    { findJson: artifacts.findJson, putJson: artifacts.putJson, changeJson: artifacts.changeJson },
    chapters.find,
  );
  return run(event, {
    getChapter: (key) => artifacts.getJson(key, Chapter),
    getPage: artifacts.getBytes,
    findDraft: (key) => artifacts.findJson(key, PageDraft),
    findScript: (key) => artifacts.findJson(key, Script),
    getPanels: (key) => artifacts.getJson(key, Panels),
    findDoubt: (key) => artifacts.findJson(key, Doubt),
    findLikeness: (key) => artifacts.findJson(key, Likeness),
    findProofreading: (key) => artifacts.findJson(key, Proofreading),
    latestVideos: (channel, most, jobId) => publishedVideos(artifacts, channel).latest(most, jobId),
    comparedScripts: (channel) => comparedScripts(artifacts, jobs.get, channel),
    putJson: artifacts.putJson,
    reader,
    narrator,
    tasteOf: async (chapter) => {
      const files = await seriesFiles(artifacts.findJson, chapter);
      const its = environmentForSeries(environmentForChannel(env, channelOf(chapter)), files);
      return {
        frame: {
          hook: its.NARRATION_HOOK,
          recap: its.NARRATION_RECAP,
          nextChapter: its.NARRATION_NEXT_CHAPTER,
          rate: env.VOICE_RATE,
          notice:
            its.SYNTHETIC_NOTICE === 'none'
              ? undefined
              : { form: its.SYNTHETIC_NOTICE, text: syntheticNotice(env.NARRATOR) },
        },
        tone: its.NARRATION_TONE,
        proofreading: its.NARRATION_PROOFREADING,
        likenessVideos: its.LIKENESS_VIDEOS,
      };
    },
    judgedBy: async (chapter) => {
      const files = await seriesFiles(artifacts.findJson, chapter);
      const { applied, remarks } = thresholdsOfDoubt(env, channelOf(chapter), files);
      const unused = unusedBeside(environmentForChannel(env, channelOf(chapter)), files);
      return { applied, remarks: [...remarks, ...unused] };
    },
    notesOfSeries: (script) =>
      notesOfSeries(script, {
        withoutCast,
        chapterOf: (jobId) => artifacts.getJson(artifactsOf(jobId).chapter, Chapter),
        seriesSettings: (series) => seriesSettings(artifacts.findJson, series),
        findStory: (mangaId) => artifacts.findJson(storyKey(mangaId), StoryMemory),
        findCast: (mangaId) => artifacts.findJson(castKey(mangaId), SeriesCast),
        log,
      }),
    markScripting: (jobId) => jobs.update(jobId, { status: 'scripting' }),
    findApprovedNote: approvals.find,
    log,
    markScripted: (jobId, { segment_count, doubt_reasons, script_notes, series_notes, ...notes }) =>
      jobs.update(jobId, {
        segment_count,
        doubt_reasons: doubt_reasons.length > 0 ? doubt_reasons : null,
        script_notes: script_notes.length > 0 ? script_notes : null,
        series_notes: series_notes.length > 0 ? series_notes : null,
        limiting_notes: notes.limiting_notes.length > 0 ? notes.limiting_notes : null,
        approved_notes: notes.approved_notes.length > 0 ? notes.approved_notes : null,
      }),
    recordNarration: (jobId, { tokens_in, tokens_out, cost_usd, notes }) =>
      jobs.update(jobId, {
        llm_tokens_in: tokens_in,
        llm_tokens_out: tokens_out,
        llm_cost_usd: cost_usd,
        narration_notes: notes,
      }),
    reportProgress: throttledProgress(jobs.reportProgress),
    timeLeft: () => context.getRemainingTimeInMillis(),
  });
});
