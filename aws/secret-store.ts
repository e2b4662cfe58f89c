import {
  CreateSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import { secretsManager } from './clients/secrets-manager.ts';

export interface SecretState {
  /** The deployment created it. */
  exists: boolean;
  /** When its value was set. */
  setAt?: Date;
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** The secrets of a deployment, for the person who sets them: no value is read. */
export const secretStore = {
  async stateOf(id: string): Promise<SecretState> {
    const found = await unlessMissing(() => secretsManager.send(new DescribeSecretCommand({ SecretId: id })));
    const isSet = Object.values(found?.VersionIdsToStages ?? {})
      .flat()
      .includes('AWSCURRENT');
    return { exists: Boolean(found), ...(isSet && { setAt: found?.LastChangedDate ?? new Date(0) }) };
  },

  /** Sets the value of a secret; false when the secret does not exist. */
  async put(id: string, value: string): Promise<boolean> {
    const put = new PutSecretValueCommand({ SecretId: id, SecretString: value });
    return Boolean(await unlessMissing(() => secretsManager.send(put)));
  },

  async create(id: string, description: string, value: string): Promise<void> {
    await secretsManager.send(
      new CreateSecretCommand({ Name: id, Description: description, SecretString: value }),
    );
  },
};
