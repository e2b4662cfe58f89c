import type { FunctionDefinition, LoadFunction } from './definition.ts';
import { type Environment, startEnvironment } from './environment.ts';

interface Options {
  load: LoadFunction;
  variablesOf(definition: FunctionDefinition): Record<string, string>;
  /** Milliseconds that an idle environment stays warm. */
  idleTime: number;
}

/** Warm environments of all functions. */
export interface Environments {
  /** A free environment with the present code; a new one when all are busy. */
  take(definition: FunctionDefinition): Promise<Environment>;
  giveBack(definition: FunctionDefinition, environment: Environment): void;
  close(): Promise<void>;
}

/** Keeps environments for reuse, the latest used first, and ends those that nobody needs: each is a heap. */
export function keepEnvironments({ load, variablesOf, idleTime }: Options): Environments {
  const all = new Set<Environment>();
  const idle = new Map<string, { environment: Environment; timer: NodeJS.Timeout }[]>();

  async function retire(environment: Environment): Promise<void> {
    all.delete(environment);
    await environment.end();
  }

  function takeIdle(name: string, version: string): Environment | undefined {
    const waiting = idle.get(name) ?? [];
    for (let last = waiting.pop(); last; last = waiting.pop()) {
      clearTimeout(last.timer);
      if (last.environment.usable && last.environment.version === version) return last.environment;
      void retire(last.environment);
    }
    return undefined;
  }

  return {
    async take(definition) {
      const code = await load(definition);
      const warm = takeIdle(definition.name, code.version);
      if (warm) return warm;
      const started = startEnvironment(definition, code, variablesOf(definition));
      all.add(started);
      return started;
    },
    giveBack(definition, environment) {
      if (!environment.usable) return void retire(environment);
      const waiting = idle.get(definition.name) ?? [];
      const entry = {
        environment,
        timer: setTimeout(() => {
          waiting.splice(waiting.indexOf(entry), 1);
          void retire(environment);
        }, idleTime).unref(),
      };
      waiting.push(entry);
      idle.set(definition.name, waiting);
    },
    async close() {
      for (const { timer } of [...idle.values()].flat()) clearTimeout(timer);
      idle.clear();
      await Promise.all([...all].map(retire));
    },
  };
}
