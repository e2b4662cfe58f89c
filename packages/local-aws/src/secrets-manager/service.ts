import * as z from 'zod';
import { AwsError } from '../protocol/aws-error.ts';
import { handleJson, operation } from '../protocol/json-operations.ts';
import type { Service } from '../service.ts';
import type { Secret, Secrets, SecretVersion } from './secrets.ts';

const value = {
  SecretString: z.string().optional(),
  SecretBinary: z.string().optional(),
  ClientRequestToken: z.string().optional(),
};
const ById = z.object({ SecretId: z.string() });

/** Serves the operations on secrets and their versions; rotation, replication and deletion are refused. */
export function createSecretsManagerService(secrets: Secrets): Service {
  const operations = {
    GetSecretValue: operation(
      ById.extend({ VersionId: z.string().optional(), VersionStage: z.string().default('AWSCURRENT') }),
      ({ SecretId, VersionId, VersionStage }) => {
        const secret = secrets.get(SecretId);
        const version = secret.versions.find(({ id, stages }) =>
          VersionId ? id === VersionId : stages.includes(VersionStage),
        );
        if (!version) throw noSuchVersion(VersionId ?? VersionStage);
        return {
          ...identify(secret, version),
          VersionStages: version.stages,
          CreatedDate: version.createdAt,
          SecretString: version.text,
          SecretBinary: version.binary,
        };
      },
    ),
    PutSecretValue: operation(ById.extend(value), ({ SecretId, ...given }) => {
      const { secret, version } = secrets.put(SecretId, asValue(given));
      return { ...identify(secret, version), VersionStages: version.stages };
    }),
    CreateSecret: operation(
      z.object({ Name: z.string().min(1), Description: z.string().optional(), ...value }),
      ({ Name, Description, ...given }) => {
        const secret = secrets.create(Name, Description, asValue(given));
        return identify(secret, secret.versions[0]);
      },
    ),
    DescribeSecret: operation(ById, ({ SecretId }) => {
      const secret = secrets.get(SecretId);
      return { ...describe(secret), VersionIdsToStages: stagesOf(secret) };
    }),
    ListSecrets: operation(z.object({}), () => ({
      SecretList: secrets
        .list()
        .map((secret) => ({ ...describe(secret), SecretVersionsToStages: stagesOf(secret) })),
    })),
  };
  return { handle: handleJson('secretsmanager', operations), close: async () => {} };
}

interface GivenValue {
  SecretString?: string | undefined;
  SecretBinary?: string | undefined;
  ClientRequestToken?: string | undefined;
}
const asValue = ({ SecretString, SecretBinary, ClientRequestToken }: GivenValue) => ({
  text: SecretString,
  binary: SecretBinary,
  token: ClientRequestToken,
});

const identify = (secret: Secret, version: SecretVersion | undefined) => ({
  ARN: secret.arn,
  Name: secret.name,
  VersionId: version?.id,
});

const describe = (secret: Secret) => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description,
  CreatedDate: secret.createdAt,
  LastChangedDate: secret.versions[0]?.createdAt ?? secret.createdAt,
});

const stagesOf = ({ versions }: Secret) => Object.fromEntries(versions.map(({ id, stages }) => [id, stages]));

const noSuchVersion = (wanted: string) =>
  new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for staging label: ${wanted}`,
  );
