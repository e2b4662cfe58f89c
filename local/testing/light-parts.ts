/** Light replacements of heavy functions and machines: the real frame with almost no work. */
const root = new URL('../../', import.meta.url).href;

/**
 * Code of the functions that write and speak: they produce a few bytes, which are not valid sound. A chapter is
 * doubtful if its name or its source says so.
 */
const lightFunctions = {
  scriptgen: `
    import { artifactStore } from '${root}aws/artifact-store.ts';
    import { jobStore } from '${root}aws/job-store.ts';
    import { artifactsOf } from '${root}domain/artifacts.ts';
    import { Chapter } from '${root}domain/chapter.ts';
    import { doubtsOfSource } from '${root}domain/doubt/source.ts';
    const light = async ({ job_id }) => {
      const panel = { id: 'p001-1', x: 0, y: 0, w: 400, h: 600, bubbles: [] };
      const segments = [0, 1].map((index) => ({
        index, kind: 'speech', text: 'Đoạn ' + index, page: 1, panels: [panel.id], pause_after: 0.3,
      }));
      const { chapter, panels, script, doubt } = artifactsOf(job_id);
      const store = artifactStore(process.env.S3_BUCKET);
      const stored = await store.getJson(chapter, Chapter);
      const unread = { kind: 'unread', pages: [1], text: 'page 1: nothing could be read' };
      const reasons = [...doubtsOfSource(stored), ...(stored.chapter_id.includes('doubtful') ? [unread] : [])];
      const doubtful = reasons.length > 0;
      const verdict = doubtful ? 'doubtful' : 'sure';
      await store.putJson(panels, { job_id, pages: [{ number: 1, width: 400, height: 600, panels: [panel] }] });
      await store.putJson(script, { job_id, narrator: 'ocr', language: 'vi', segments });
      await store.putJson(doubt, { job_id, verdict, reasons, remarks: [] });
      const doubt_reasons = reasons.map(({ text }) => text);
      if (doubtful) await jobStore(process.env.DYNAMODB_JOBS_TABLE).update(job_id, { doubt_reasons });
      return { job_id, script_generated: true, doubtful, segment_count: 2, continuation_token: null };
    };`,
  ttsgen: `
    import { artifactStore } from '${root}aws/artifact-store.ts';
    import { artifactsOf } from '${root}domain/artifacts.ts';
    const light = async ({ job_id }) => {
      const { speech, speechAudio } = artifactsOf(job_id);
      const segments = [0, 1].map((index) => ({
        index, audio: speechAudio(index), duration: 1, pause_after: 0.3, words: [],
      }));
      const store = artifactStore(process.env.S3_BUCKET);
      for (const { audio } of segments) await store.putBytes(audio, Buffer.from('no sound'), 'audio/mpeg');
      await store.putJson(speech, { job_id, voice: 'none', duration: 2.6, segments });
      return { job_id, audio_generated: true, segment_count: 2, continuation_token: null };
    };`,
};
export type LightFunction = keyof typeof lightFunctions;

/** Returns code that is light unless the file `real` exists. */
export const lightUntil = (name: LightFunction, real: string) => `
  import { existsSync } from 'node:fs';
  ${lightFunctions[name]}
  export const handler = async (...call) =>
    (existsSync('${real}') ? (await import('${root}functions/${name}/handler.ts')).handler : light)(...call);`;

/** Returns code of a machine like the real ones, whose video is a few bytes; it works while the file `hold` exists. */
export const lightRenderer = (hold: string) => `
  import { existsSync, writeFileSync } from 'node:fs';
  import { setTimeout as wait } from 'node:timers/promises';
  import { artifactStore } from '${root}aws/artifact-store.ts';
  import { artifactsOf } from '${root}domain/artifacts.ts';
  import { startWorker } from '${root}workers/start.ts';
  await startWorker('renderer', 'RenderError', async ({ jobId, shard, env, folder, signal }) => {
    console.log('at work');
    while (existsSync('${hold}')) await wait(20, undefined, { signal });
    if (shard) return { job_id: jobId, status: 'completed', shard: shard.number };
    const { video, captions, thumbnail, thumbnails } = artifactsOf(jobId);
    const store = artifactStore(env.S3_BUCKET);
    const cue = '1\\n00:00:00,000 --> 00:00:01,000\\nA\\n\\n';
    for (const [key, bytes] of [[video, Buffer.alloc(1_500_000)], [captions, cue], ...[1, 2].map((rank) => [thumbnail(rank), 'picture ' + rank])]) {
      writeFileSync(folder + '/file', bytes);
      await store.upload(key, folder + '/file', 'application/octet-stream');
    }
    const drawn = [1, 2].map((rank) => ({ key: thumbnail(rank), page: 1, panel: 'p001-1', score: 1 }));
    await store.putJson(thumbnails, { job_id: jobId, thumbnails: drawn });
    return { job_id: jobId, status: 'completed' };
  });`;
