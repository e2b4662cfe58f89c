import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { Construct } from 'constructs';
import { channelSecret } from '../domain/channel.ts';
import { type SecretName, secretNames, secrets } from '../domain/secrets.ts';
import type { Site } from './site.ts';

/** Empty secrets. A value is set with `make secrets SET=…`, so it is neither in the state nor in a plan. */
export class Secrets extends Construct {
  readonly arns: Readonly<Record<SecretName, string>>;

  constructor(scope: Construct, { names, config }: Site) {
    super(scope, 'secrets');
    const create = (id: string, name: string, description: string) =>
      new SecretsmanagerSecret(this, id, {
        name,
        description,
        // Without a recovery window the name is free immediately, so a stage can be destroyed and created again.
        recoveryWindowInDays: config.stage === 'prod' ? 30 : 0,
      }).arn;
    const made = secretNames.map(
      (name) => [name, create(name, names.secret(name), secrets[name].purpose)] as const,
    );
    for (const channel of Object.keys(config.channels))
      create(
        `youtube-${channel}`,
        channelSecret(names.secret('youtube'), channel),
        `Uploads to the YouTube channel ${channel}.`,
      );
    this.arns = Object.fromEntries(made) as Record<SecretName, string>;
  }
}
