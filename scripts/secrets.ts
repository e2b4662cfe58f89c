/**
 * `make secrets` and `make secrets SET=…`: list the secrets that a stage needs and whether they are set, and set one.
 * Values come from standard input, go to Secrets Manager, and are shown nowhere.
 */

import { secretStore } from '../aws/secret-store.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { secrets as declared } from '../config/commands/operate.ts';
import { parseConfig } from '../config/settings/index.ts';
import { ChannelName, mainChannel } from '../domain/channel.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { type SecretEntry, type SecretName, secretNames, secrets } from '../domain/secrets.ts';
import { sentenceOf } from '../domain/youtube-channels.ts';
import { readStage } from '../stacks/deployment.ts';
import { namesOf } from '../stacks/names.ts';
import { type Cloud, enterCloud } from './cloud.ts';
import { describeNeeds, describeSecrets, labelOf, type SecretNeed, secretNeeds } from './secrets/needs.ts';
import { askForSecret, parseSecret } from './secrets/read-secret.ts';
import { askHidden, readPiped } from './secrets/terminal.ts';
import { mustBeOfStage, openSetChannel, sharedChannels } from './secrets/youtube-channel.ts';

async function list(cloud: Cloud): Promise<void> {
  const { stage, local } = cloud;
  const settings = local ? {} : await readStage(stage, process.cwd());
  const names = namesOf(stage);
  const needs = await secretNeeds({ ...parseConfig({}), ...settings }, (label) =>
    secretStore.stateOf(names.secret(label)),
  );
  console.log(local ? describeSecrets(needs) : describeNeeds(stage, needs));
  for (const shared of await sharedChannels(cloud)) console.log(sentenceOf(shared));
}

interface Secret extends Pick<SecretNeed, 'name' | 'channel'> {
  /** A server that plays Google. */
  endpoint?: string | undefined;
}

export async function set(cloud: Cloud, secret: Secret): Promise<void> {
  const { name, channel = mainChannel, endpoint } = secret;
  await mustBeOfStage(cloud, channel);
  const { piped }: SecretEntry = secrets[name];
  if (piped && process.stdin.isTTY)
    throw new ConfigurationError(`${name} has several lines, so it is read from a pipe: ${piped}`);
  const value = process.stdin.isTTY
    ? await askForSecret(name, askHidden)
    : parseSecret(name, await readPiped());
  if (name === 'signing') await trySigning(value);
  const names = namesOf(cloud.stage);
  const id = names.secret(labelOf(secret));
  if (!(await secretStore.put(id, value))) await makeIt(cloud, name, id, value);
  console.log(`${id} is set`);
  if (name === 'youtube')
    await openSetChannel(cloud, {
      channel,
      secret: secrets.youtube.schema.parse(JSON.parse(value)),
      endpoint,
    });
}

/** Loads the signer where it is needed: its library is large. */
async function trySigning(value: string): Promise<void> {
  const { tryIdentity } = await import('../providers/content-credentials/try-identity.ts');
  await tryIdentity(secrets.signing.schema.parse(JSON.parse(value)).pem);
}

/** On AWS, Terraform creates the secret and would fail on an existing one; the local cloud has no such deployment. */
async function makeIt({ stage, local }: Cloud, name: SecretName, id: string, value: string): Promise<void> {
  if (!local)
    throw new ConfigurationError(`${id} does not exist yet; make deploy STAGE=${stage} creates it, empty`);
  await secretStore.create(id, secrets[name].purpose, value);
}

function secretNamed(given: string): SecretName {
  const name = secretNames.find((known) => known === given);
  if (name) return name;
  throw new ConfigurationError(`SET is ${given}; it can be ${secretNames.join(' or ')}`);
}

function channelNamed(given: string): string {
  const { success } = ChannelName.safeParse(given);
  if (success) return given;
  throw new ConfigurationError(`CHANNEL is ${given}; it is lower-case letters, digits and hyphens`);
}

export async function run(options: OptionsOf<typeof declared>): Promise<void> {
  const { set: given, login } = options;
  const channel =
    options.channel && options.channel !== mainChannel ? channelNamed(options.channel) : undefined;
  if (channel && (given ?? login) !== 'youtube')
    throw new ConfigurationError('CHANNEL is for SET=youtube and LOGIN=youtube only');
  if (login) return (await import('./youtube-login.ts')).run({ ...options, channel });
  const name = given ? secretNamed(given) : undefined;
  const cloud = await enterCloud();
  return name
    ? set(cloud, { name, ...(channel && { channel }), endpoint: options.youtubeEndpoint })
    : list(cloud);
}
