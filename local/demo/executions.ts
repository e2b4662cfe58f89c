import { callJson } from 'local-aws/client';
import type { HistoryEvent } from 'step-functions-local';
import type { LocalCloud } from '../cloud.ts';

export interface Execution {
  executionArn: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  error?: string;
  cause?: string;
}

/** Returns the operations on the pipeline's executions, over the API. */
export function pipelineExecutions(cloud: Pick<LocalCloud, 'endpoint' | 'region' | 'stateMachineArn'>) {
  const { stateMachineArn } = cloud;
  const call = <T>(operation: string, input: object) => callJson<T>(cloud, 'states', operation, input);

  /** Returns all events of an execution, oldest first. */
  async function history(executionArn: string): Promise<HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page: { events: HistoryEvent[]; nextToken?: string } = await call('GetExecutionHistory', {
        executionArn,
        maxResults: 1000,
        ...(nextToken && { nextToken }),
      });
      events.push(...page.events);
      nextToken = page.nextToken;
    } while (nextToken);
    return events;
  }

  return {
    history,

    async running(): Promise<Execution[]> {
      const listed = await call<{ executions: Execution[] }>('ListExecutions', {
        stateMachineArn,
        statusFilter: 'RUNNING',
      });
      return listed.executions;
    },

    async start(): Promise<string> {
      const name = `demo-${new Date().toISOString().replace(/\D/g, '')}`;
      const started = await call<Execution>('StartExecution', { stateMachineArn, name, input: '{}' });
      return started.executionArn;
    },

    stop: (executionArn: string, cause: string) => call('StopExecution', { executionArn, cause }),

    describe: (executionArn: string) => call<Execution>('DescribeExecution', { executionArn }),

    /** Returns the current or last job of an execution; the flow names a job before anything else. */
    async jobOf(executionArn: string): Promise<string | undefined> {
      for (const event of (await history(executionArn)).reverse()) {
        const jobId = jobIn(event);
        if (jobId) return jobId;
      }
      return undefined;
    },
  };
}
export type PipelineExecutions = ReturnType<typeof pipelineExecutions>;

/** Returns the state of an event that enters or leaves one. */
export function stateIn(event: HistoryEvent): { name: string; entered: boolean } | undefined {
  const entered = event.type.endsWith('StateEntered');
  const details = entered ? event.stateEnteredEventDetails : event.stateExitedEventDetails;
  return typeof details?.name === 'string' ? { name: details.name, entered } : undefined;
}

/** Returns the job id in the input of the state that an event enters. */
export function jobIn(event: HistoryEvent): string | undefined {
  const input = event.stateEnteredEventDetails?.input;
  if (typeof input !== 'string') return undefined;
  const { job_id } = (JSON.parse(input) ?? {}) as { job_id?: unknown };
  return typeof job_id === 'string' ? job_id : undefined;
}
