import type { CloudClock } from '../../clock/cloud-clock.ts';
import type { FunctionDefinition } from './definition.ts';
import { type Changed, type Environment, startEnvironment } from './environment.ts';
import type { CodeChange } from './messages.ts';

interface Options {
  clock: CloudClock;
  variablesOf(definition: FunctionDefinition): Record<string, string>;
  /** Milliseconds that an idle environment stays warm. */
  idleTime: number;
  /** URLs of files whose text is not what the disk has, for threads that start now. */
  texts(): readonly (readonly [string, string])[];
}

/** What a change came to in the thread of one function. */
export interface FunctionChange extends Changed {
  label: string;
}

/** Warm environments of all functions. */
export interface Environments {
  /** A free environment of this declaration; a new one when all are busy. */
  take(definition: FunctionDefinition): Environment;
  giveBack(environment: Environment): void;
  /** Starts the thread of a function that has none, so that its next invocation is a warm one. */
  warmUp(definition: FunctionDefinition): void;
  /** Hands a change to all threads; answers what came of it in those that it reaches and that had nothing else to do. */
  change(change: (definition: FunctionDefinition) => CodeChange | undefined): Promise<FunctionChange[]>;
  /** Ends what a function has, whatever it is at. */
  kill(definition: FunctionDefinition): Promise<void>;
  close(): Promise<void>;
}

/** Keeps environments for reuse, the latest used first, and ends those that nobody needs: each is a heap. */
export function keepEnvironments({ clock, variablesOf, idleTime, texts }: Options): Environments {
  const all = new Set<Environment>();
  const idle = new Map<string, { environment: Environment; timer: NodeJS.Timeout }[]>();

  async function retire(environment: Environment): Promise<void> {
    all.delete(environment);
    await environment.end();
  }

  function start(definition: FunctionDefinition): Environment {
    const started = startEnvironment(definition, variablesOf(definition), clock, texts());
    all.add(started);
    return started;
  }

  function takeIdle(definition: FunctionDefinition): Environment | undefined {
    const waiting = idle.get(definition.name) ?? [];
    for (let last = waiting.pop(); last; last = waiting.pop()) {
      clearTimeout(last.timer);
      if (last.environment.usable && isSameThread(last.environment.definition, definition))
        return last.environment;
      void retire(last.environment);
    }
    return undefined;
  }

  function keep(environment: Environment): void {
    const { name } = environment.definition;
    const waiting = idle.get(name) ?? [];
    const entry = {
      environment,
      timer: setTimeout(() => {
        waiting.splice(waiting.indexOf(entry), 1);
        void retire(environment);
      }, idleTime).unref(),
    };
    waiting.push(entry);
    idle.set(name, waiting);
  }

  return {
    take: (definition) => takeIdle(definition) ?? start(definition),
    giveBack(environment) {
      if (environment.usable) keep(environment);
      else void retire(environment);
    },
    warmUp(definition) {
      if (![...all].some((one) => one.definition.name === definition.name)) keep(start(definition));
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

/** What a thread gets at its start and never again; its environment it may be given anew. */
function isSameThread(one: FunctionDefinition, other: FunctionDefinition): boolean {
  return one.file === other.file && one.memory === other.memory;
}
