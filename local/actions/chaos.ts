import { z } from 'zod';
import { type Control, ControlError } from '../control/control.ts';
import type { Armed, FaultBoard } from '../faults/board.ts';
import {
  entryOf,
  type FaultEntry,
  type FaultName,
  faultNames,
  type StandInName,
} from '../faults/catalogue.ts';
import type { Instance } from '../services/ec2/instance.ts';

const Chaos = z.object({
  fault: z.enum(faultNames, { error: `FAULT must be one of ${faultNames.join(', ')}` }).optional(),
  /** How often it strikes. */
  times: z.coerce.number().int().min(1).max(10_000).optional(),
  /** A machine's id, or a part of the name of a function or table. */
  target: z.string().min(1).optional(),
  /** Nothing that is armed strikes any more. */
  clear: z.boolean().default(false),
});

export interface ChaosAnswer {
  /** What waits for its moment. */
  armed: Armed[];
  /** What there is, for buttons and help. */
  faults: ({ name: FaultName; ready: boolean } & FaultEntry)[];
  /** What was done, in a sentence. */
  done: string;
}

interface Parts {
  board: FaultBoard;
  standIns: ReadonlySet<StandInName>;
  instances(): readonly Instance[];
  giveSpotNotice(instanceId: string): void;
  killMachine(instanceId: string): void;
}

/** Makes things go wrong on demand. */
export function offerChaos(control: Control, { board, standIns, ...machines }: Parts): void {
  const isReady = ({ needs }: FaultEntry) => needs === undefined || standIns.has(needs);

  /** The machine that is meant: the one of that id, or the newest that runs. */
  function machine(target: string | undefined): string {
    const running = machines.instances().filter(({ state }) => state === 'running');
    const found = target === undefined ? running.at(-1) : running.find(({ id }) => id === target);
    if (found) return found.id;
    throw new ControlError(
      target === undefined ? 'No machine runs now; start an execution first' : `${target} does not run`,
    );
  }

  function strike(fault: FaultName, times: number | undefined, target: string | undefined): string {
    const entry = entryOf(fault);
    if (entry.needs && !isReady(entry))
      throw new ControlError(
        `${fault} needs a stand-in of the real service: start make dev with STAND_INS=${entry.needs}`,
      );
    if (entry.times > 0) {
      board.arm(fault, { times, target });
      const count = times ?? entry.times;
      return `${fault} strikes ${count === 1 ? 'once' : `${count} times`} from now on. ${entry.ends}`;
    }
    const id = machine(target);
    board.arm(fault, { times: 1, target: id });
    board.strikes(fault, id);
    if (fault === 'spot-notice') machines.giveSpotNotice(id);
    else machines.killMachine(id);
    return `${fault} struck ${id}. ${entry.ends}`;
  }

  control.add('chaos', Chaos, ({ fault, times, target, clear }): ChaosAnswer => {
    if (clear) board.clear();
    const done = fault ? strike(fault, times, target) : clear ? 'Nothing is armed any more.' : '';
    return {
      armed: board.armed(),
      faults: faultNames.map((name) => ({ name, ready: isReady(entryOf(name)), ...entryOf(name) })),
      done,
    };
  });
}
