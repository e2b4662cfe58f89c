import type { Cloud } from 'local-aws';
import * as z from 'zod';
import { type Control, ControlError } from '../control/control.ts';
import { flowName, sandboxName } from '../pipeline.ts';
import { isOfSampleJob } from '../sample-events.ts';
import type { SourceProblem } from '../source-problems.ts';
import { problemText } from '../terminal/lines.ts';

const Invoke = z.object({
  /** With or without the deployment's prefix. */
  function: z.string().min(1),
  event: z.unknown().default({}),
  /** With tables and a bucket for samples, instead of the pipeline's; by default for a sample about a job. */
  sandbox: z.boolean().optional(),
  /** An earlier invocation, which decides about the sandbox. */
  like: z.string().optional(),
  /** In the sandbox, on a copy of the job of the event. */
  beside: z.boolean().default(false),
});

export interface Invoked {
  requestId: string;
  result: unknown;
  failed: boolean;
  log: string;
  sandbox: boolean;
}

interface Options extends Pick<Cloud, 'functions' | 'invoke'> {
  problems(): SourceProblem[];
  /** Creates the tables and the bucket of the sandbox, unless they exist. */
  prepareSandbox(): Promise<void>;
  /** Copies the job of an event into the sandbox, and returns the event for the copy. */
  copyIntoSandbox(functionName: string, event: unknown): Promise<unknown>;
}

export const notAFunction = (wanted: string, labels: readonly string[]) =>
  new ControlError(`${wanted} is not a function; the functions are ${labels.toSorted().join(', ')}`);

/** Offers the action that runs one function and returns its result and output. */
export function offerInvoke(
  control: Control,
  { functions, invoke, problems, prepareSandbox, copyIntoSandbox }: Options,
): void {
  const sandboxed = new Set<string>();
  let preparing: Promise<void> | undefined;
  control.add('invoke', Invoke, async ({ function: wanted, event, ...how }): Promise<Invoked> => {
    const found = functions().find(({ name, label }) => wanted === name || wanted === label);
    if (!found)
      throw notAFunction(
        wanted,
        functions().map(({ label }) => label),
      );
    const wasSandboxed = sandboxed.has(how.like ?? '');
    const sandbox = how.sandbox ?? (how.beside || wasSandboxed || (await isOfSampleJob(found.label, event)));
    if (sandbox) {
      preparing ??= prepareSandbox();
      await preparing;
    }
    // What ran in the sandbox before has its job there.
    const copied = how.beside && !wasSandboxed ? await copyIntoSandbox(found.label, event) : event;
    const name = sandbox ? found.name.replace(flowName, sandboxName) : found.name;
    const { requestId, payload, error, logTail } = await invoke(name, JSON.stringify(copied ?? {}));
    if (sandbox) sandboxed.add(requestId);
    // Code with wrong types still runs; with other mistakes the last good version does.
    const old = problems().filter(({ check }) => check !== 'types');
    const notes = old.map(
      (problem) => `the last good version ran: ${problem.check}: ${problemText(problem)}\n`,
    );
    return {
      requestId,
      result: JSON.parse(payload),
      failed: error !== undefined,
      log: notes.join('') + logTail,
      sandbox,
    };
  });
}
