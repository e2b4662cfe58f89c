/** Callbacks for changes of stored data, called right after each. The journal has the actions of the cloud. */
export interface CloudObserver {
  /** An item of a table was written or deleted. */
  tableWritten(table: string): void;
  /** An object was written or deleted. */
  objectWritten(bucket: string, key: string): void;
  published(message: PublishedMessage): void;
  instanceChanged(instanceId: string): void;
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
    tableWritten: guarded(observer.tableWritten),
    objectWritten: guarded(observer.objectWritten),
    published: guarded(observer.published),
    instanceChanged: guarded(observer.instanceChanged),
  };
}
