import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Account } from '../account.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { storedJson } from '../state/stored-json.ts';

const Version = z.object({
  id: z.string(),
  stages: z.array(z.string()),
  createdAt: z.number(),
  text: z.string().optional(),
  /** Base64, as in the protocol. */
  binary: z.string().optional(),
});
const Secret = z.object({
  name: z.string(),
  arn: z.string(),
  description: z.string().optional(),
  createdAt: z.number(),
  versions: z.array(Version),
});
export type Secret = z.infer<typeof Secret>;
export type SecretVersion = z.infer<typeof Version>;

export interface SecretValue {
  text?: string | undefined;
  binary?: string | undefined;
  /** Makes a repeated call idempotent. */
  token?: string | undefined;
}

/** Opens the secrets of this cloud, in one file that only its owner can read. */
export function openSecrets(file: string, account: Account) {
  const store = storedJson(file, z.array(Secret), []);

  function find(secrets: readonly Secret[], idOrArn: string): Secret {
    const secret = secrets.find(({ name, arn }) => name === idOrArn || arn === idOrArn);
    if (secret) return secret;
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  return {
    list: store.read,
    get: (id: string) => find(store.read(), id),

    create(name: string, description: string | undefined, value: SecretValue): Secret {
      const secrets = store.read();
      if (secrets.some((secret) => secret.name === name))
        throw new AwsError('ResourceExistsException', `The secret ${name} already exists.`);
      const suffix = randomBytes(3).toString('hex');
      const secret: Secret = {
        name,
        arn: `arn:aws:secretsmanager:${account.region}:${account.id}:secret:${name}-${suffix}`,
        ...(description !== undefined && { description }),
        createdAt: now(),
        versions: value.text === undefined && value.binary === undefined ? [] : [makeCurrent([], value)],
      };
      store.write([...secrets, secret]);
      return secret;
    },

    put(id: string, value: SecretValue): { secret: Secret; version: SecretVersion } {
      const secrets = store.read();
      const secret = find(secrets, id);
      const repeated = secret.versions.find((version) => version.id === value.token);
      if (repeated && (repeated.text !== value.text || repeated.binary !== value.binary))
        throw new AwsError('ResourceExistsException', 'This token was used for another value.');
      if (repeated) return { secret, version: repeated };
      const version = makeCurrent(secret.versions, value);
      // A version without a stage is deprecated; AWS deletes it too.
      secret.versions = [version, ...secret.versions.filter(({ stages }) => stages.length > 0)];
      store.write(secrets);
      return { secret, version };
    },
  };
}
export type Secrets = ReturnType<typeof openSecrets>;

/** Adds a version with the stage AWSCURRENT; the previous one becomes AWSPREVIOUS. */
function makeCurrent(versions: SecretVersion[], { text, binary, token }: SecretValue): SecretVersion {
  for (const version of versions)
    version.stages = version.stages.includes('AWSCURRENT') ? ['AWSPREVIOUS'] : [];
  return {
    id: token ?? randomUUID(),
    stages: ['AWSCURRENT'],
    createdAt: now(),
    ...(text !== undefined && { text }),
    ...(binary !== undefined && { binary }),
  };
}

/** Returns seconds since 1970, the time format of the JSON protocol. */
const now = () => Date.now() / 1000;
