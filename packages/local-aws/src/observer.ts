import type { StatesServiceOptions } from 'step-functions-local';
import type { ShownClock } from './clock/start.ts';
import type { InvocationEvent } from './lambda/messages.ts';
import type { LogEntry } from './log.ts';
import type { Problems, Reloaded } from './reload/reports.ts';

/** Callbacks for events in the cloud, called right after each. */
export interface CloudObserver {
  /** A service, a function or a machine printed a line. */
  logged(entry: LogEntry): void;
  /** An invocation of a function started or ended. */
  invoked(news: InvocationEvent): void;
  /** An execution of a state machine has a new event. */
  executionEvent: NonNullable<StatesServiceOptions['onEvent']>;
  /** An item of a table was written or deleted. */
  tableWritten(table: string): void;
  /** An object was written or deleted. */
  objectWritten(bucket: string, key: string): void;
  published(message: PublishedMessage): void;
  instanceChanged(instanceId: string): void;
  /** The clock has changed. */
  clockChanged(shown: ShownClock): void;
  /** Saved changes were loaded. */
  reloaded(reloaded: Reloaded): void;
  /** The problems of a check have changed. */
  problemsFound(problems: Problems): void;
}

/** A message published to an SNS topic. */
export interface PublishedMessage {
  topicArn: string;
  subject: string;
  text: string;
}

/** Wraps an observer so that its errors do not affect the cloud. */
export function guardedObserver(observer: Partial<CloudObserver>): CloudObserver {
  const guarded =
    <A extends unknown[]>(listen: ((...told: A) => void) | undefined) =>
    (...told: A) => {
      try {
        listen?.(...told);
      } catch (error) {
        console.error('cloud: an observer failed:', error);
      }
    };
  return {
    logged: guarded(observer.logged),
    invoked: guarded(observer.invoked),
    executionEvent: guarded(observer.executionEvent),
    tableWritten: guarded(observer.tableWritten),
    objectWritten: guarded(observer.objectWritten),
    published: guarded(observer.published),
    instanceChanged: guarded(observer.instanceChanged),
    clockChanged: guarded(observer.clockChanged),
    reloaded: guarded(observer.reloaded),
    problemsFound: guarded(observer.problemsFound),
  };
}
