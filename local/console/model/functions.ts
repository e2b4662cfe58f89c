/** The deployed functions with their sample events and recent invocations. */
import type { InvocationEvent } from 'local-aws';
import { functions as manifest } from '../../../config/functions.ts';
import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';
import { samplesOf } from '../../sample-events.ts';

export interface Invocation {
  requestId: string;
  function: string;
  /** ms since 1970 */
  started: number;
  /** JSON text. */
  event: string;
  milliseconds?: number;
  /** JSON text of the result or the error; undefined while it runs. */
  result?: string;
  failed?: boolean;
}

type LatestInvocation = { started: number; failed?: boolean | undefined; milliseconds?: number | undefined };

export interface ShownFunction {
  name: string;
  purpose: string;
  /** MB */
  memory: number;
  /** seconds */
  timeout: number;
  latest?: LatestInvocation;
}

export interface FunctionDetails extends ShownFunction {
  environment: Record<string, string>;
  samples: { name: string; event: string }[];
  /** Newest first. */
  invocations: Invocation[];
}

/** Number of invocations kept, over all functions. */
const kept = 200;

export type Invocations = ReturnType<typeof keepInvocations>;

export function keepInvocations() {
  const invocations = new Map<string, Invocation>();
  return {
    take(news: InvocationEvent, at: number): void {
      const { requestId, function: name } = news;
      if (news.phase === 'started') {
        invocations.set(requestId, { requestId, function: name, started: at, event: news.payload });
        const [oldest] = invocations.keys();
        if (invocations.size > kept && oldest) invocations.delete(oldest);
        return;
      }
      const known = invocations.get(requestId);
      if (!known) return;
      const { milliseconds, payload: result, error } = news;
      invocations.set(requestId, { ...known, milliseconds, result, failed: error !== undefined });
    },
    /** Newest first. */
    of: (name: string): Invocation[] =>
      [...invocations.values()].filter((one) => one.function === name).reverse(),
  };
}

export function functionsModel(cloud: ShownCloud, access: CloudAccess, invocations: Invocations) {
  /** Functions are named as in the log: without the prefix of the deployment. */
  const prefix = `${cloud.stateMachineArn.split(':').at(-1)}-`;

  async function all(): Promise<(ShownFunction & Pick<FunctionDetails, 'environment'>)[]> {
    const deployed = await access.functions();
    return deployed.map(({ FunctionName, MemorySize, Timeout, Environment }) => {
      const name = FunctionName.startsWith(prefix) ? FunctionName.slice(prefix.length) : FunctionName;
      const [latest] = invocations
        .of(name)
        .map(({ started, failed, milliseconds }) => ({ started, failed, milliseconds }));
      return {
        name,
        purpose: Object.entries(manifest).find(([declared]) => declared === name)?.[1].purpose ?? '',
        memory: MemorySize,
        timeout: Timeout,
        environment: Environment.Variables,
        ...(latest && { latest }),
      };
    });
  }

  return {
    /** Newest first. */
    invocationsOf: invocations.of,

    /** Omits environments, which are long; the details of a function include them. */
    list: async (): Promise<ShownFunction[]> => (await all()).map(({ environment: _, ...shown }) => shown),

    async details(name: string): Promise<FunctionDetails | undefined> {
      const found = (await all()).find((one) => one.name === name);
      return found && { ...found, samples: await samplesOf(name), invocations: invocations.of(name) };
    },
  };
}
