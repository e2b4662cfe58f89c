import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../account.ts';
import { type CloudClock, createCloudClock } from '../clock/cloud-clock.ts';
import type { LogSink } from '../log.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type DeployedFunction, deployedFunction, type FunctionDefinition } from './definition.ts';
import { type FunctionChange, keepEnvironments } from './environments.ts';
import { failureLines, responseTooLarge } from './failures.ts';
import type { CodeChange, FunctionError, InvocationEvent } from './messages.ts';
import { parseName } from './qualified-name.ts';
import { unpackCode } from './uploaded-code.ts';
import { variablesOf } from './variables.ts';
import { latest, openVersions } from './versions.ts';

/** Maximum size in bytes of the payload or result of a synchronous invocation (Lambda quotas). */
export const maxPayload = 6 * 1024 * 1024;

export interface Result {
  requestId: string;
  payload: string;
  error?: FunctionError;
  /** The last 4 KB of what the function printed. */
  logTail: string;
}

export interface LambdaOptions {
  account: Account;
  /** The endpoint of AWS for the functions. */
  endpoint: string;
  log: LogSink;
  /** Milliseconds for which the thread of a function stays warm. */
  idleTime?: number;
  onInvocation?(news: InvocationEvent): void;
  /** The clock of time limits, which functions also see. */
  clock?: CloudClock;
  /** Folder of uploaded code, versions and aliases. */
  folder: string;
}

export interface Update {
  files?: ReadonlyMap<string, string | undefined>;
  declared?: readonly FunctionDefinition[];
}

/** The functions of this cloud, which run in threads. */
export type Functions = ReturnType<typeof createFunctions>;

/** Creates the registry of functions that invocations use. */
export function createFunctions({
  account,
  endpoint,
  log,
  idleTime = 5_000,
  onInvocation = () => {},
  clock = createCloudClock(),
  folder,
}: LambdaOptions) {
  const versions = openVersions(folder);
  const definitions = new Map<string, DeployedFunction>();
  const running = new Map<string, number>();
  /** Texts of changed files that differ from the disk. */
  const texts = new Map<string, string>();
  let generation = 0;
  const environments = keepEnvironments({
    clock,
    idleTime,
    texts: () => [...texts],
    variablesOf: (definition) => variablesOf(definition, account, endpoint),
  });
  const arnOf = (name: string) => `arn:aws:lambda:${account.region}:${account.id}:function:${name}`;

  function define(definition: FunctionDefinition): void {
    definitions.set(definition.name, deployedFunction(definition));
  }

  /** Returns a function by its name, or what a version or an alias of it runs. */
  function find(given: string): DeployedFunction {
    const { name, qualifier } = parseName(given);
    const definition = definitions.get(name);
    if (definition) return versions.resolve(definition, qualifier);
    throw new AwsError('ResourceNotFoundException', `Function not found: ${arnOf(name)}`, 404);
  }

  function change(name: string, changes: Partial<DeployedFunction>): void {
    definitions.set(name, { ...find(name), ...changes });
  }

  async function runOnce(definition: DeployedFunction, payload: string): Promise<Result> {
    const requestId = randomUUID();
    const startedAt = performance.now();
    onInvocation({ phase: 'started', function: definition.label, requestId, payload });
    const result = await runIn(requestId, definition, payload);
    onInvocation({
      phase: 'ended',
      function: definition.label,
      requestId,
      milliseconds: Math.round(performance.now() - startedAt),
      payload: result.payload,
      ...(result.error && { error: result.error }),
    });
    return result;
  }

  async function runIn(requestId: string, definition: DeployedFunction, payload: string): Promise<Result> {
    let tail = '';
    const onLine = (text: string) => {
      tail = `${tail}${text}\n`.slice(-4096);
      log({ source: definition.label, requestId, text });
    };
    const environment = environments.take(definition);
    const deadline = clock.now() + definition.timeout * 1000;
    const invocation = {
      kind: 'invoke' as const,
      requestId,
      payload,
      deadline,
      functionArn: `${arnOf(definition.name)}${definition.version === latest ? '' : `:${definition.version}`}`,
    };
    const worked = clock.work();
    const outcome = await environment.invoke(invocation, onLine).finally(worked);
    environments.giveBack(environment);
    const checked =
      'payload' in outcome && Buffer.byteLength(outcome.payload) > maxPayload
        ? { error: responseTooLarge(maxPayload) }
        : outcome;
    if ('payload' in checked) return { requestId, payload: checked.payload, logTail: tail };
    const { error } = checked;
    for (const text of failureLines(error)) log({ source: definition.label, requestId, text });
    return { requestId, payload: JSON.stringify(error), error, logTail: tail };
  }

  return {
    account,
    arnOf,
    find,
    define,
    versions,

    /** Changes $LATEST of a function, until it is declared again; later invocations use it. */
    change,
    upload: (name: string, zip: Uint8Array) => change(name, unpackCode(join(folder, 'code'), zip)),
    publish: (name: string, description?: string) => versions.publish(find(name), description),

    /**
     * Applies changed files, by path, and new declarations. Returns the results of the warm threads that are affected:
     * a thread keeps its code when the new one cannot be loaded.
     */
    async update({ files = new Map(), declared }: Update): Promise<FunctionChange[]> {
      const before = new Map(definitions);
      if (declared) {
        definitions.clear();
        for (const definition of declared) define(definition);
      }
      generation += 1;
      const change: CodeChange = {
        kind: 'change',
        generation,
        files: [...files].map(([path, text]) => [pathToFileURL(path).href, text ?? null]),
      };
      const changed = await environments.change(({ name, version }) => {
        const after = definitions.get(name);
        // A published version keeps the code and environment that it was published with.
        if (!after || version !== latest) return undefined;
        const isSame = isDeepStrictEqual(before.get(name)?.environment, after.environment);
        return isSame ? change : { ...change, variables: variablesOf(after, account, endpoint) };
      });
      if (changed.every(({ error }) => !error)) environments.replaceWorn((name) => definitions.get(name));
      return changed;
    },

    /** Sets the texts that new threads load instead of those on disk. */
    serveInstead(lastGood: ReadonlyMap<string, string>): void {
      texts.clear();
      for (const [path, text] of lastGood) texts.set(pathToFileURL(path).href, text);
    },
    list: () =>
      [...definitions.values()]
        .filter(({ hidden }) => !hidden)
        .sort((one, other) => one.name.localeCompare(other.name)),

    /** Runs a function and waits for it. A function's failure is a result, not a thrown error. */
    async invoke(given: string, payload: string): Promise<Result> {
      const definition = find(given);
      const { name } = definition;
      const busy = running.get(name) ?? 0;
      if (busy >= (definition.reservedConcurrency ?? Number.POSITIVE_INFINITY))
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
      running.set(name, busy + 1);
      try {
        return await runOnce(definition, payload);
      } finally {
        running.set(name, (running.get(name) ?? 1) - 1);
      }
    },
    /** Ends the threads of a function without notice, like a failing host. */
    kill: (name: string) => environments.kill(find(name)),
    close: () => environments.close(),
  };
}
