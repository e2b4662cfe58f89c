import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import { ConfigurationError } from '../../../domain/errors.ts';
import { type LlmSettings, publicEndpoints } from './settings.ts';

/** AWS credentials in the SDKs' format, requested before each call, since they expire. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

export interface ModelAccess {
  /** The endpoint's key; your own endpoint can work without one. */
  apiKey?: string | undefined;
  /** For Bedrock. */
  credentials?: (() => Promise<AwsCredentials>) | undefined;
}

/**
 * Creates the configured model.
 * @throws ConfigurationError when the endpoint lacks a required setting
 */
export function createModel(
  { endpoint, model, jsonSchema }: LlmSettings,
  access: ModelAccess,
): LanguageModel {
  if (endpoint.service === 'bedrock') {
    const { credentials } = access;
    if (!credentials) throw new ConfigurationError('The llm narrator on Bedrock needs AWS credentials');
    const credentialProvider = async () => {
      const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
      return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
    };
    return createAmazonBedrock({ region: endpoint.region, credentialProvider })(model);
  }
  const { apiKey } = access;
  if (!apiKey && endpoint.service !== 'compatible')
    throw new ConfigurationError(
      `The llm narrator on ${endpoint.service} needs an API key: make secrets SET=llm sets it`,
    );
  return createOpenAICompatible({
    name: 'llm',
    baseURL: endpoint.service === 'compatible' ? endpoint.baseUrl : publicEndpoints[endpoint.service],
    supportsStructuredOutputs: jsonSchema,
    ...(apiKey && { apiKey }),
    // OpenAI's reasoning models reject the old name, and compatible endpoints know only that one.
    ...(endpoint.service === 'openai' && { transformRequestBody: renameTokenLimit }),
  })(model);
}

const renameTokenLimit = ({ max_tokens, ...body }: Record<string, unknown>) => ({
  ...body,
  max_completion_tokens: max_tokens,
});
