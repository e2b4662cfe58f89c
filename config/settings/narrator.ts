import * as z from 'zod';
import { list, optionalText, yesOrNo } from './values.ts';

const amount = z.coerce.number().min(0);

/** Reading of pages, and the author of the narration. */
export const narrator = {
  pageLanguages: list
    .pipe(z.array(z.enum(['vi', 'en', 'ja'], 'must be vi, en, ja, or several, separated by commas')).min(1))
    .prefault('vi,en')
    .describe(
      'Languages of the lettering, the first where a chapter does not say. The trained data of each is deployed with scriptgen (vi 2.3 MB, en 3 MB, ja 2 MB). Japanese is read in columns, for `llm` only',
    ),
  narrator: z
    .enum(['ocr', 'llm'])
    .default('ocr')
    .describe(
      '`ocr` retells Vietnamese bubbles; `llm`: a model that sees the pages narrates the story. See [narrator.md](narrator.md)',
    ),
  narrationTone: optionalText
    .pipe(z.string().max(300).optional())
    .describe(
      'How the story is told, in words for the model, like `kể hài hước, câu ngắn, xưng mình với người xem`; needs `llm`',
    ),
  narrationHook: yesOrNo
    .default(true)
    .describe('Begins the video with a sentence that makes viewers curious; needs `llm`'),
  narrationRecap: yesOrNo
    .default(true)
    .describe('Recalls the previous chapter of the series, if that was narrated; needs `llm`'),
  narrationNextChapter: yesOrNo
    .default(true)
    .describe(
      'The farewell points to the next chapter, if the source has one when the chapter is fetched; otherwise to the next video',
    ),
  narrationProofreading: yesOrNo
    .default(true)
    .describe(
      'The model reads the whole script over before it is spoken, and corrects sentences; needs `llm`. What rules find is reported in any case. See [narrator.md](narrator.md#proofreading)',
    ),
  syntheticNotice: z
    .enum(['shown', 'spoken', 'none'])
    .default('shown')
    .describe(
      'How a video says that a machine made its voice, and with `llm` its words: `shown` on the first and the last card, `spoken` in the welcome, or `none`. The description and the file say it in any case. See [youtube.md](youtube.md#how-a-video-appears)',
    ),
  llmService: z
    .enum(['deepinfra', 'openai', 'gemini', 'compatible', 'bedrock'])
    .default('deepinfra')
    .describe(
      "Service of the model; `compatible` is any other endpoint with OpenAI's protocol, at `llmBaseUrl`",
    ),
  llmBaseUrl: optionalText
    .pipe(z.url({ protocol: /^https?$/ }).optional())
    .describe('Address of a `compatible` endpoint, like http://host:11434/v1'),
  llmModel: z
    .string()
    .regex(/^\S*$/, 'must be one word')
    .default('')
    .describe('Name of the model at that service; it has to see pictures'),
  llmJsonSchema: yesOrNo.default(true).describe('Off for endpoints that do not support JSON schemas'),
  llmPagesAtOnce: z.coerce
    .number()
    .int()
    .min(1)
    .max(16)
    .default(4)
    .describe('Pages asked about at the same time'),
  llmRequestsPerMinute: amount
    .default(0)
    .describe('Requests a minute; 0 for as many as the endpoint accepts'),
  llmMaxTokens: amount
    .int()
    .default(1_500_000)
    .describe('Tokens that one job can use, 0 for no limit; later pages are told from their lettering'),
  llmMaxCostUsd: amount.default(0).describe('US dollars that one job can cost, 0 for no limit'),
  llmPricePerMillionIn: amount
    .default(0)
    .describe("The service's price of a million input tokens, in US dollars"),
  llmPricePerMillionOut: amount.default(0).describe('The same for output tokens'),
};
