import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { createCloudClock } from '../clock/cloud-clock.ts';
import type { Problem } from '../journal.ts';
import type { PipelineSources } from '../pipeline.ts';
import { type Environment, startEnvironment } from '../services/lambda/environment.ts';
import type { FunctionError } from '../services/lambda/messages.ts';
import type { Deployment, ReloadSettings } from './deployment.ts';
import { placeOf } from './syntax.ts';
import type { ChangedFiles } from './watch.ts';

const file = fileURLToPath(new URL('./deployment.ts', import.meta.url));
const definition = { name: 'deployment', label: 'settings', file, environment: {}, memory: 256, timeout: 30 };

export interface Reading {
  /** The current deployment; undefined when it has not changed. */
  deployment?: Deployment;
  problem?: Problem;
}

/** Reads the manifests and the settings of a local run, and reads them again when they change. */
export function readDeployment(settings: ReloadSettings, sources: PipelineSources) {
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
        payload: JSON.stringify({ settings, sources }),
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

  return {
    read,
    /** Returns the effect of a code change; empty when it does not concern settings. */
    async change(files: ChangedFiles): Promise<Reading> {
      if (!thread?.usable) return read();
      generation += 1;
      const changed = await thread.change({
        kind: 'change',
        generation,
        files: [...files].map(([path, text]) => [new URL(path, 'file:').href, text ?? null]),
      });
      if (changed?.error) return { problem: problemOf(changed.error) };
      return changed?.reached ? read() : {};
    },
    close() {
      clock.close();
      return thread?.end();
    },
  };
}

function problemOf(error: FunctionError): Problem {
  return { file: 'config/settings/index.ts', ...placeOf(error), message: error.errorMessage };
}
