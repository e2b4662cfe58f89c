/** Executions of every state machine of the local cloud, as the page shows them. */

import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';
import { aslGraph } from '../graph/asl-graph.ts';
import { type Drawing, drawGraph } from '../graph/layout.ts';
import { filterOf, type Listing } from '../listing.ts';
import { eventListing } from '../page/event-listing.ts';
import { fold, newHistory } from '../page/visits.ts';
import { type FullEvent, type SlimEvent, slimEvent } from '../slim-event.ts';

export interface MachineSummary {
  arn: string;
  name: string;
  type: string;
}

export interface ExecutionSummary {
  arn: string;
  machine: string;
  name: string;
  status: string;
  /** ms since 1970 */
  started: number;
  stopped?: number;
}

export interface ExecutionDetails extends ExecutionSummary {
  machineArn: string;
  input: string;
  output?: string | undefined;
  error?: string | undefined;
  cause?: string | undefined;
  redriveCount: number;
  redrivable: boolean;
  drawing: Drawing;
}

interface Described {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: string;
  startDate: number;
  stopDate?: number;
  input?: string;
  output?: string;
  error?: string;
  cause?: string;
  redriveCount?: number;
  redriveStatus?: string;
}

export const executionListing: Listing<ExecutionSummary> = {
  fields: {
    name: ({ name }) => name,
    machine: ({ machine }) => machine,
    status: ({ status }) => status,
    started: ({ started }) => started,
    took: ({ started, stopped }) => stopped && stopped - started,
  },
  text: ({ machine, name }) => `${machine} ${name}`,
  time: ({ started }) => started,
  choices: ['status', 'machine'],
};

/** Number of the latest executions whose histories are searched for a job. */
const searched = 100;
/** Number of events read at a time, so that a long history does not block the event loop. */
const chunk = 2_000;

const jobPattern = /\bjob-[a-z0-9][a-z0-9-]{2,62}\b/g;

export function executionsModel(cloud: ShownCloud, access: CloudAccess) {
  const drawings = new Map<string, Promise<Drawing>>();
  const mentioned = new Map<string, { jobs: Set<string>; events: number }>();

  /** Drawings are cached by definition; there are only a few. */
  function drawingOf(definition: string): Promise<Drawing> {
    const known = drawings.get(definition);
    if (known) return known;
    if (drawings.size >= 50) drawings.clear();
    const drawing = drawGraph(aslGraph(definition));
    drawings.set(definition, drawing);
    return drawing;
  }

  /** Returns the ids of jobs in a history. Reads only the events that were added since the last call. */
  function jobsIn(arn: string): ReadonlySet<string> {
    const known = mentioned.get(arn) ?? { jobs: new Set<string>(), events: 0 };
    mentioned.set(arn, known);
    for (let texts = cloud.history(arn, known.events, chunk); texts.length; ) {
      for (const text of texts) for (const [job] of text.matchAll(jobPattern)) known.jobs.add(job);
      known.events += texts.length;
      texts = cloud.history(arn, known.events, chunk);
    }
    return known.jobs;
  }

  async function machines(): Promise<MachineSummary[]> {
    const { stateMachines } = await access.states<{
      stateMachines: { stateMachineArn: string; name: string; type: string }[];
    }>('ListStateMachines', { maxResults: 1000 });
    return stateMachines.map(({ stateMachineArn: arn, name, type }) => ({ arn, name, type }));
  }

  async function listed(
    of: { stateMachineArn: string } | { mapRunArn: string },
  ): Promise<ExecutionSummary[]> {
    const found: ExecutionSummary[] = [];
    let nextToken: string | undefined;
    do {
      const page = await access.states<{ executions: Described[]; nextToken?: string }>('ListExecutions', {
        ...of,
        maxResults: 1000,
        ...(nextToken && { nextToken }),
      });
      found.push(...page.executions.map(summary));
      ({ nextToken } = page);
    } while (nextToken);
    return found;
  }

  return {
    machines,

    async machine(name: string) {
      const machine = (await machines()).find((one) => one.name === name);
      if (!machine) return undefined;
      const { definition } = await access.states<{ definition: string }>('DescribeStateMachine', {
        stateMachineArn: machine.arn,
      });
      return { ...machine, definition, drawing: await drawingOf(definition) };
    },

    /** Returns the executions of every machine, newest first. */
    async list(): Promise<ExecutionSummary[]> {
      const standard = (await machines()).filter(({ type }) => type === 'STANDARD');
      const lists = await Promise.all(standard.map(({ arn }) => listed({ stateMachineArn: arn })));
      return lists.flat().sort((one, other) => other.started - one.started);
    },

    async details(arn: string): Promise<ExecutionDetails> {
      const [described, { definition }] = await Promise.all([
        access.states<Described>('DescribeExecution', { executionArn: arn }),
        access.states<{ definition: string }>('DescribeStateMachineForExecution', { executionArn: arn }),
      ]);
      const { input = '', output, error, cause, redriveCount = 0, redriveStatus } = described;
      return {
        ...summary(described),
        machineArn: described.stateMachineArn,
        input,
        ...{ output, error, cause, redriveCount },
        redrivable: redriveStatus === 'REDRIVABLE',
        drawing: await drawingOf(definition),
      };
    },

    /** Yields all events after a given one, without their data. */
    async *history(arn: string, after: number): AsyncGenerator<SlimEvent[]> {
      for (let last = after; ; ) {
        const texts = cloud.history(arn, last, chunk);
        if (texts.length === 0) return;
        yield texts.map((text) => slimEvent(JSON.parse(text)));
        last += texts.length;
        await new Promise(setImmediate);
      }
    },

    /** Yields the events that a query asks for, with all their data, as JSON texts. */
    async *exported(arn: string, query: URLSearchParams): AsyncGenerator<string[]> {
      const all = newHistory();
      for await (const events of this.history(arn, 0)) fold(all, events);
      const accepts = filterOf(eventListing(all.visitOf), query, cloud.clock.now());
      const accepted = all.events.map(accepts);
      for (let last = 0; last < accepted.length; ) {
        const texts = cloud.history(arn, last, chunk);
        const from = last;
        yield texts.filter((_, index) => accepted[from + index]);
        last += texts.length;
        await new Promise(setImmediate);
      }
    },

    /** Returns the executions that the distributed Maps of an execution have started, such as those of shards of a render. */
    async childrenOf(executionArn: string): Promise<ExecutionSummary[]> {
      const { mapRuns } = await access.states<{ mapRuns: { mapRunArn: string }[] }>('ListMapRuns', {
        executionArn,
        maxResults: 1000,
      });
      const lists = await Promise.all(mapRuns.map(({ mapRunArn }) => listed({ mapRunArn })));
      return lists.flat().sort((one, other) => one.started - other.started);
    },

    /** Returns the state that was entered last; a waiting execution has few events after that. */
    async lastState(arn: string): Promise<string | undefined> {
      const { events } = await access.states<{ events: FullEvent[] }>('GetExecutionHistory', {
        executionArn: arn,
        reverseOrder: true,
        maxResults: 100,
        includeExecutionData: false,
      });
      const entered = events.find(({ type }) => type.endsWith('StateEntered'));
      const name = entered?.stateEnteredEventDetails?.name;
      return typeof name === 'string' ? name : undefined;
    },

    /** Returns the latest executions whose history mentions a job, newest first. */
    async ofJob(jobId: string): Promise<ExecutionSummary[]> {
      return (await this.list()).slice(0, searched).filter(({ arn }) => jobsIn(arn).has(jobId));
    },

    /** Returns the ids of the jobs that an execution has made; the last one can be without a chapter, and is in no table. */
    jobsOf: jobsIn,

    /** Returns one event with all its data. */
    event(arn: string, id: number): FullEvent | undefined {
      const [text] = cloud.history(arn, id - 1, 1);
      return text === undefined ? undefined : JSON.parse(text);
    },
  };
}

function summary({ executionArn, name, status, startDate, stopDate }: Described): ExecutionSummary {
  return {
    arn: executionArn,
    machine: executionArn.split(':').at(-2) ?? '',
    name,
    status,
    started: Math.round(startDate * 1000),
    ...(stopDate !== undefined && { stopped: Math.round(stopDate * 1000) }),
  };
}
