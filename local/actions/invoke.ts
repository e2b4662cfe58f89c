import type { Cloud } from 'local-aws';
import { z } from 'zod';
import { type Control, ControlError } from '../control/control.ts';
import type { SourceProblem } from '../source-problems.ts';
import { problemText } from '../terminal/lines.ts';

const Invoke = z.object({
  /** With or without the deployment's prefix. */
  function: z.string().min(1),
  event: z.unknown().default({}),
});

export interface Invoked {
  requestId: string;
  result: unknown;
  failed: boolean;
  log: string;
}

/** Offers the action that runs one function and returns its result and output. */
export function offerInvoke(
  control: Control,
  { functions, invoke, problems }: Pick<Cloud, 'functions' | 'invoke'> & { problems(): SourceProblem[] },
): void {
  control.add('invoke', Invoke, async ({ function: wanted, event }): Promise<Invoked> => {
    const found = functions().find(({ name, label }) => wanted === name || wanted === label);
    if (!found) {
      const labels = functions().map(({ label }) => label);
      throw new ControlError(`${wanted} is not a function; the functions are ${labels.join(', ')}`);
    }
    const { requestId, payload, error, logTail } = await invoke(found.name, JSON.stringify(event ?? {}));
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
    };
  });
}
