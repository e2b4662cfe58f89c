import { randomUUID } from 'node:crypto';
import type { Account } from '../account.ts';
import type { LogSink } from '../log.ts';
import { type EventPattern, matches } from './pattern.ts';

export interface EventRule {
  name: string;
  pattern: EventPattern;
  /** Names of the functions that receive the event. */
  functions: readonly string[];
}

/** An event as it is put on the bus. */
export interface EventEntry {
  source: string;
  detailType: string;
  detail: unknown;
  resources?: readonly string[];
  time?: Date;
}

export interface EventBus {
  /** Replaces all rules. */
  setRules(rules: readonly EventRule[]): void;
  /** Delivers the event to every matching rule. Resolves when all targets got it or used up their attempts. */
  publish(entry: EventEntry): Promise<{ eventId: string }>;
}

interface Options {
  account: Account;
  invoke(functionName: string, payload: string): Promise<void>;
  log: LogSink;
  now?(): number;
}

/** Creates the default event bus, with functions as targets. */
export function createEventBus({ account, invoke, log, now = Date.now }: Options): EventBus {
  const rules: EventRule[] = [];

  async function deliver(rule: EventRule, payload: string): Promise<void> {
    const sent = rule.functions.map((name) =>
      invoke(name, payload).catch((error: Error) =>
        log({ source: 'events', text: `${rule.name} → ${name}: ${error.message}` }),
      ),
    );
    await Promise.all(sent);
  }

  return {
    setRules: (all) => void rules.splice(0, rules.length, ...all),
    async publish({ source, detailType, detail, resources = [], time = new Date(now()) }) {
      const event = {
        version: '0',
        id: randomUUID(),
        'detail-type': detailType,
        source,
        account: account.id,
        time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
        region: account.region,
        resources,
        detail,
      };
      const payload = JSON.stringify(event);
      const wanted = rules.filter((rule) => matches(rule.pattern, event));
      await Promise.all(wanted.map((rule) => deliver(rule, payload)));
      return { eventId: event.id };
    },
  };
}
