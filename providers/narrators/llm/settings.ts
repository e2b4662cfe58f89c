import * as z from 'zod';
import { ConfigurationError } from '../../../domain/errors.ts';

/** Services with a public address, by name. */
export const publicEndpoints = {
  deepinfra: 'https://api.deepinfra.com/v1/openai',
  openai: 'https://api.openai.com/v1',
  gemini: 'https://generativelanguage.googleapis.com/v1beta/openai',
} as const;

const endpoint = z.discriminatedUnion('service', [
  z.strictObject({ service: z.literal(['deepinfra', 'openai', 'gemini']) }),
  /** Ollama, vLLM and anything else with OpenAI's chat completions; the base URL usually ends in `/v1`. */
  z.strictObject({ service: z.literal('compatible'), baseUrl: z.url({ protocol: /^https?$/ }) }),
  /** Signed with the caller's AWS credentials, without a key. */
  z.strictObject({ service: z.literal('bedrock'), region: z.string().min(1) }),
]);

/** An operator's settings for the llm narrator. Prices are the provider's, in US dollars per million tokens. */
export const LlmSettings = z.strictObject({
  endpoint,
  model: z.string().min(1),
  /** Endpoints that do not support JSON schemas get `json_object`; the schema is then in the prompt only. */
  jsonSchema: z.boolean().default(true),
  /** Omitted from requests if unset: some models reject it. */
  temperature: z.number().min(0).max(2).optional(),
  /** Tokens of one reply, including reasoning. */
  maxReplyTokens: z.number().int().min(500).default(6000),

  /** One more call per chapter, for headline, description, tags and thumbnail. */
  presentation: z.boolean().default(true),

  pagesAtOnce: z.number().int().min(1).max(16).default(4),
  /** 0 relies on the endpoint's 429. */
  requestsPerMinute: z.number().min(0).default(0),
  callTimeoutMs: z.number().int().min(10).default(120_000),
  /** Time limit of one page, with waits and retries; then it is told from its lettering. */
  pageTimeoutMs: z.number().int().min(10).default(300_000),
  /** Doubles with every failed attempt of a request; the endpoint's Retry-After takes precedence. */
  firstRetryMs: z.number().int().min(1).default(1000),
  attempts: z.number().int().min(1).default(6),

  /** Total of one job, input and output; 0 for no limit. */
  maxTokens: z.number().int().min(0).default(1_500_000),
  maxCostUsd: z.number().min(0).default(0),
  pricePerMillionIn: z.number().min(0).default(0),
  pricePerMillionOut: z.number().min(0).default(0),
});
export type LlmSettings = z.infer<typeof LlmSettings>;

export const llmServices = ['deepinfra', 'openai', 'gemini', 'compatible', 'bedrock'] as const;

/** Returns the endpoint of flat settings; a base URL belongs to `compatible` only, the region to Bedrock. */
export function endpointOf(
  service: (typeof llmServices)[number],
  baseUrl: string | undefined,
  region: string,
): LlmSettings['endpoint'] {
  if (service === 'bedrock') return { service, region };
  if (service !== 'compatible') return { service };
  if (!baseUrl)
    throw new ConfigurationError('A compatible endpoint needs its base URL, like http://host:11434/v1');
  return { service, baseUrl };
}
