import {
  CreateAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { account, startUnderTest, type UnderTest } from '../testing/under-test.ts';
import { clientOf } from '../testing.ts';
import { createFunctions, type Functions } from './functions.ts';
import { createAsyncInvocations } from './queue.ts';
import { createLambdaService } from './service.ts';

let cloud: UnderTest;
let client: LambdaClient;
let functions: Functions;

const create = () =>
  createFunctions({ account, endpoint: cloud.endpoint, log: cloud.log, folder: cloud.folder });
beforeAll(async () => {
  cloud = await startUnderTest();
  functions = create();
  cloud.gateway.serve('lambda', createLambdaService(functions, createAsyncInvocations(functions, cloud.log)));
  client = new LambdaClient(clientOf(cloud.endpoint));
});
afterAll(async () => {
  client.destroy();
  await functions.close();
  await cloud.end();
});

/** The same bytes for the same code, whenever it is zipped. */
const zipOf = (says: string) => {
  const code = `export const handler = (_, { invokedFunctionArn: arn }) =>
    [${JSON.stringify(says)}, process.env.QUOTA, process.env.AWS_LAMBDA_FUNCTION_VERSION, arn.split(':function:')[1]];`;
  return zipSync({ 'index.mjs': strToU8(code) }, { mtime: '2020-01-01' });
};
let count = 0;
/** Declares a function, uploads its code and returns its name. */
async function given(says: string): Promise<string> {
  const FunctionName = `versioned-${++count}`;
  functions.define({ name: FunctionName, file: '/nothing', timeout: 60, environment: { QUOTA: '1' } });
  await upload(FunctionName, says);
  return FunctionName;
}
const upload = (FunctionName: string, says: string) =>
  client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf(says) }));
const publish = async (FunctionName: string) =>
  (await client.send(new PublishVersionCommand({ FunctionName }))).Version;

async function call(FunctionName: string, Qualifier?: string) {
  const { Payload, ExecutedVersion } = await client.send(new InvokeCommand({ FunctionName, Qualifier }));
  return { result: JSON.parse(Buffer.from(Payload ?? []).toString()), version: ExecutedVersion };
}

test('a published version keeps its code and its environment', async () => {
  const name = await given('old');
  expect(await publish(name)).toBe('1');
  await upload(name, 'new');
  const Environment = { Variables: { QUOTA: '2' } };
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Environment }));
  expect(await publish(name)).toBe('2');
  expect((await call(name, '1')).result).toEqual(['old', '1', '1', `${name}:1`]);
  expect((await call(`${functions.arnOf(name)}:2`)).result).toEqual(['new', '2', '2', `${name}:2`]);
  expect((await call(name)).result).toEqual(['new', '2', '$LATEST', name]);
  expect((await call(name, '1')).version).toBe('1');
});

test('nothing is published while code and configuration stay the same', async () => {
  const name = await given('same');
  expect(await publish(name)).toBe('1');
  await upload(name, 'same');
  expect(await publish(name)).toBe('1');
  const { Versions = [] } = await client.send(new ListVersionsByFunctionCommand({ FunctionName: name }));
  expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1']);
});

test('an alias runs its version, and another one as soon as it is switched', async () => {
  const name = await given('old');
  await publish(name);
  await upload(name, 'new');
  await publish(name);
  const alias = { FunctionName: name, Name: 'live' };
  const { AliasArn } = await client.send(new CreateAliasCommand({ ...alias, FunctionVersion: '2' }));
  expect(AliasArn).toBe(`${functions.arnOf(name)}:live`);
  expect((await call(AliasArn ?? '')).result[0]).toBe('new');
  await client.send(new UpdateAliasCommand({ ...alias, FunctionVersion: '1', Description: 'back' }));
  expect((await call(`${name}:live`)).result[0]).toBe('old');
  expect(await client.send(new GetAliasCommand(alias))).toMatchObject({
    FunctionVersion: '1',
    Description: 'back',
  });
  const { Aliases = [] } = await client.send(new ListAliasesCommand({ FunctionName: name }));
  expect(Aliases.map(({ Name }) => Name)).toEqual(['live']);
  const described = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: 'live' }),
  );
  expect(described).toMatchObject({ Version: '1', FunctionArn: `${functions.arnOf(name)}:live` });
});

test('a declared alias runs the code as it is until it gets a version', async () => {
  const name = await given('old');
  functions.define({ ...functions.find(name), aliases: ['live'] });
  expect((await call(`${name}:live`)).version).toBe('$LATEST');
  await publish(name);
  await client.send(new UpdateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: '1' }));
  await upload(name, 'new');
  expect((await call(`${name}:live`)).result[0]).toBe('old');
});

test('versions and aliases stay when the cloud starts again', async () => {
  const name = await given('kept');
  await publish(name);
  await client.send(new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: '1' }));
  const again = create();
  again.define({ name, file: '/nothing' });
  expect((await again.invoke(`${name}:live`, '{}')).payload).toContain('"kept"');
  await again.close();
});

test.each([
  ['an unknown version', (name: string) => call(name, '7'), 'ResourceNotFoundException'],
  ['an unknown alias', (name: string) => call(name, 'nightly'), 'ResourceNotFoundException'],
  [
    'an alias of an unknown version',
    (FunctionName: string) =>
      client.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '7' })),
    'ResourceNotFoundException',
  ],
  [
    'an alias with weights',
    (FunctionName: string) =>
      client.send(
        new CreateAliasCommand({
          ...{ FunctionName, Name: 'live', FunctionVersion: '$LATEST' },
          RoutingConfig: { AdditionalVersionWeights: { '1': 0.1 } },
        }),
      ),
    'InvalidParameterValueException',
  ],
  [
    'code that is not a zip',
    (FunctionName: string) =>
      client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: strToU8('code') })),
    'InvalidParameterValueException',
  ],
  [
    'a zip without a handler',
    (FunctionName: string) =>
      client.send(
        new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipSync({ 'other.mjs': strToU8('1') }) }),
      ),
    'InvalidParameterValueException',
  ],
  [
    'a zip that leaves its folder',
    (FunctionName: string) =>
      client.send(
        new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipSync({ '../index.mjs': strToU8('1') }) }),
      ),
    'InvalidParameterValueException',
  ],
])('refuses %s', async (_, refused, error) => {
  await expect(refused(await given('code'))).rejects.toMatchObject({ name: error });
});

test('refuses to publish a function that runs from its source', async () => {
  functions.define({ name: 'source', file: cloud.write('source.ts', 'export const handler = () => 1;') });
  await expect(publish('source')).rejects.toThrow('source runs from its source here; upload a zip');
});
