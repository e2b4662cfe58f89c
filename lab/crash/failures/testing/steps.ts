import { strToU8, zipSync } from 'fflate';
import { AwsError } from 'local-aws/protocol';
import { drawnPage } from '../../drawn-page.ts';
import type { Failing } from './failing.ts';

const archive = (id: string, files: Record<string, string>) =>
  [
    `chapters/${id}.cbz`,
    Buffer.from(
      zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
    ),
  ] as const;

/** Failures of the functions: chapters, narrators, voices and Lambda. */
export const failuresOfSteps: readonly Failing[] = [
  {
    failure: 'ChapterUnreadable',
    cause: 'an archive tries to write outside its folder',
    state: 'FetchManga',
    says: /can't be read as an archive: .*\.\.\/\.\.\/etc/,
    chapter: async (pipeline, id) => pipeline.write(...archive(id, { '../../etc/cron.d/001.jpg': 'root' })),
  },
  {
    failure: 'ChapterUnreadable',
    cause: 'an archive has no pages',
    state: 'FetchManga',
    says: /has no pages: no image files in it/,
    chapter: async (pipeline, id) => pipeline.write(...archive(id, { 'read-me.txt': 'soon' })),
  },
  {
    failure: 'ChapterDoubtful',
    cause: 'the source forbids the video, and doubtful chapters fail',
    state: 'GenerateScript',
    says: /the source forbids republication: “Do not repost/,
    async chapter(pipeline, id) {
      pipeline.write(`chapters/${id}/001.jpg`, await drawnPage(1));
      const notes = '<ComicInfo><Notes>Do not repost or upload this to other sites.</Notes></ComicInfo>';
      pipeline.write(`chapters/${id}/ComicInfo.xml`, Buffer.from(notes));
    },
    begin: (pipeline) => pipeline.beReal('scriptgen'),
  },
  {
    failure: 'NarrationFailed',
    cause: 'the language model fails on page after page',
    state: 'GenerateScript',
    says: /4 pages in a row got no reply; .* it returned 503/,
    async chapter(pipeline, id) {
      for (const page of [1, 2, 3, 4, 5])
        pipeline.write(`chapters/${id}/00${page}.jpg`, await drawnPage(page));
    },
    begin(pipeline) {
      const beLight = pipeline.beReal('scriptgen');
      pipeline.model.fault = { status: 503, retryAfter: '0' };
      return () => {
        beLight();
        pipeline.model.fault = undefined;
      };
    },
  },
  {
    failure: 'SpeechFailed',
    cause: 'the only voice refuses',
    state: 'GenerateTTS',
    says: /403/,
    begin(pipeline) {
      const beLight = pipeline.beReal('ttsgen');
      void pipeline.chaos('tts-403', { times: 1000 });
      return beLight;
    },
  },
  {
    failure: 'States.TaskFailed',
    cause: 'a function fails with an unexpected error',
    state: 'GenerateTTS',
    error: 'Error',
    says: /failing-function/,
    begin(pipeline) {
      void pipeline.chaos('failing-function', { target: 'ttsgen', times: 3 });
      return () => {};
    },
  },
  {
    failure: 'Lambda.TooManyRequestsException',
    cause: 'the account has reached its concurrency limit',
    state: 'GenerateTTS',
    says: /Rate Exceeded/,
    begin: (pipeline) =>
      pipeline.refuse('ttsgen', new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429)),
  },
  {
    failure: 'Lambda.ServiceException',
    cause: 'Lambda fails',
    state: 'GenerateTTS',
    says: /out of order/,
    begin: (pipeline) =>
      pipeline.refuse('ttsgen', new AwsError('ServiceException', 'The service is out of order', 500)),
  },
];
