import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { ConfigurationError } from '../domain/errors.ts';
import { type SecretName, type SecretValue, secrets } from '../domain/secrets.ts';
import { secretsManager } from './clients/secrets-manager.ts';

/**
 * What is in a secret. Throws ConfigurationError, which shows nothing of the value, when it is not set or not of the
 * shape that its name stands for.
 */
export async function secretValue<Name extends SecretName>(
  id: string,
  name: Name,
): Promise<SecretValue<Name>> {
  const value = await findSecretValue(id, name);
  if (value === undefined)
    throw new ConfigurationError(`The secret ${id} is not set: make secret NAME=${name} sets it`);
  return value;
}

/** The same for a secret that may be missing; one of another shape is refused all the same. */
export async function findSecretValue<Name extends SecretName>(
  id: string,
  name: Name,
): Promise<SecretValue<Name> | undefined> {
  const text = await read(id);
  if (text === undefined) return undefined;
  const parsed = secrets[name].schema.safeParse(asJson(text));
  if (parsed.success) return parsed.data as SecretValue<Name>;
  throw new ConfigurationError(`The secret ${id} is not of its shape: make secret NAME=${name} sets it anew`);
}

async function read(id: string): Promise<string | undefined> {
  try {
    return (await secretsManager.send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Its message would quote the value.
    return undefined;
  }
}
