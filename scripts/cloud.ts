import { join } from 'node:path';
import { type LocalAddress, localAccess } from 'local-aws/client';
import { callerAccount } from '../aws/caller-account.ts';
import { parseConfig } from '../config/settings/index.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { findCloud } from '../local/control/client.ts';
import { loadDeployment } from '../stacks/deployment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The cloud that a command works on: a stage of an account, or a local cloud, which has the names of stage prod. */
export interface Cloud {
  stage: string;
  local?: LocalAddress;
}

const stagePattern = /^[a-z][a-z0-9]{1,9}$/;

/** Returns STAGE, checked; undefined when it is not given. */
function givenStage({ STAGE }: Environment): string | undefined {
  if (!STAGE || stagePattern.test(STAGE)) return STAGE || undefined;
  throw new ConfigurationError(`STAGE is ${STAGE}; it is 2 to 10 lower-case letters and digits, like dev`);
}

/** Returns AWS_ENDPOINT_URL when it is an address of this machine; any other one belongs to an account. */
function localEndpoint({ AWS_ENDPOINT_URL }: Environment): string | undefined {
  if (!AWS_ENDPOINT_URL) return undefined;
  const { protocol, hostname } = URL.parse(AWS_ENDPOINT_URL) ?? { protocol: '', hostname: '' };
  if (!/^https?:$/.test(protocol))
    throw new ConfigurationError(
      `AWS_ENDPOINT_URL is ${AWS_ENDPOINT_URL}; it must be a URL like http://127.0.0.1:8083`,
    );
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) ? AWS_ENDPOINT_URL : undefined;
}

/**
 * Chooses the cloud of a command, by one rule for all of them: the stage that STAGE names; without it the local cloud that
 * AWS_ENDPOINT_URL names or that `make dev` runs in this checkout; otherwise stage prod.
 */
export function chooseCloud(
  environment: Environment = process.env,
  findRunning: () => LocalAddress | undefined = findCloud,
): Cloud {
  const stage = givenStage(environment);
  const named = localEndpoint(environment);
  if (stage && named)
    throw new ConfigurationError(
      `STAGE=${stage} is a stage of your account, but AWS_ENDPOINT_URL is the local cloud at ${named}; unset one of them`,
    );
  if (stage) return { stage };
  const local = named
    ? { endpoint: named, region: environment.AWS_REGION || parseConfig({}).region }
    : findRunning();
  return { stage: 'prod', ...(local && { local }) };
}

/** Chooses the stage that a deployment command changes; the local cloud is rejected, since it has no deployments. */
export function chooseStage(environment: Environment): Cloud {
  const named = localEndpoint(environment);
  if (named)
    throw new ConfigurationError(
      `AWS_ENDPOINT_URL is the local cloud at ${named}, which has no deployments; unset it to work on your account`,
    );
  return { stage: givenStage(environment) ?? 'prod' };
}

/** Returns the account of the credentials, which `what` needs. */
async function accountFor(what: string): Promise<string> {
  return callerAccount().catch((cause: Error) => {
    throw new ConfigurationError(
      `${what} needs AWS credentials that work (${cause.message}); run aws configure or aws sso login, or set AWS_PROFILE`,
      { cause },
    );
  });
}

/** Checks that a command without a stage can use the account, and prints which one it is; rejects the local cloud. */
export async function enterAccount(what: string, region: string): Promise<void> {
  chooseStage(process.env);
  process.env.AWS_REGION = region;
  console.error(`account ${await accountFor(what)}, ${region}`);
}

/** Points the AWS clients of this process at a cloud, by default the one that `chooseCloud` chooses, checks that it can be used, and prints which one it is. */
export async function enterCloud(given?: Cloud, say: (line: string) => void = console.error): Promise<Cloud> {
  const cloud = given ?? chooseCloud();
  if (cloud.local) {
    await checkLocal(cloud.local);
    Object.assign(process.env, localAccess(cloud.local));
    // The SDK prefers a profile to these keys, and the endpoint of a single service to that of all.
    delete process.env.AWS_PROFILE;
    for (const name of Object.keys(process.env))
      if (name.startsWith('AWS_ENDPOINT_URL_')) delete process.env[name];
    say(`local cloud at ${cloud.local.endpoint}`);
    return cloud;
  }
  const { region } = await loadDeployment(cloud.stage, join(import.meta.dirname, '..'));
  // The SDK reads this at its first request.
  process.env.AWS_REGION = region;
  // A person who means the local cloud gets here when it does not run.
  const chosen = given || process.env.STAGE ? '' : 'no local cloud is running here (make dev), and ';
  const account = await accountFor(`${chosen}stage ${cloud.stage}`);
  say(`account ${account}, ${region}, stage ${cloud.stage}`);
  return cloud;
}

/** Rejects a local cloud that was killed or has moved, instead of letting a command wait for it or use an account. */
async function checkLocal({ endpoint }: LocalAddress): Promise<void> {
  await fetch(endpoint, { method: 'HEAD', signal: AbortSignal.timeout(5_000) }).catch((cause: Error) => {
    throw new ConfigurationError(
      `the local cloud at ${endpoint} does not respond; start it again with make dev, or name a stage of your account with STAGE`,
      { cause },
    );
  });
}
