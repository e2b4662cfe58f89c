import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** One client per process. Region, credentials and endpoint come from the SDK's default chain. */
export const secretsManager = new SecretsManagerClient({});
