import { isDeepStrictEqual } from 'node:util';
import { createCloudClock } from '../clock/cloud-clock.ts';
import type { Deployment } from '../deployment.ts';
import { type Environment, startEnvironment } from '../lambda/environment.ts';
import type { FunctionError } from '../lambda/messages.ts';
import type { Problem } from './reports.ts';
import { placeOf } from './syntax.ts';
import type { ChangedFiles } from './watch.ts';

/** A module whose exported `handler(event)` returns the deployment as JSON; it is reloaded as functions are. */
export interface DeploymentModule {
  file: string;
  event: unknown;
}

export interface Reading {
  /** The current deployment; undefined when it has not changed. */
  deployment?: Deployment;
  problem?: Problem;
}

/** Reads the deployment from its module, in a thread, and reads it again when its code changes. */
export function readDeployment({ file, event }: DeploymentModule) {
  const definition = {
    name: 'deployment',
    label: 'settings',
    version: '$LATEST',
    aliases: [],
    file,
    environment: {},
    memory: 256,
    timeout: 30,
  };
  const clock = createCloudClock();
  let thread: Environment | undefined;
  let generation = 0;
  let last: Deployment | undefined;

  async function read(): Promise<Reading> {
    thread ??= startEnvironment(definition, {}, clock);
    const outcome = await thread.invoke(
      {
        kind: 'invoke',
        requestId: 'settings',
        payload: JSON.stringify(event),
        deadline: clock.now() + definition.timeout * 1000,
        functionArn: '',
      },
      () => {},
    );
    if (!thread.usable) thread = undefined;
    if ('error' in outcome) return { problem: problemOf(outcome.error) };
    const deployment = JSON.parse(outcome.payload) as Deployment;
    if (isDeepStrictEqual(deployment, last)) return {};
    last = deployment;
    return { deployment };
  }

  function problemOf(error: FunctionError): Problem {
    return { file, ...placeOf(error), message: error.errorMessage };
  }

  return {
    read,
    /** Returns the effect of a code change; empty when it does not concern the deployment. */
    async change(files: ChangedFiles): Promise<Reading> {
      if (!thread?.usable) return read();
      generation += 1;
      const changed = await thread.change({
        kind: 'change',
        generation,
        files: [...files].map(([path, text]) => [new URL(path, 'file:').href, text ?? null]),
      });
      if (changed?.error) return { problem: problemOf(changed.error) };
      if (thread.worn) {
        await thread.end();
        thread = undefined;
      }
      return changed?.reached ? read() : {};
    },
    close() {
      clock.close();
      return thread?.end();
    },
  };
}

/** Returns the reader of a deployment that never changes. */
export const fixedDeployment = (deployment: Deployment): ReturnType<typeof readDeployment> => ({
  read: async () => ({ deployment }),
  change: async () => ({}),
  close: async () => {},
});
