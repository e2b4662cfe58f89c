import { callJson, type LocalAddress, WireError } from 'local-aws/client';

/** Stores secrets of the local cloud by name, over the API; an existing secret gets a new value. */
export async function fillSecrets(
  target: LocalAddress,
  values: Readonly<Record<string, object>>,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const SecretString = JSON.stringify(value);
    try {
      await callJson(target, 'secretsmanager', 'CreateSecret', { Name: name, SecretString });
    } catch (error) {
      if (!(error instanceof WireError) || error.code !== 'ResourceExistsException') throw error;
      await callJson(target, 'secretsmanager', 'PutSecretValue', { SecretId: name, SecretString });
    }
  }
}
