import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { storedJson } from '../services/stored-json.ts';
import { ControlError, controlPath } from './control.ts';

const Address = z.object({ endpoint: z.url(), token: z.string() });
type Address = z.infer<typeof Address>;

/** The folder of everything that `make dev` stores. */
const developmentState = resolve('.local', 'dev');

const fileIn = (stateDirectory: string) => join(stateDirectory, 'control.json');

/** Lets commands of the same user find the cloud on a state directory. Returns a function that ends this. */
export function announce(stateDirectory: string, address: Address): () => void {
  storedJson(fileIn(stateDirectory), Address, address).write(address);
  return () => rmSync(fileIn(stateDirectory), { force: true });
}

/** Returns the cloud that runs on a state directory; undefined when none runs. */
export function findCloud(stateDirectory = developmentState): Address | undefined {
  try {
    return Address.parse(JSON.parse(readFileSync(fileIn(stateDirectory), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Sends an action to the cloud that runs on a state directory. */
export async function ask<T = unknown>(
  action: string,
  input: object,
  stateDirectory = developmentState,
): Promise<T> {
  const cloud = findCloud(stateDirectory);
  if (!cloud)
    throw new ControlError('No local cloud runs here; start it with `make dev` in another terminal');
  const response = await fetch(`${cloud.endpoint}${controlPath}${action}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${cloud.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  }).catch((cause: Error) => {
    throw new ControlError(
      `The local cloud at ${cloud.endpoint} does not respond; start it again with \`make dev\``,
      {
        cause,
      },
    );
  });
  const answer = (await response.json()) as { error?: { message: string } };
  if (response.ok) return answer as T;
  throw new ControlError(answer.error?.message ?? `${action}: HTTP ${response.status}`);
}
