import type { Instance } from 'local-aws';
import * as z from 'zod';
import { type Control, ControlError } from '../control/control.ts';
import type { Armed, FaultBoard } from '../faults/board.ts';
import {
  entryOf,
  type FaultEntry,
  type FaultName,
  faultNames,
  type StandInName,
} from '../faults/catalogue.ts';

const mostTimes = 10_000;
const timesMessage = `TIMES must be a whole number from 1 to ${mostTimes}`;

const Chaos = z.object({
  fault: z.enum(faultNames, { error: `FAULT must be one of ${faultNames.join(', ')}` }).optional(),
  /** The number of times that the fault strikes. */
  times: z.coerce
    .number(timesMessage)
    .refine((times) => Number.isInteger(times) && times >= 1 && times <= mostTimes, timesMessage)
    .optional(),
  /** A machine's id, or part of the name of a function or table. */
  target: z.string().min(1).optional(),
  /** Disarms all faults. */
  clear: z.boolean().default(false),
});

export interface ChaosAnswer {
  /** The armed faults. */
  armed: Armed[];
  /** All faults, for buttons and help. */
  faults: ({ name: FaultName; ready: boolean } & FaultEntry)[];
  /** The outcome of the action, in a sentence. */
  done: string;
}

interface Parts {
  board: FaultBoard;
  standIns: ReadonlySet<StandInName>;
  instances(): readonly Instance[];
  /** Names that a target can be part of. */
  functions(): readonly string[];
  tables: readonly string[];
  giveSpotNotice(instanceId: string): void;
  killMachine(instanceId: string): void;
}

/** Offers the action that injects faults. */
export function offerChaos(control: Control, { board, standIns, ...machines }: Parts): void {
  const isReady = ({ needs }: FaultEntry) => needs === undefined || standIns.has(needs);

  /** Returns the machine with the given id, or the newest running one. */
  function machine(target: string | undefined): string {
    const running = machines.instances().filter(({ state }) => state === 'running');
    const found = target === undefined ? running.at(-1) : running.find(({ id }) => id === target);
    if (found) return found.id;
    throw new ControlError(
      target === undefined ? 'No machine is running; start an execution first' : `${target} is not running`,
    );
  }

  /** Rejects a target that the fault would never strike. */
  function checkTarget(fault: FaultName, { target: kind }: FaultEntry, target: string | undefined): void {
    if (target === undefined) return;
    const names = kind === 'function' ? machines.functions() : kind === 'table' ? machines.tables : undefined;
    if (!names) throw new ControlError(`${fault} has no target; leave TARGET out`);
    if (!names.some((name) => name.includes(target)))
      throw new ControlError(`TARGET is ${target}; it can be part of ${names.join(', ')}`);
  }

  function strike(fault: FaultName, times: number | undefined, target: string | undefined): string {
    const entry = entryOf(fault);
    if (entry.needs && !isReady(entry))
      throw new ControlError(
        `${fault} needs a stand-in for the real service: start make dev with STAND_INS=${entry.needs}`,
      );
    if (entry.times > 0) {
      checkTarget(fault, entry, target);
      board.arm(fault, { times, target });
      const count = times ?? entry.times;
      return `${fault} is armed and strikes ${count === 1 ? 'once' : `${count} times`}. ${entry.ends}`;
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
    const done = fault ? strike(fault, times, target) : clear ? 'All faults are disarmed.' : '';
    return {
      armed: board.armed(),
      faults: faultNames.map((name) => ({ name, ready: isReady(entryOf(name)), ...entryOf(name) })),
      done,
    };
  });
}
