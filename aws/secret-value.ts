import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { ConfigurationError } from '../domain/errors.ts';
import { type SecretName, type SecretValue, secrets } from '../domain/secrets.ts';
import { secretsManager } from './clients/secrets-manager.ts';

/**
 * Reads a secret. Throws ConfigurationError, without any part of the value, when it is not set or does not match the
 * schema of its name.
 */
export async function secretValue<Name extends SecretName>(
  id: string,
  name: Name,
): Promise<SecretValue<Name>> {
  const value = await findSecretValue(id, name);
  if (value === undefined)
    throw new ConfigurationError(`The secret ${id} is not set: make secrets SET=${name} sets it`);
  return value;
}

/** Reads an optional secret; an invalid value is rejected. */
export async function findSecretValue<Name extends SecretName>(
  id: string,
  name: Name,
): Promise<SecretValue<Name> | undefined> {
  const text = await read(id);
  if (text === undefined) return undefined;
  const parsed = secrets[name].schema.safeParse(asJson(text));
  if (parsed.success) return parsed.data as SecretValue<Name>;
  throw new ConfigurationError(
    `The secret ${id} does not match its schema: make secrets SET=${name} sets it again`,
  );
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
