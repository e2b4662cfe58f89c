/** What somebody is told, right after it happened, who shows what the cloud stores. What it does is in the journal. */
export interface CloudObserver {
  /** An item of a table was written or deleted. */
  tableWritten(table: string): void;
  /** An object was written or deleted. */
  objectWritten(bucket: string, key: string): void;
  published(message: PublishedMessage): void;
  instanceChanged(instanceId: string): void;
}

/** What was sent to an SNS topic. */
export interface PublishedMessage {
  topicArn: string;
  subject: string;
  text: string;
}

/** A listener's mistake must not cost the one who is watched anything. */
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
