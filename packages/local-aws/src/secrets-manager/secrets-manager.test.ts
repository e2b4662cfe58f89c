import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { account, startUnderTest, type UnderTest } from '../testing/under-test.ts';
import { clientOf } from '../testing.ts';
import { openSecrets } from './secrets.ts';
import { createSecretsManagerService } from './service.ts';

let cloud: UnderTest;
let client: SecretsManagerClient;
let file: string;

beforeAll(async () => {
  cloud = await startUnderTest();
  file = join(cloud.folder, 'secrets.json');
  serve();
  client = new SecretsManagerClient(clientOf(cloud.endpoint));
});
afterAll(async () => {
  client.destroy();
  await cloud.end();
});

const serve = () =>
  cloud.gateway.serve('secretsmanager', createSecretsManagerService(openSecrets(file, account)));
const get = (SecretId: string, VersionStage?: string) =>
  client.send(new GetSecretValueCommand({ SecretId, ...(VersionStage && { VersionStage }) }));

describe('a secret', () => {
  test('has a current and a previous value and survives a restart of the cloud', async () => {
    const { ARN = '' } = await client.send(new CreateSecretCommand({ Name: 'youtube', SecretString: 'one' }));
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:youtube-\w{6}$/);
    await client.send(new PutSecretValueCommand({ SecretId: 'youtube', SecretString: 'two' }));
    serve();
    expect(await get('youtube')).toMatchObject({
      Name: 'youtube',
      SecretString: 'two',
      VersionStages: ['AWSCURRENT'],
    });
    expect((await get(ARN, 'AWSPREVIOUS')).SecretString).toBe('one');
    expect((await get('youtube')).CreatedDate?.getFullYear()).toBeGreaterThan(2025);
    const described = await client.send(new DescribeSecretCommand({ SecretId: ARN }));
    expect(
      Object.values(described.VersionIdsToStages ?? {})
        .flat()
        .sort(),
    ).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
    const { SecretList = [] } = await client.send(new ListSecretsCommand({}));
    expect(SecretList.map(({ Name }) => Name)).toEqual(['youtube']);
  });

  test('is in a file that only its owner can read', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('can be bytes', async () => {
    await client.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary: Buffer.from([0, 255]) }));
    expect(Buffer.from((await get('bytes')).SecretBinary ?? [])).toEqual(Buffer.from([0, 255]));
  });

  test('is written once when its token is sent twice', async () => {
    await client.send(new CreateSecretCommand({ Name: 'once', SecretString: 'first' }));
    const ClientRequestToken = 'a'.repeat(32);
    const put = (SecretString: string) =>
      client.send(new PutSecretValueCommand({ SecretId: 'once', SecretString, ClientRequestToken }));
    expect((await put('x')).VersionId).toBe((await put('x')).VersionId);
    await expect(put('y')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });
});

test('missing and existing secrets are named errors', async () => {
  await expect(get('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await client.send(new CreateSecretCommand({ Name: 'twice' }));
  await expect(client.send(new CreateSecretCommand({ Name: 'twice' }))).rejects.toMatchObject({
    name: 'ResourceExistsException',
  });
});

test('names an unsupported operation', async () => {
  await expect(client.send(new RotateSecretCommand({ SecretId: 'x' }))).rejects.toThrow(
    'secretsmanager:RotateSecret is not supported by the local cloud',
  );
});
