import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lockHolder, storedJson } from 'local-aws/state';
import * as z from 'zod';
import { ControlError, controlPath } from './control.ts';

const Address = z.object({ endpoint: z.url(), region: z.string(), token: z.string() });
type Address = z.infer<typeof Address>;

/** The folder of everything that `make dev` stores. */
const developmentState = resolve('.local', 'dev');

const fileIn = (stateDirectory: string) => join(stateDirectory, 'control.json');

/** Removes the address of a cloud that was killed, so that no command finds it while another one starts. */
export const withdraw = (stateDirectory: string): void => rmSync(fileIn(stateDirectory), { force: true });

/** Lets commands of the same user find the cloud on a state directory. Returns a function that ends this. */
export function announce(stateDirectory: string, address: Address): () => void {
  storedJson(fileIn(stateDirectory), Address, address).write(address);
  return () => withdraw(stateDirectory);
}

/** Returns the cloud that runs on a state directory; undefined when none runs. Throws while one is starting or stopping. */
export function findCloud(stateDirectory = developmentState): Address | undefined {
  if (lockHolder(stateDirectory) === undefined) return undefined;
  try {
    return Address.parse(JSON.parse(readFileSync(fileIn(stateDirectory), 'utf8')));
  } catch {
    throw new ControlError('the local cloud of this folder is starting or stopping; try again in a moment');
  }
}

/**
 * Returns the running local cloud for a command that works on no other; rejects variables that name another one, and
 * prints its address.
 */
export function enterLocalCloud(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  stateDirectory = developmentState,
): Address | undefined {
  const { STAGE, AWS_ENDPOINT_URL: named } = environment;
  if (STAGE)
    throw new ControlError(
      `STAGE=${STAGE} is a stage of your account, and this command only works on the local cloud; leave STAGE out`,
    );
  const cloud = findCloud(stateDirectory);
  // By the port, since localhost is another name of this machine.
  if (cloud && named && URL.parse(named)?.port !== URL.parse(cloud.endpoint)?.port)
    throw new ControlError(
      `AWS_ENDPOINT_URL is ${named}, and the local cloud of this folder is at ${cloud.endpoint}; unset it, or change the folder`,
    );
  if (cloud) console.error(`local cloud at ${cloud.endpoint}`);
  return cloud;
}

/** Sends an action to the cloud that runs on a state directory. */
export async function ask<T = unknown>(
  action: string,
  input: object,
  stateDirectory = developmentState,
): Promise<T> {
  const cloud = findCloud(stateDirectory);
  if (!cloud)
    throw new ControlError('No local cloud is running here; start it with `make dev` in another terminal');
  try {
    const response = await fetch(`${cloud.endpoint}${controlPath}${action}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${cloud.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const result = (await response.json()) as { error?: { message: string } };
    if (response.ok) return result as T;
    throw new ControlError(result.error?.message ?? `${action}: HTTP ${response.status}`);
  } catch (cause) {
    if (cause instanceof ControlError) throw cause;
    throw new ControlError(
      `The local cloud at ${cloud.endpoint} does not respond; start it again with \`make dev\``,
      { cause },
    );
  }
}
