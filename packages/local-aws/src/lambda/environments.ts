import type { CloudClock } from '../clock/cloud-clock.ts';
import type { DeployedFunction } from './definition.ts';
import { type Changed, type Environment, startEnvironment } from './environment.ts';
import type { CodeChange } from './messages.ts';

interface Options {
  clock: CloudClock;
  variablesOf(definition: DeployedFunction): Record<string, string>;
  /** Milliseconds for which an idle environment stays warm. */
  idleTime: number;
  /** Returns the URLs and texts of files that differ from the disk, for threads that start now. */
  texts(): readonly (readonly [string, string])[];
}

/** The result of a change in the thread of one function. */
export interface FunctionChange extends Changed {
  label: string;
}

/** Warm environments of all functions. */
export interface Environments {
  /** Returns a free environment of this declaration, or a new one when all are busy. */
  take(definition: DeployedFunction): Environment;
  giveBack(environment: Environment): void;
  /** Sends a change to all threads. Returns the results of the idle threads that it affects. */
  change(change: (definition: DeployedFunction) => CodeChange | undefined): Promise<FunctionChange[]>;
  /** Starts a new thread in the place of each idle one that is worn; it loads the code before the next invocation. */
  replaceWorn(definitionOf: (name: string) => DeployedFunction | undefined): void;
  /** Ends all environments of a function, even busy ones. */
  kill(definition: DeployedFunction): Promise<void>;
  close(): Promise<void>;
}

/** Keeps environments for reuse, the most recently used first, and ends unused ones, since each has its own heap. */
export function keepEnvironments({ clock, variablesOf, idleTime, texts }: Options): Environments {
  const all = new Set<Environment>();
  const idle = new Map<string, { environment: Environment; timer: NodeJS.Timeout }[]>();

  async function retire(environment: Environment): Promise<void> {
    all.delete(environment);
    await environment.end();
  }

  function start(definition: DeployedFunction): Environment {
    const started = startEnvironment(definition, variablesOf(definition), clock, texts());
    all.add(started);
    return started;
  }

  function takeIdle(definition: DeployedFunction): Environment | undefined {
    const waiting = idle.get(keyOf(definition)) ?? [];
    for (let last = waiting.pop(); last; last = waiting.pop()) {
      clearTimeout(last.timer);
      if (last.environment.usable && isSameThread(last.environment.definition, definition))
        return last.environment;
      void retire(last.environment);
    }
    return undefined;
  }

  function keep(environment: Environment): void {
    const key = keyOf(environment.definition);
    const waiting = idle.get(key) ?? [];
    const entry = {
      environment,
      timer: setTimeout(() => {
        waiting.splice(waiting.indexOf(entry), 1);
        void retire(environment);
      }, idleTime).unref(),
    };
    waiting.push(entry);
    idle.set(key, waiting);
  }

  return {
    take: (definition) => takeIdle(definition) ?? start(definition),
    giveBack(environment) {
      if (environment.usable) keep(environment);
      else void retire(environment);
    },
    async change(changeOf) {
      const free = new Set([...idle.values()].flat().map(({ environment }) => environment));
      const changed = [...all].flatMap((environment) => {
        const change = changeOf(environment.definition);
        if (!change) return [];
        const answer = environment.change(change);
        return free.has(environment)
          ? [answer.then((one) => one && { ...one, label: environment.definition.label })]
          : [];
      });
      return (await Promise.all(changed)).flatMap((one) => (one?.reached ? one : []));
    },
    replaceWorn(definitionOf) {
      for (const waiting of idle.values())
        for (const entry of waiting.filter(({ environment }) => environment.worn)) {
          clearTimeout(entry.timer);
          waiting.splice(waiting.indexOf(entry), 1);
          void retire(entry.environment);
          const definition = definitionOf(entry.environment.definition.name);
          if (definition) keep(start(definition));
        }
    },
    async kill({ name }) {
      await Promise.all(
        [...all].filter(({ definition }) => definition.name === name).map((one) => one.end()),
      );
    },
    async close() {
      for (const { timer } of [...idle.values()].flat()) clearTimeout(timer);
      idle.clear();
      await Promise.all([...all].map(retire));
    },
  };
}

/** Versions of a function never share a thread, since each has its own code and environment. */
const keyOf = ({ name, version }: DeployedFunction) => `${name}:${version}`;

/** Returns whether two declarations can share a thread; they can differ in their environment. */
function isSameThread(one: DeployedFunction, other: DeployedFunction): boolean {
  return one.file === other.file && one.memory === other.memory;
}
