import * as z from 'zod';
import { list, path, yesOrNo } from './values.ts';

const contentRatings = z.array(z.enum(['safe', 'suggestive', 'erotica', 'pornographic']));

/** Source of the chapters. */
export const chapters = {
  chapterSource: z
    .enum(['library', 'mangadex'])
    .default('library')
    .describe('`library` for your own chapters, or `mangadex`. See [chapters.md](chapters.md)'),
  library: path
    .default('bucket')
    .describe(
      "`bucket` for the `library/` prefix of the artifacts bucket; on one machine also a folder or one chapter's file",
    ),
  readingDirection: z
    .enum(['unknown', 'rtl', 'ltr'])
    .default('unknown')
    .describe(
      'Reading direction of chapters whose source does not name one: from the right (`rtl`, as in manga) or from the left (`ltr`). With `unknown`, a chapter whose order depends on it waits for a person',
    ),
  mangadexTitles: list.prefault('').describe('Ids of the MangaDex titles that you publish'),
  mangadexRights: z
    .string()
    .default('')
    .describe('Your statement of the rights to these titles; it is published with each video'),
  mangadexContact: z.string().default('').describe('E-mail or web address at which MangaDex can reach you'),
  mangadexLanguages: list.prefault('vi').describe('Languages of the translations, preferred first'),
  mangadexContentRatings: list
    .pipe(contentRatings)
    .prefault('safe,suggestive')
    .describe('Content ratings that are fetched: safe, suggestive, erotica, pornographic'),
  mangadexDataSaver: yesOrNo.default(false).describe("MangaDex's smaller pages"),
  mangadexUrl: z.url().default('https://api.mangadex.org').describe('API of MangaDex; another one for tests'),
  mangadexReportUrl: z
    .url()
    .default('https://api.mangadex.network/report')
    .describe('Address for reports about failed page servers; changed in tests'),
  mangadexAllowLoopback: yesOrNo
    .default(false)
    .describe('Accepts page servers on the loopback interface, for tests'),
  seriesOrder: z
    .enum(['free', 'strict'])
    .default('strict')
    .describe(
      '`strict`: the chapters of a series are published in order: while one failed or waits for a person, the later ones wait, and the day continues with other series; `free`: they do not wait. See [chapters.md](chapters.md#the-order-of-a-series)',
    ),
  chaptersPerVideo: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(1)
    .describe('Consecutive chapters of a series that go into one video, at most'),
  chapterAttempts: z.coerce.number().int().min(1).default(3).describe('Attempts at a chapter that fails'),
  chapterRetryHours: z.coerce.number().min(0).default(20).describe('Hours between two of these attempts'),
};
