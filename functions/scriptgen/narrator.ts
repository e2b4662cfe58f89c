import { awsCredentials } from '../../aws/credentials.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import {
  createNarrator,
  endpointOf,
  LlmSettings,
  type Narrator,
  type StoryNarrator,
} from '../../providers/narrators/index.ts';
import type { environmentOf } from '../environment.ts';
import { type FindChapter, type JsonStore, narratorMemory } from './narrator-memory.ts';

type Settings = ReturnType<typeof environmentOf<'scriptgen'>>;

/** Creates the configured narrator. Only the llm narrator has settings, a memory and a key, so only it reads them. */
export async function chosenNarrator(
  env: Settings,
  store: JsonStore,
  findChapter: FindChapter,
): Promise<Narrator | StoryNarrator> {
  if (env.NARRATOR === 'ocr') return createNarrator('ocr');
  return createNarrator('llm', llmSettings(env), {
    ...narratorMemory(store, findChapter),
    apiKey: await apiKey(env),
    credentials: awsCredentials,
  });
}

function llmSettings(env: Settings): LlmSettings {
  if (!env.LLM_MODEL)
    throw new ConfigurationError(
      `The llm narrator needs llmModel: the name of a model that ${env.LLM_SERVICE} serves and that sees pictures`,
    );
  return LlmSettings.parse({
    endpoint: endpointOf(env.LLM_SERVICE, env.LLM_BASE_URL, env.REGION),
    model: env.LLM_MODEL,
    jsonSchema: env.LLM_JSON_SCHEMA,
    pagesAtOnce: env.LLM_PAGES_AT_ONCE,
    // Each lane has a function that knows nothing of the others.
    requestsPerMinute: env.LLM_REQUESTS_PER_MINUTE / env.LANES,
    maxTokens: env.LLM_MAX_TOKENS,
    maxCostUsd: env.LLM_MAX_COST_USD,
    pricePerMillionIn: env.LLM_PRICE_PER_MILLION_IN,
    pricePerMillionOut: env.LLM_PRICE_PER_MILLION_OUT,
  });
}

/** Returns the service's key. Bedrock signs its requests, and a compatible endpoint can work without one. */
async function apiKey({ LLM_SERVICE, LLM_SECRET }: Settings): Promise<string | undefined> {
  if (LLM_SERVICE === 'bedrock') return undefined;
  // Loaded here, since the other narrator has no secret.
  const { findSecretValue, secretValue } = await import('../../aws/secret-value.ts');
  if (LLM_SERVICE === 'compatible') return (await findSecretValue(LLM_SECRET, 'llm'))?.api_key;
  return (await secretValue(LLM_SECRET, 'llm')).api_key;
}
