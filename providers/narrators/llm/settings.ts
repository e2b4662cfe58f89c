import { z } from 'zod';
import { ConfigurationError } from '../../../domain/errors.ts';

/** Where models are served: by name where the address is public, else at your own address. */
export const publicEndpoints = {
  deepinfra: 'https://api.deepinfra.com/v1/openai',
  openai: 'https://api.openai.com/v1',
  gemini: 'https://generativelanguage.googleapis.com/v1beta/openai',
} as const;

const endpoint = z.discriminatedUnion('service', [
  z.strictObject({ service: z.literal(['deepinfra', 'openai', 'gemini']) }),
  /** Ollama, vLLM and whatever else speaks OpenAI's chat completions; the base URL mostly ends in `/v1`. */
  z.strictObject({ service: z.literal('compatible'), baseUrl: z.url({ protocol: /^https?$/ }) }),
  /** Signed with the caller's own AWS credentials, without a key. */
  z.strictObject({ service: z.literal('bedrock'), region: z.string().min(1) }),
]);

/** What an operator may set for the llm narrator. Prices are the provider's, in US dollars per million tokens. */
export const LlmSettings = z.strictObject({
  endpoint,
  model: z.string().min(1),
  /** Endpoints that do not support JSON schemas get `json_object`; the schema is then in the prompt only. */
  jsonSchema: z.boolean().default(true),
  /** Left out of requests when unset: some models refuse it. */
  temperature: z.number().min(0).max(2).optional(),
  /** Tokens of one reply, thinking included. */
  maxReplyTokens: z.number().int().min(500).default(6000),

  /** One more call a chapter, for headline, description, tags and thumbnail. */
  presentation: z.boolean().default(true),

  pagesAtOnce: z.number().int().min(1).max(16).default(4),
  /** 0 leaves the pace to the endpoint's own 429. */
  requestsPerMinute: z.number().min(0).default(0),
  callTimeoutMs: z.number().int().min(10).default(120_000),
  /** All that one page may take, with waiting and retries; then it is told from its lettering. */
  pageTimeoutMs: z.number().int().min(10).default(300_000),
  /** Doubles with every failed attempt of a request; the endpoint's Retry-After goes before it. */
  firstRetryMs: z.number().int().min(1).default(1000),
  attempts: z.number().int().min(1).default(6),

  /** Of one job, in and out together; 0 for no bound. */
  maxTokens: z.number().int().min(0).default(1_500_000),
  maxCostUsd: z.number().min(0).default(0),
  pricePerMillionIn: z.number().min(0).default(0),
  pricePerMillionOut: z.number().min(0).default(0),
});
export type LlmSettings = z.infer<typeof LlmSettings>;

export const llmServices = ['deepinfra', 'openai', 'gemini', 'compatible', 'bedrock'] as const;

/** The endpoint that flat settings name; a base URL goes with `compatible` alone, and the region is Bedrock's. */
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
