/** Reports of the status of executions, as AWS sends them to EventBridge. */

import { redrivableEvents as mostEvents } from './history.ts';
import type { Executions } from './store/executions.ts';
import type { ExecutionRecord, MapRunRecord } from './store/records.ts';

/** `detail` of EventBridge's `Step Functions Execution Status Change`; times are ms since the epoch. */
export type StatusChange = ReturnType<typeof detailOf>;

/** An execution can be redriven for 14 days after its end (RedriveExecution of AWS's API). */
const redrivableMs = 14 * 24 * 3600 * 1000;

const notRedrivable = (reason: string) => ({
  redriveStatus: 'NOT_REDRIVABLE',
  redriveStatusReason: reason,
});

type RedriveSubject = Pick<ExecutionRecord, 'imported' | 'mapRun' | 'stopDate' | 'eventCount'> & {
  readonly status: string;
  readonly machineDeleting?: boolean;
};

export function redriveStatus(
  { status, imported, mapRun, stopDate = 0, eventCount, machineDeleting }: RedriveSubject,
  now: number,
): {
  redriveStatus: string;
  redriveStatusReason?: string;
} {
  if (imported)
    return notRedrivable(
      'An imported execution is read-only; make invoke WHAT=replay runs it again from any of its states',
    );
  if (machineDeleting) return notRedrivable('State machine is in DELETING status');
  if (['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE'].includes(status))
    return notRedrivable(`Execution is ${status} and cannot be redriven`);
  if (eventCount >= mostEvents) return notRedrivable('Execution history event limit exceeded');
  if (now - stopDate > redrivableMs) return notRedrivable('Execution redrivable period exceeded');
  return { redriveStatus: mapRun === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' };
}

/** Returns whether a child that was unsuccessful waits for the redrive of its run. Its status is then PENDING_REDRIVE. */
export function awaitsRedrive(
  { status, position = 0, eventCount }: Pick<ExecutionRecord, 'status' | 'position' | 'eventCount'>,
  { redrivenTo }: Pick<MapRunRecord, 'redrivenTo'>,
): boolean {
  const ended = status !== 'RUNNING' && status !== 'SUCCEEDED';
  return ended && redrivenTo !== undefined && position > redrivenTo && eventCount < mostEvents;
}

/** Bytes of input and output, escaped as texts in JSON, that AWS puts into an event (the guide's page of EventBridge). */
const roomForData = 248 * 1024;

function escapedBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

/** Returns input and output as far as they fit: the input goes first. */
function dataOf({ input, output }: ExecutionRecord) {
  const inputBytes = escapedBytes(input);
  const outputBytes = escapedBytes(output ?? '');
  const withOutput = outputBytes <= roomForData;
  const withInput = inputBytes + outputBytes <= roomForData;
  return {
    input: withInput ? input : null,
    inputDetails: { included: withInput },
    output: withOutput ? (output ?? null) : null,
    outputDetails: output === undefined ? null : { included: withOutput },
  };
}

function detailOf(record: ExecutionRecord) {
  const { redriveStatus: status, redriveStatusReason: reason } = redriveStatus(record, record.stopDate ?? 0);
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    stateMachineVersionArn: record.versionArn ?? null,
    stateMachineAliasArn: record.aliasArn ?? null,
    name: record.name,
    status: record.status,
    startDate: record.startDate,
    stopDate: record.stopDate ?? null,
    ...dataOf(record),
    error: record.error ?? null,
    cause: record.cause ?? null,
    redriveCount: record.redriveCount,
    redriveDate: record.redriveDate ?? null,
    redriveStatus: status,
    redriveStatusReason: reason ?? null,
  };
}

/** Reports each status at least once, also when the process is killed before a report is complete. */
export class StatusChanges {
  readonly #executions: Executions;
  readonly #listener: (change: StatusChange) => Promise<unknown>;
  #closed = false;

  constructor(executions: Executions, listener: (change: StatusChange) => Promise<unknown>) {
    this.#executions = executions;
    this.#listener = listener;
  }

  /** Reports again what was not reported when the service ended. */
  resume(): void {
    for (const record of this.#executions.unannounced()) this.report(record);
  }

  report(record: ExecutionRecord): void {
    this.#listener(detailOf(record)).then(
      () => {
        if (!this.#closed) this.#executions.markAnnounced(record);
      },
      (error) => console.error('states: a change of status could not be reported:', error),
    );
  }

  close(): void {
    this.#closed = true;
  }
}
