import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** One client a process. Region, credentials and endpoint come from where the SDK always looks. */
export const secretsManager = new SecretsManagerClient({});
