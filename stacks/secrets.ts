import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { Construct } from 'constructs';
import { type SecretName, secretNames, secrets } from '../domain/secrets.ts';
import type { Site } from './site.ts';

/** Empty secrets. A value is set with `make secrets SET=…`, so it is neither in the state nor in a plan. */
export class Secrets extends Construct {
  readonly arns: Readonly<Record<SecretName, string>>;

  constructor(scope: Construct, { names, config }: Site) {
    super(scope, 'secrets');
    const made = secretNames.map((name) => {
      const secret = new SecretsmanagerSecret(this, name, {
        name: names.secret(name),
        description: secrets[name].purpose,
        // Without a recovery window the name is free immediately, so a stage can be destroyed and created again.
        recoveryWindowInDays: config.stage === 'prod' ? 30 : 0,
      });
      return [name, secret.arn] as const;
    });
    this.arns = Object.fromEntries(made) as Record<SecretName, string>;
  }
}
