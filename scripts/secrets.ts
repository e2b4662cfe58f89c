/**
 * `make secrets` and `make secrets SET=…`: list the secrets that a stage needs and whether they are set, and set one.
 * Values come from standard input, go to Secrets Manager, and are shown nowhere.
 */
import { secretStore } from '../aws/secret-store.ts';
import { parseConfig } from '../config/settings/index.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { type SecretName, secretNames, secrets } from '../domain/secrets.ts';
import { readStage } from '../stacks/deployment.ts';
import { namesOf } from '../stacks/names.ts';
import { describeNeeds, secretNeeds } from './secrets/needs.ts';
import { askForSecret, parseSecret } from './secrets/read-secret.ts';
import { askHidden, readPiped } from './secrets/terminal.ts';
import { enterStage, isLocalCloud, stageOf } from './stage.ts';

const help = `make secrets [STAGE=prod]                 lists the secrets that the stage needs, and which are set
make secrets SET=youtube [STAGE=prod]     set one: asked for at the terminal, or piped in as JSON
The name is ${secretNames.join(', ')}; with AWS_ENDPOINT_URL set, the local cloud is used.`;

async function list(stage: string): Promise<void> {
  await enterStage(stage);
  const settings = isLocalCloud() ? {} : await readStage(stage, process.cwd());
  const names = namesOf(stage);
  const needs = await secretNeeds({ ...parseConfig({}), ...settings }, (name) =>
    secretStore.stateOf(names.secret(name)),
  );
  console.log(describeNeeds(stage, needs));
}

async function set(stage: string, given: string): Promise<void> {
  const name = secretNames.find((known) => known === given);
  if (!name) throw new ConfigurationError(`SET is ${given}; it can be ${secretNames.join(' or ')}`);
  await enterStage(stage);
  const value = process.stdin.isTTY
    ? await askForSecret(name, askHidden)
    : parseSecret(name, await readPiped());
  const id = namesOf(stage).secret(name);
  if (!(await secretStore.put(id, value))) await makeIt(stage, name, id, value);
  console.log(`${id} is set`);
}

/** On AWS, Terraform creates the secret and would fail on an existing one; the local cloud has no such deployment. */
async function makeIt(stage: string, name: SecretName, id: string, value: string): Promise<void> {
  if (!isLocalCloud())
    throw new ConfigurationError(`${id} does not exist yet; make deploy STAGE=${stage} creates it, empty`);
  await secretStore.create(id, secrets[name].purpose, value);
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) console.log(help);
  else if (process.env.SET) await set(stageOf(process.env), process.env.SET);
  else await list(stageOf(process.env));
}

main().catch((error: Error) => {
  console.error(`secrets: ${error.message}`);
  process.exitCode = 1;
});
